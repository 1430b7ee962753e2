package files_test

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/files"
	"lighttrends/internal/surface/kit"
)

type file struct {
	*strings.Reader
	closed *int
}

func (f file) Close() error { *f.closed++; return nil }

type shelf struct {
	closed  int
	settled bool
}

func (s *shelf) OpenAddress(_ context.Context, address string) (*media.File, error) {
	if address != "/media/a/full.png" {
		return nil, fault.New(fault.NotFound, "picture_not_found", "There is no such picture.")
	}
	return &media.File{
		ReadSeekCloser: file{strings.NewReader("0123456789"), &s.closed}, ContentType: "image/png", Size: 10,
		ETag: `"x"`, Name: `Chart "2".png`, Settled: s.settled,
	}, nil
}

func TestPictures(t *testing.T) {
	t.Parallel()
	sh := &shelf{settled: true}
	srv := kit.New(kit.Options{Log: slog.New(slog.DiscardHandler)})
	files.Register(srv, sh)
	opened := 0
	for name, tt := range map[string]struct {
		path    string
		headers [2]string
		status  int
		body    string
		ranged  string
	}{
		"whole":                     {"/media/a/full.png", [2]string{}, 200, "0123456789", ""},
		"unknown":                   {"/media/b/full.png", [2]string{}, 404, "", ""},
		"a path out of the shelf":   {"/media/a/..%2f..%2fsecret.key", [2]string{}, 404, "", ""},
		"known already":             {"/media/a/full.png", [2]string{"If-None-Match", `"x"`}, 304, "", ""},
		"a part":                    {"/media/a/full.png", [2]string{"Range", "bytes=2-4"}, 206, "234", "bytes 2-4/10"},
		"from a point on":           {"/media/a/full.png", [2]string{"Range", "bytes=7-"}, 206, "789", "bytes 7-9/10"},
		"the end":                   {"/media/a/full.png", [2]string{"Range", "bytes=-3"}, 206, "789", "bytes 7-9/10"},
		"more than there is":        {"/media/a/full.png", [2]string{"Range", "bytes=5-500"}, 206, "56789", "bytes 5-9/10"},
		"beyond the end":            {"/media/a/full.png", [2]string{"Range", "bytes=10-"}, 416, "", "bytes */10"},
		"nothing":                   {"/media/a/full.png", [2]string{"Range", "bytes=-0"}, 416, "", "bytes */10"},
		"two parts":                 {"/media/a/full.png", [2]string{"Range", "bytes=0-1,3-4"}, 200, "0123456789", ""},
		"backwards":                 {"/media/a/full.png", [2]string{"Range", "bytes=4-2"}, 200, "0123456789", ""},
		"another unit":              {"/media/a/full.png", [2]string{"Range", "lines=1-2"}, 200, "0123456789", ""},
		"a number that is too long": {"/media/a/full.png", [2]string{"Range", "bytes=99999999999999999999-"}, 200, "0123456789", ""},
	} {
		r := httptest.NewRequest("GET", tt.path, nil)
		if tt.headers[0] != "" {
			r.Header.Set(tt.headers[0], tt.headers[1])
		}
		resp, err := srv.App.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != tt.status || (tt.status < 300 && string(body) != tt.body) || resp.Header.Get("Content-Range") != tt.ranged {
			t.Errorf("%s: %d %q %q", name, resp.StatusCode, body, resp.Header.Get("Content-Range"))
		}
		if tt.status != 404 {
			opened++
		}
		if tt.status == 200 && (resp.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || resp.Header.Get("Content-Type") != "image/png" || resp.Header.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s: %v", name, resp.Header)
		}
	}
	if sh.closed != opened {
		t.Errorf("%d files were opened, %d closed", opened, sh.closed)
	}
	sh.settled = false
	resp, err := srv.App.Test(httptest.NewRequest("GET", "/media/a/full.png", nil), -1)
	if err != nil || resp.Header.Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("a print that will be replaced: %v %v", resp.Header, err)
	}
	if d := resp.Header.Get("Content-Disposition"); d != `inline; filename="Chart \"2\".png"` {
		t.Errorf("name %s", d)
	}
}
