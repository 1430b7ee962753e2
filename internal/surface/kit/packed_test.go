package kit_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"runtime"
	"testing"
)

// TestAPackedBodyIsRead: by the standard library, which stands in for the one
// that fasthttp names.
func TestAPackedBodyIsRead(t *testing.T) {
	t.Parallel()
	b := binderBench(t)
	for encoding, pack := range map[string]func(io.Writer) io.WriteCloser{
		"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	} {
		var body bytes.Buffer
		z := pack(&body)
		_, _ = io.WriteString(z, `{"name": "Ada"}`)
		_ = z.Close()
		answer := b.send(t, fmt.Sprintf("POST /api/t/v1/people HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", encoding, body.Len(), body.String()))
		text, _ := io.ReadAll(answer.Body)
		if answer.StatusCode != 201 || !bytes.Contains(text, []byte(`"Ada"`)) {
			t.Errorf("%s: %d %s", encoding, answer.StatusCode, text)
		}
	}
}

// TestAPackedBodyIsBounded: a few kilobytes may unpack to more than there is
// memory for, and twice packed to much more.
func TestAPackedBodyIsBounded(t *testing.T) {
	t.Parallel()
	b := binderBench(t)
	packed := func(raw []byte) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		_, _ = z.Write(raw)
		_ = z.Close()
		return out.Bytes()
	}
	small := []byte(`{"name": "Ada"}`)
	bomb := packed(append([]byte(`{"name": "`), bytes.Repeat([]byte("a"), 64<<20)...))
	for name, x := range map[string]struct {
		encoding string
		body     []byte
		status   int
	}{
		"unpacks to 64 MB":  {"gzip", bomb, 413},
		"packed twice":      {"gzip, gzip", packed(packed(small)), 415},
		"unknown packing":   {"zstd", small, 415},
		"not packed at all": {"gzip", small, 400},
		"cut short":         {"gzip", packed(small)[:20], 400},
		"said to be plain":  {"identity", small, 201},
		"in capitals":       {"GZIP", packed(small), 201},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		answer := b.send(t, fmt.Sprintf("POST /api/t/v1/people HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", x.encoding, len(x.body), x.body))
		runtime.ReadMemStats(&after)
		if text, _ := io.ReadAll(answer.Body); answer.StatusCode != x.status {
			t.Errorf("%s: %d %s", name, answer.StatusCode, text)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; name == "unpacks to 64 MB" && grown > 60<<20 {
			t.Errorf("it took %d MB to refuse it", grown>>20)
		}
	}
}
