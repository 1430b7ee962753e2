package blob_test

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/platform/blob"
)

// TestEveryRequestIsSigned works the signatures out once more, as the
// description of signature version 4 has it, also of each piece of a file.
func TestEveryRequestIsSigned(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	s := through(t, func(*blob.S3Options) {}, func(_ http.ResponseWriter, r *http.Request) bool {
		body, _ := io.ReadAll(r.Body)
		if complaint := unsigned(r, body, "very-secret-words", "eu-test-1"); complaint != "" {
			t.Errorf("%s %s: %s", r.Method, r.URL, complaint)
		}
		seen[r.Method+" "+r.Header.Get("X-Amz-Content-Sha256")]++
		r.Body = io.NopCloser(bytes.NewReader(body))
		return false
	})
	put(t, s, "media/a", strings.Repeat("many words ", 20_000))
	put(t, s, "empty", "")
	if got := get(t, s, "media/a"); len(got) != 220_000 {
		t.Errorf("%d bytes", len(got))
	}
	if got := keys(t, s, "media/"); len(got) != 1 {
		t.Errorf("got %v", got)
	}
	if err := s.Delete(t.Context(), "media/a"); err != nil {
		t.Error(err)
	}
	if seen["PUT STREAMING-AWS4-HMAC-SHA256-PAYLOAD"] != 1 || len(seen) != 5 {
		t.Errorf("seen: %v", seen)
	}
}

// unsigned tells what is wrong with a request's signatures.
func unsigned(r *http.Request, body []byte, secret, region string) string {
	field := func(name string) string {
		_, rest, _ := strings.Cut(r.Header.Get("Authorization"), name+"=")
		value, _, _ := strings.Cut(rest, ",")
		return value
	}
	at, payload := r.Header.Get("X-Amz-Date"), r.Header.Get("X-Amz-Content-Sha256")
	if len(at) != len("20060102T150405Z") {
		return "no date"
	}
	scope := at[:8] + "/" + region + "/s3/aws4_request"
	if got := field("Credential"); got != "AKIAEXAMPLE/"+scope {
		return "credential " + got
	}
	names := strings.Split(field("SignedHeaders"), ";")
	for _, must := range []string{"host", "x-amz-content-sha256", "x-amz-date"} {
		if !slices.Contains(names, must) {
			return must + " is not signed"
		}
	}
	var headers strings.Builder
	for _, name := range names {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		if name == "content-length" {
			value = fmt.Sprint(r.ContentLength)
		}
		fmt.Fprintf(&headers, "%s:%s\n", name, value)
	}
	query := strings.ReplaceAll(must(url.ParseQuery(r.URL.RawQuery)).Encode(), "+", "%20")
	request := strings.Join([]string{r.Method, r.URL.EscapedPath(), query, headers.String(), strings.Join(names, ";"), payload}, "\n")
	key := []byte("AWS4" + secret)
	for _, part := range strings.Split(scope, "/") {
		key = mac(key, part)
	}
	signature := hex.EncodeToString(mac(key, "AWS4-HMAC-SHA256\n"+at+"\n"+scope+"\n"+digest([]byte(request))))
	if signature != field("Signature") {
		return "another signature than worked out from\n" + request
	}
	if payload != "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" {
		return map[bool]string{true: "another body than signed"}[payload != digest(body)]
	}
	return unsignedPieces(body, key, at, scope, signature)
}

func unsignedPieces(body, key []byte, at, scope, before string) string {
	for in := bufio.NewReader(bytes.NewReader(body)); ; {
		head, err := in.ReadString('\n')
		if err != nil {
			return "the last piece is missing"
		}
		var size int
		var signature string
		if _, err := fmt.Sscanf(head, "%x;chunk-signature=%s\r\n", &size, &signature); err != nil {
			return "a piece begins with " + head
		}
		piece := make([]byte, size+2)
		if _, err := io.ReadFull(in, piece); err != nil {
			return "a piece is cut off"
		}
		text := strings.Join([]string{"AWS4-HMAC-SHA256-PAYLOAD", at, scope, before, digest(nil), digest(piece[:size])}, "\n")
		if before = hex.EncodeToString(mac(key, text)); before != signature {
			return "the signature of a piece is wrong"
		}
		if size == 0 {
			return ""
		}
	}
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
