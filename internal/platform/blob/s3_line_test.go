package blob_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/fault"
)

// through opens a store whose requests pass a handler first. It tells whether
// it has answered.
func through(t *testing.T, change func(*blob.S3Options), first func(http.ResponseWriter, *http.Request) bool) *blob.S3 {
	t.Helper()
	backend := fakeS3(t, "files")
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !first(w, r) {
			backend.Config.Handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	o := options(backend)
	o.Endpoint = front.URL
	change(&o)
	s, err := blob.OpenS3(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestARegionNobodyToldIsAskedFor(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"told":          `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-far-9</LocationConstraint>`,
		"in a refusal":  `<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-far-9</Region></Error>`,
		"not to be had": `<Error><Code>AccessDenied</Code></Error>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			s := through(t, func(o *blob.S3Options) { o.Region = "" }, func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Query().Has("location") {
					asked.Add(1)
					if strings.HasPrefix(answer, "<Error>") {
						w.WriteHeader(http.StatusForbidden)
					}
					_, _ = io.WriteString(w, answer)
					return true
				}
				if strings.Contains(r.Header.Get("Authorization"), "/eu-far-9/s3/") {
					return false
				}
				w.Header().Set("X-Amz-Bucket-Region", "eu-far-9") // which whoever asks learns
				w.WriteHeader(http.StatusForbidden)
				return true
			})
			put(t, s, "a", "kept")
			if got := get(t, s, "a"); got != "kept" || asked.Load() != 1 {
				t.Errorf("got %q after asking %d times", got, asked.Load())
			}
		})
	}
}

func TestAListOfManyPagesIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	pages := 0
	s := through(t, func(*blob.S3Options) {}, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodGet {
			return false
		}
		if q := r.URL.Query(); q.Get("list-type") != "2" || q.Get("prefix") != "m/" || q.Get("continuation-token") != []string{"", "t/1=", "t/2="}[pages] {
			t.Errorf("asked for %v", q)
		}
		pages++
		more := ""
		if pages < 3 {
			more = fmt.Sprintf("<IsTruncated>true</IsTruncated><NextContinuationToken>t/%d=</NextContinuationToken>", pages)
		}
		_, _ = fmt.Fprintf(w, `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType>%s
			<Contents><Key>m%%2F%d</Key><Size>%d</Size><LastModified>2026-01-02T03:04:05.678Z</LastModified></Contents>
			<Contents><Key>m/%%0A+odd</Key><Size>1</Size><LastModified>2026-01-02T03:04:05.678Z</LastModified></Contents></ListBucketResult>`, more, pages, pages)
		return true
	})
	if diff := cmp.Diff(map[string]int64{"m/1": 1, "m/2": 2, "m/3": 3}, keys(t, s, "m/")); diff != "" {
		t.Error(diff)
	}
}

// TestARefusalIsToldFromAMissingFile: only the store's word for it says that a
// file is not there; a bucket that has gone is an outage.
func TestARefusalIsToldFromAMissingFile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status       int
		body, header string
		want         string
		tried        int32
	}{
		"no key":          {404, "<Error><Code>NoSuchKey</Code></Error>", "", "file_not_found", 1},
		"no bucket":       {404, "<Error><Code>NoSuchBucket</Code></Error>", "", "files_unavailable", 1},
		"somebody's page": {404, "<html>gone</html>", "", "file_not_found", 1},
		"MinIO's header":  {404, "", "NoSuchBucket", "files_unavailable", 1},
		"refused":         {403, "<Error><Code>AccessDenied</Code></Error>", "", "files_unavailable", 1},
		"slow down":       {400, "<Error><Code>SlowDown</Code></Error>", "", "files_unavailable", 3},
		"overloaded":      {503, "", "", "files_unavailable", 3},
		"elsewhere":       {307, "", "", "files_unavailable", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var tried atomic.Int32
			s := through(t, func(*blob.S3Options) {}, func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodGet {
					return false
				}
				tried.Add(1)
				if tt.header != "" {
					w.Header().Set("X-Minio-Error-Code", tt.header)
				}
				w.Header().Set("Location", "http://127.0.0.1:1/")
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
				return true
			})
			if _, _, err := s.Get(t.Context(), "a"); !fault.HasCode(err, tt.want) || tried.Load() != tt.tried {
				t.Errorf("%v after %d times", err, tried.Load())
			}
		})
	}
}

// TestAFileIsSentAgainFromWhereItBegan: not from where the failed request left it.
func TestAFileIsSentAgainFromWhereItBegan(t *testing.T) {
	t.Parallel()
	var failures atomic.Int32
	s := through(t, func(*blob.S3Options) {}, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || failures.Add(-1) < 0 {
			return false
		}
		_, _ = io.CopyN(io.Discard, r.Body, 3)
		w.WriteHeader(http.StatusInternalServerError)
		return true
	})
	r := strings.NewReader("left out, kept")
	_, _ = r.Seek(10, io.SeekStart)
	failures.Store(2)
	if err := s.Put(t.Context(), "a", r, 4, ""); err != nil {
		t.Fatal(err)
	}
	if got := get(t, s, "a"); got != "kept" {
		t.Errorf("got %q", got)
	}
	failures.Store(1)
	if err := s.Put(t.Context(), "b", plain{strings.NewReader("once")}, 4, ""); !fault.HasCode(err, "files_unavailable") {
		t.Errorf("what can be read once was sent twice: %v", err)
	}
}

func TestAStoreThatKnowsNoPartsIsNotBelieved(t *testing.T) {
	t.Parallel()
	s := through(t, func(*blob.S3Options) {}, func(_ http.ResponseWriter, r *http.Request) bool {
		r.Header.Del("Range")
		return false
	})
	put(t, s, "a", strings.Repeat("0123456789", 100))
	f, _, err := s.Get(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	_, _ = f.Seek(15, io.SeekStart)
	if got, err := io.ReadAll(f); err == nil {
		t.Errorf("the wrong part was read: %.20s", got)
	}
}

// TestAFileWithoutALengthIsNoEmptyFile as a proxy in between may make one.
func TestAFileWithoutALengthIsNoEmptyFile(t *testing.T) {
	t.Parallel()
	s := through(t, func(*blob.S3Options) {}, func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/chunked") {
			return false
		}
		w.Header().Set("Last-Modified", "Fri, 01 May 2026 09:00:00 GMT")
		w.Header().Set("Etag", `"e"`)
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		_, _ = io.WriteString(w, "words")
		return true
	})
	if f, info, err := s.Get(t.Context(), "chunked"); !fault.HasCode(err, "files_unavailable") {
		_ = f.Close()
		t.Errorf("got %+v, %v", info, err)
	}
	if info, err := s.Stat(t.Context(), "chunked"); !fault.HasCode(err, "files_unavailable") {
		t.Errorf("stat %+v, %v", info, err)
	}
}
