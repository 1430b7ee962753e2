package kit_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/surface/kit"
)

// TestAnAnswerIsSentOnce: by tag or date, packed or not, a client that has it
// gets it no second time, and one that cannot know gets it in full.
func TestAnAnswerIsSentOnce(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 500, time.UTC)
	sender := kit.Sender{Now: func() time.Time { return now }}
	body := bytes.Repeat([]byte("light "), 500)
	kept := map[string]kit.Answer{}
	for _, coding := range []string{"", "gzip"} {
		kept[coding] = sender.Keep(kit.NewAnswer("text/plain", body), coding)
	}
	if packed := kept["gzip"]; packed.Body != nil || packed.Size() >= len(body) {
		t.Error("what is kept for clients that take it packed is kept as it is, too")
	}
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error { return sender.Send(c, kept[kit.Coding(c)]) })
	app.Get("/small", func(c *fiber.Ctx) error { return sender.Send(c, kit.NewAnswer("text/plain", []byte("x"))) })
	ask := func(path string, header ...string) *http.Response {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		resp, err := app.Test(req)
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
	fresh := ask("/")
	if fresh.Header.Get("Last-Modified") != "" {
		t.Error("a date within the second in which it may change again")
	}
	now = now.Add(time.Minute)
	plain, packed := ask("/"), ask("/", "Accept-Encoding", "br, gzip")
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, body) || packed.Header.Get("Content-Encoding") != "gzip" {
		t.Error("packed:", err, packed.Header)
	}
	one, other, since := plain.Header.Get("ETag"), packed.Header.Get("ETag"), plain.Header.Get("Last-Modified")
	if one == other || !strings.HasSuffix(other, `-gz"`) || since != "Sun, 01 Mar 2026 12:00:00 GMT" || !strings.Contains(packed.Header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("%q, %q, %q", one, other, since)
	}
	for _, x := range []struct {
		name   string
		path   string
		header []string
		status int
	}{
		{"its tag", "/", []string{"If-None-Match", one}, 304},
		{"its tag, packed", "/", []string{"If-None-Match", other, "Accept-Encoding", "gzip"}, 304},
		{"the tag of the other coding", "/", []string{"If-None-Match", other}, 200},
		{"its date", "/", []string{"If-Modified-Since", since}, 304},
		{"a later date", "/", []string{"If-Modified-Since", "Mon, 02 Mar 2026 12:00:00 GMT"}, 304},
		{"an earlier date", "/", []string{"If-Modified-Since", "Sun, 01 Mar 2026 11:59:59 GMT"}, 200},
		{"a date beside another tag", "/", []string{"If-Modified-Since", since, "If-None-Match", `"x"`}, 200},
		{"no date", "/", []string{"If-Modified-Since", "soon"}, 200},
		{"a date of what has none", "/small", []string{"If-Modified-Since", since}, 200},
		{"gzip refused", "/", []string{"Accept-Encoding", "gzip;q=0"}, 200},
	} {
		resp := ask(x.path, x.header...)
		if resp.StatusCode != x.status || x.name == "gzip refused" && resp.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %d %v", x.name, resp.StatusCode, resp.Header)
		}
	}
}

// TestDoorsTellOfEach: a request that passes two doors is told of both.
func TestDoorsTellOfEach(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	all, each := kit.NewDoor("all", kit.Rate{Free: 3, Window: time.Minute}, now), kit.NewDoor("each", kit.Rate{Free: 2, Window: time.Minute}, now)
	app := fiber.New(fiber.Config{ErrorHandler: func(c *fiber.Ctx, _ error) error { return c.SendStatus(http.StatusTooManyRequests) }})
	app.Get("/:who", func(c *fiber.Ctx) error {
		if err := all.AllowAs(c, "key"); err != nil {
			return err
		}
		if err := each.AllowAs(c, c.Params("who")); err != nil {
			return err
		}
		return c.SendString("ok")
	})
	var got []int
	var last http.Header
	for _, who := range []string{"a", "a", "a", "b"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/"+who, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := app.Test(req)
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, resp.StatusCode); who == "a" {
			last = resp.Header
		}
	}
	if len(got) != 4 || got[0] != 200 || got[1] != 200 || got[2] != 429 || got[3] != 429 {
		t.Error(got)
	}
	if last.Get("RateLimit-Policy") != `"all";q=3;w=60, "each";q=2;w=60` || !strings.Contains(last.Get("RateLimit"), `"each";r=0;t=30`) {
		t.Error(last)
	}
}
