package blob_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/fault"
)

func TestOpenS3SaysWhatIsWrongWithoutSecrets(t *testing.T) {
	t.Parallel()
	server := fakeS3(t, "files")
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	answering := func(status int) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, r.Header.Get("Authorization"))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	for name, tt := range map[string]struct {
		change func(*blob.S3Options)
		want   string
	}{
		"no bucket":      {func(o *blob.S3Options) { o.Bucket = "other" }, `there is no bucket "other"`},
		"refused":        {func(o *blob.S3Options) { o.Endpoint = answering(403) }, "refuses these keys"},
		"a redirect":     {func(o *blob.S3Options) { o.Endpoint = answering(301) }, "is the region right?"},
		"nobody there":   {func(o *blob.S3Options) { o.Endpoint = closed.URL }, "does not answer"},
		"no scheme":      {func(o *blob.S3Options) { o.Endpoint = "localhost:9000" }, "must look like"},
		"another scheme": {func(o *blob.S3Options) { o.Endpoint = "ftp://localhost" }, "must look like"},
		"keys in it":     {func(o *blob.S3Options) { o.Endpoint = "https://very-secret-words@localhost" }, "must look like"},
		"a path":         {func(o *blob.S3Options) { o.Endpoint += "/files" }, "has no path"},
		"a bad name":     {func(o *blob.S3Options) { o.Bucket = "No Bucket" }, "S3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(server)
			tt.change(&o)
			_, err := blob.OpenS3(t.Context(), o)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v", err)
			}
			if s := err.Error(); strings.Contains(s, o.SecretKey) || strings.Contains(s, o.AccessKey) {
				t.Errorf("a key is in the message: %s", s)
			}
		})
	}
}

func TestS3ThatIsDownIsUnavailable(t *testing.T) {
	t.Parallel()
	server := fakeS3(t, "files")
	s, err := blob.OpenS3(t.Context(), options(server))
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, "a", strings.Repeat("x", 8<<20))
	f, _, err := s.Get(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	server.CloseClientConnections()
	server.Close()
	_, readErr := io.ReadAll(f)
	_, _, getErr := s.Get(t.Context(), "a")
	_, statErr := s.Stat(t.Context(), "a")
	var listErr error
	for _, listErr = range s.List(t.Context(), "") {
	}
	for i, err := range []error{readErr, getErr, statErr, listErr, s.Delete(t.Context(), "a"), s.Put(t.Context(), "a", strings.NewReader("x"), 1, "")} {
		fl := fault.Of(err)
		if fl == nil || fl.Kind != fault.Unavailable || strings.Contains(err.Error(), "very-secret-words") {
			t.Errorf("call %d: %v", i, err)
		}
	}
}

func TestS3ThatFailsOnceIsAskedAgain(t *testing.T) {
	t.Parallel()
	backend := fakeS3(t, "files")
	var failures atomic.Int32
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if failures.Add(-1) >= 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		backend.Config.Handler.ServeHTTP(w, r)
	}))
	defer front.Close()
	o := options(backend)
	o.Endpoint = front.URL
	s, err := blob.OpenS3(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	failures.Store(1)
	put(t, s, "a", "kept")
	failures.Store(1)
	if got := get(t, s, "a"); got != "kept" {
		t.Errorf("got %q", got)
	}
}

func TestS3ReadsOneVersionOfAFile(t *testing.T) {
	t.Parallel()
	s := openS3(t)
	put(t, s, "a", strings.Repeat("old", 1000))
	f, _, err := s.Get(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	put(t, s, "a", strings.Repeat("new", 1000))
	if _, err := f.Seek(30, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(f); err == nil && strings.Contains(string(b), "new") {
		t.Error("the reader went on in another version")
	}
}

func TestS3ThatIsSilentDoesNotHoldTheCaller(t *testing.T) {
	t.Parallel()
	backend := fakeS3(t, "files")
	hang := make(chan struct{})
	var silent atomic.Bool
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if silent.Load() {
			<-hang
			return
		}
		backend.Config.Handler.ServeHTTP(w, r)
	}))
	defer front.Close()
	defer close(hang)
	o := options(backend)
	o.Endpoint = front.URL
	s, err := blob.OpenS3(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	silent.Store(true)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := s.Get(ctx, "a"); !fault.HasCode(err, "interrupted") {
		t.Errorf("got %v", err)
	}
}
