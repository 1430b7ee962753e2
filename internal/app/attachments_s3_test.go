package app

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/db/dbtest"
)

// bucket is a store of objects on a loopback port that remembers what it was
// asked for.
type bucket struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newBucket(t *testing.T) *bucket {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("files"); err != nil {
		t.Fatal(err)
	}
	b, objects := &bucket{}, gofakes3.New(backend, gofakes3.WithLogger(gofakes3.DiscardLog())).Server()
	b.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		b.asked = append(b.asked, r.Method+" "+r.URL.Path+" "+r.Header.Get("Range"))
		b.mu.Unlock()
		objects.ServeHTTP(w, r)
	}))
	b.Config.ErrorLog = log.New(io.Discard, "", 0)
	b.Start()
	t.Cleanup(b.Close)
	return b
}

// lately gives what was asked for since the last time.
func (b *bucket) lately() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	asked := b.asked
	b.asked = nil
	return strings.Join(asked, "\n")
}

// TestAGatedFileInS3 reads by HTTP what lies in another server: the decision
// comes before that server is asked, and what lies before a part is not fetched.
func TestAGatedFileInS3(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		objects := newBucket(t)
		cfg := houseConfig(t, e)
		cfg.S3Endpoint, cfg.S3Bucket, cfg.S3Region, cfg.S3PathStyle = objects.URL, "files", "eu-test-1", true
		cfg.S3AccessKey, cfg.S3SecretKey = "AKIAEXAMPLE", "very-secret-words"
		h := reopenHouse(t, cfg)
		h.plan(t, "reader", 0)
		stranger, payer := h.stranger(t), h.subscriber(t, "payer@example.com", "reader")
		note := h.publish(t, paid("Numbers", "Open.\n\n<!-- paywall -->\n\nHidden.\n"))
		table := "year,sum\n" + strings.Repeat("2026,42\n", 40_000)
		at := h.attach(t, note, "numbers.csv", table, media.AsNote).Address()
		full := len(table)
		resp, body := payer.get(at)
		tag := resp.Header.Get("ETag")
		if resp.StatusCode != 200 || body != table || tag == "" || resp.ContentLength != int64(full) {
			t.Fatalf("%d, %d bytes, %v", resp.StatusCode, len(body), resp.Header)
		}
		objects.lately()

		for what, tt := range map[string]struct {
			method string
			header []string
			status int
			span   string
			body   string
		}{
			"the first bytes":         {"GET", []string{"Range", "bytes=0-3"}, 206, "bytes 0-3/320009", "year"},
			"from the middle":         {"GET", []string{"Range", "bytes=9-15"}, 206, "bytes 9-15/320009", "2026,42"},
			"the last bytes":          {"GET", []string{"Range", "bytes=-3"}, 206, "bytes 320006-320008/320009", "42\n"},
			"beyond the end":          {"GET", []string{"Range", "bytes=320009-"}, 416, "bytes */320009", "Requested Range Not Satisfiable"},
			"a part of the same file": {"GET", []string{"Range", "bytes=0-3", "If-Range", tag}, 206, "bytes 0-3/320009", "year"},
			"a part of another file":  {"GET", []string{"Range", "bytes=0-3", "If-Range", `"old"`}, 200, "", table},
			"two parts":               {"GET", []string{"Range", "bytes=0-3,8-9"}, 200, "", table},
			"what is there already":   {"GET", []string{"If-None-Match", tag}, 304, "", ""},
			"its head":                {"HEAD", nil, 200, "", ""},
			"a head knows no parts":   {"HEAD", []string{"Range", "bytes=0-3"}, 200, "", ""},
			"a head of what is there": {"HEAD", []string{"If-None-Match", tag}, 304, "", ""},
			"nor what lies beyond":    {"HEAD", []string{"Range", "bytes=900000-"}, 200, "", ""},
		} {
			resp, body := payer.send(tt.method, at, nil, tt.header...)
			if resp.StatusCode != tt.status || resp.Header.Get("Content-Range") != tt.span || body != tt.body || resp.Header.Get("Cache-Control") != "private, no-store" {
				t.Errorf("%s: %d %v %.60q", what, resp.StatusCode, resp.Header, body)
			}
			if tt.method == "HEAD" && tt.status == 200 && (resp.ContentLength != int64(full) || resp.Header.Get("ETag") != tag) {
				t.Errorf("%s: %d %v", what, resp.ContentLength, resp.Header)
			}
			objects.lately()
			resp, body = stranger.send(tt.method, at, nil, tt.header...)
			if resp.StatusCode != 403 || resp.Header.Get("ETag") != "" || resp.Header.Get("Content-Range") != "" || strings.Contains(body, "2026,42") {
				t.Errorf("%s, to a stranger: %d %v", what, resp.StatusCode, resp.Header)
			}
			if asked := objects.lately(); asked != "" {
				t.Errorf("%s: the store was asked before the decision: %s", what, asked)
			}
		}
		if resp, _ := payer.get(at, "Range", "bytes=9-15"); resp.StatusCode != 206 {
			t.Fatal(resp.StatusCode)
		}
		if asked := objects.lately(); !strings.Contains(asked, " bytes=9-") {
			t.Errorf("for seven bytes: %s", asked)
		}
	})
}
