package blob_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/fault"
)

func openDisk(t testing.TB) *blob.Disk {
	t.Helper()
	d, err := blob.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// fakeS3 speaks the protocol of S3 on a loopback port and keeps files in memory.
func fakeS3(t testing.TB, bucket string) *httptest.Server {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket(bucket); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(backend, gofakes3.WithLogger(gofakes3.DiscardLog()))
	server := httptest.NewUnstartedServer(fake.Server())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	return server
}

func options(server *httptest.Server) blob.S3Options {
	return blob.S3Options{
		Endpoint: server.URL, Bucket: "files", Region: "eu-test-1",
		AccessKey: "AKIAEXAMPLE", SecretKey: "very-secret-words", PathStyle: true,
	}
}

func openS3(t testing.TB) *blob.S3 {
	t.Helper()
	s, err := blob.OpenS3(t.Context(), options(fakeS3(t, "files")))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// each runs a test against both stores.
func each(t *testing.T, test func(t *testing.T, s blob.Store)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB) blob.Store{
		"disk": func(t testing.TB) blob.Store { return openDisk(t) },
		"s3":   func(t testing.TB) blob.Store { return openS3(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func put(t testing.TB, s blob.Store, key, text string) {
	t.Helper()
	if err := s.Put(context.Background(), key, strings.NewReader(text), int64(len(text)), "text/plain"); err != nil {
		t.Fatal(err)
	}
}

func get(t testing.TB, s blob.Store, key string) string {
	t.Helper()
	f, info, err := s.Get(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(f)
	if err != nil || int64(len(b)) != info.Size {
		t.Fatalf("%d bytes of %d: %v", len(b), info.Size, err)
	}
	return string(b)
}

func absent(t testing.TB, s blob.Store, key string) {
	t.Helper()
	if _, err := s.Stat(context.Background(), key); !fault.HasCode(err, "file_not_found") {
		t.Errorf("Stat %s: %v", key, err)
	}
	if _, _, err := s.Get(context.Background(), key); !fault.HasCode(err, "file_not_found") {
		t.Errorf("Get %s: %v", key, err)
	}
}

func keys(t testing.TB, s blob.Store, folder string) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	for info, err := range s.List(context.Background(), folder) {
		if err != nil {
			t.Fatal(err)
		}
		if info.Modified.IsZero() {
			t.Errorf("%s has no time", info.Key)
		}
		out[info.Key] = info.Size
	}
	return out
}

// plain hides everything of a reader but Read.
type plain struct{ io.Reader }

var errBroken = errors.New("the line broke")

// broken gives some bytes and then an error.
func broken(text string) io.Reader { return io.MultiReader(strings.NewReader(text), failing{}) }

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errBroken }
