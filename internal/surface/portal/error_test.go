package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

// TestWhenTheDatabaseIsAway shows a page all the same, with the name that was
// read last, and no page that could be wrong.
func TestWhenTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		fresh := setup(t, e)
		known, b := s.subscriber("jun@example.org", grantOf("reader")), s.browser()
		b.get("/").is(200)
		for _, x := range []*stage{s, fresh} {
			x.rest()
			if err := x.db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		b.get("/notes/no-wall-at-all").is(500).has("Something broke on our side", "Cold Side Research", "please name this:").lacks("sql", "closed", secrets[0]).private().checkHTML()
		known.get("/notes/twelve-weeks").is(500).lacks(secrets...).private()
		known.get("/account").is(500).checkHTML()
		fresh.browser().get("/").is(500).has("LightTrends", "Something broke on our side").checkHTML()
		fresh.browser().get("/nowhere").is(404).has("LightTrends").checkHTML()
	})
}

// TestOddRequests never break anything.
func TestOddRequests(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		for _, path := range []string{
			"/notes/" + strings.Repeat("a", 5000), "/notes/%2e%2e%2f", "/notes/\xff", "/topics/%00", "/authors/%ff", "/series/'", "/issues/%00/%ff",
			"/archive/%00", "/pages/%00", "/static/../portal.go", "/static/%2e%2e/embed.go", "/static/", "/static/fonts/", "/sitemap/%00.xml", "/sign-in/code/x",
		} {
			if p := b.get(path); p.status >= 500 || p.status == 200 {
				t.Errorf("%q: %d", path, p.status)
			}
		}
		for _, path := range []string{"/?after=%00", "/?after=" + strings.Repeat("A", 3000), "/search?q=" + strings.Repeat("%22", 2000), "/search?page=99999999999999999999&q=x",
			"/plans?interval=%00&note=%00", "/issues?page=-1", "/sign-in?next=%00", "/sign-in/link/%00", "/setup/%00", "/contact?from=%ff"} {
			if p := b.get(path); p.status >= 500 {
				t.Errorf("%q: %d\n%s", path, p.status, clip(p.body))
			}
		}
		b.do(http.MethodPost, "/", nil).is(405)
		b.do(http.MethodDelete, "/notes/the-count", nil).is(405)
		if p := b.do(http.MethodHead, "/notes/the-count", nil).is(200); p.header.Get("ETag") == "" {
			t.Error("HEAD is not like GET")
		}
		if p := b.get("/nowhere", "Accept", "application/json").is(404); p.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("programs get %q", p.header.Get("Content-Type"))
		}
	})
}
