package portal_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/db/dbtest"
)

const (
	pageCaching    = "public, max-age=0, s-maxage=60, must-revalidate"
	machineCaching = "public, max-age=60, s-maxage=300, stale-while-revalidate=600"
	ownCaching     = "private, no-store"
)

func machine(path string) bool {
	return slices.ContainsFunc([]string{".xml", ".atom", ".json", ".txt"}, func(end string) bool { return strings.HasSuffix(path, end) })
}

// answerOf says what an address must answer to a stranger.
type answerOf struct {
	route, path string // path "" is that of the route
	status      int
	caching     string
	vary        string // without spaces, in order
}

const (
	pageVary = "Accept-Encoding,Cookie"
	fileVary = "Accept-Encoding"
)

// answers has a row for each GET of the portal that a cache may keep, and for
// most of the others; TestEveryRoute fails for one that is missing here.
func answers() []answerOf {
	page := func(route, path string) answerOf { return answerOf{route, path, 200, pageCaching, pageVary} }
	file := func(route, path string) answerOf { return answerOf{route, path, 200, machineCaching, fileVary} }
	own := func(route, path string, status int) answerOf {
		return answerOf{route, path, status, ownCaching, "Cookie"}
	}
	drawn := func(route, path string, status int) answerOf {
		return answerOf{route, path, status, ownCaching, pageVary}
	}
	all := []answerOf{
		page("/", ""), page("/archive", ""), page("/archive/:month", "/archive/2026-07"), page("/issues", ""),
		page("/issues/:series/:month", "/issues/cold-side-letter/2026-07"), page("/series/:slug", "/series/cold-side-letter"),
		page("/topics", ""), page("/topics/:slug", "/topics/film"), page("/authors", ""), page("/authors/:slug", "/authors/hanne-dreyer"),
		page("/notes/:slug", "/notes/twelve-weeks"), page("/notes/:slug/v/:version", "/notes/twelve-weeks/v/1"),
		page("/search", "/search?q=weeks"), page("/pages/:slug", "/pages/terms"), page("/plans", ""), drawn("/plans/:slug", "/plans/reader", 200),
		page("/contact", ""), page("/contact/thanks", ""),
		file("/feed.xml", ""), file("/feed.atom", ""), file("/feed.json", ""), file("/sitemap.xml", ""), file("/sitemap/:part", "/sitemap/2026-07.xml"), file("/robots.txt", ""), file("/llms.txt", ""),
		{"/favicon.svg", "", 200, "public, max-age=3600", fileVary}, {"/favicon.ico", "", 200, "public, max-age=3600", ""},
		{"/apple-touch-icon.png", "", 200, "public, max-age=3600", ""}, {"/static/*", "/static/portal.css", 200, "public, max-age=3600", fileVary},
		drawn("/notes/:slug/copy.pdf", "/notes/twelve-weeks/copy.pdf", 404), drawn("/notes/:slug/v/:version/copy.pdf", "/notes/twelve-weeks/v/1/copy.pdf", 404),
		own("/notes/:slug/v/:version/changes", "/notes/twelve-weeks/v/1/changes", 303),
		drawn("/offer/:code", "/offer/none", 404), drawn("/checkout", "/checkout?plan=reader&interval=month", 200), own("/checkout/return", "", 303),
		own("/buy", "/buy?note=none", 303), own("/buy/return", "", 303), drawn("/gift", "", 404), own("/gift/return", "", 303),
		drawn("/redeem", "", 200), drawn("/quote", "", 404), drawn("/order/:token", "/order/x", 404),
		drawn("/sign-in", "", 200), own("/sign-in/code", "", 303), drawn("/sign-in/link/:token", "/sign-in/link/x", 410), drawn("/setup/:token", "/setup/x", 410),
		drawn("/account/leave/:token", "/account/leave/x", 410), drawn("/account/email/:token", "/account/email/x", 410),
		{"/preview/:token", "/preview/x", 404, ownCaching, fileVary}, {"/colours.css", "", 404, ownCaching, fileVary},
	}
	for _, path := range []string{"", "/bills", "/cancel", "/change", "/change/preview", "/pause", "/data", "/leave"} {
		all = append(all, own("/account"+path, "", 303))
	}
	return all
}

// TestEveryRoute asks every address by GET and by HEAD, and again with what it
// gave out.
func TestEveryRoute(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		known := map[string]bool{}
		for _, x := range answers() {
			known[x.route] = true
			if x.path == "" {
				x.path = x.route
			}
			s.answers(t, x)
		}
		for _, r := range s.server.App.GetRoutes(true) {
			if r.Method == http.MethodGet && !known[r.Path] {
				s.closes(t, r.Path)
			}
		}
	})
}

// closes checks an address that the table does not list: it may answer nothing
// that a cache keeps.
func (s *stage) closes(t *testing.T, route string) {
	t.Helper()
	p := s.browser().get(parameter.ReplaceAllString(route, "x"))
	if p.header.Get("Cache-Control") != ownCaching || p.header.Get("ETag") != "" || p.status >= 500 {
		t.Errorf("nobody says what %s must answer: %d, %q", route, p.status, p.header.Get("Cache-Control"))
	}
}

var parameter = regexp.MustCompile(`[:*][a-z]*`)

func (s *stage) answers(t *testing.T, x answerOf) {
	t.Helper()
	b := s.browser()
	p := b.get(x.path)
	if p.status != x.status || p.header.Get("Cache-Control") != x.caching || varies(p) != x.vary {
		t.Errorf("%s: %d, Cache-Control %q, Vary %q; want %+v", x.path, p.status, p.header.Get("Cache-Control"), varies(p), x)
	}
	if cookie := p.header.Get("Set-Cookie"); cookie != "" { // whoever only reads needs none
		t.Errorf("%s: a stranger gets a cookie: %s", x.path, cookie)
	}
	tag := p.header.Get("ETag")
	if public := strings.HasPrefix(x.caching, "public"); public != (tag != "") || !public && p.header.Get("Last-Modified") != "" {
		t.Errorf("%s: ETag %q, Last-Modified %q", x.path, tag, p.header.Get("Last-Modified"))
	}
	head := b.do(http.MethodHead, x.path, nil)
	if head.status != p.status || head.body != "" {
		t.Errorf("HEAD %s: %d with %d bytes", x.path, head.status, len(head.body))
	}
	for _, name := range []string{"Content-Type", "Content-Length", "Cache-Control", "ETag", "Vary", "Location", "Content-Encoding", "Last-Modified"} {
		if want := p.header.Get(name); head.header.Get(name) != want && want != "0" { // a length of nothing need not be told
			t.Errorf("HEAD %s: %s is %q, by GET %q", x.path, name, head.header.Get(name), want)
		}
	}
	if tag == "" {
		return
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		for _, have := range []string{tag, `"other", W/` + tag, "*"} {
			again := b.do(method, x.path, nil, "If-None-Match", have).is(304)
			if again.body != "" || again.header.Get("ETag") != tag || again.header.Get("Cache-Control") != x.caching || varies(again) != x.vary {
				t.Errorf("%s %s with If-None-Match %s: %v", method, x.path, have, again.header)
			}
		}
	}
	b.get(x.path, "If-None-Match", `"other"`).is(200)
}

// varies gives the names in Vary, sorted.
func varies(p *page) string {
	names := strings.Split(strings.ReplaceAll(strings.Join(p.header.Values("Vary"), ","), " ", ""), ",")
	slices.Sort(names)
	return strings.Join(names, ",")
}

// TestADateIsAnswered tells when a page last changed, and never of two editions
// the same.
func TestADateIsAnswered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		began := s.now.Now().UTC().Format(http.TimeFormat)
		for _, path := range []string{"/", "/notes/twelve-weeks", "/feed.xml"} {
			if got := b.get(path).is(200).header.Get("Last-Modified"); got != "" {
				t.Errorf("%s: a date within the second it began in: %s", path, got)
			}
		}
		s.now.Advance(3 * time.Second)
		for _, path := range []string{"/", "/notes/twelve-weeks", "/feed.xml"} {
			if got := b.get(path).is(200).header.Get("Last-Modified"); got != began {
				t.Errorf("%s: Last-Modified %q, want %q", path, got, began)
			}
			b.get(path, "If-Modified-Since", began).is(304)
			b.get(path, "If-Modified-Since", "Fri, 31 Jul 2026 11:59:59 GMT").is(200)
			b.get(path, "If-Modified-Since", "yesterday").is(200)
			b.get(path, "If-Modified-Since", began, "If-None-Match", `"other"`).is(200)
		}
		if err := s.house.Introduce(s.staff, renamed()); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/", "/notes/twelve-weeks", "/feed.xml"} {
			b.get(path, "If-Modified-Since", began).is(200).has("Renamed Research")
		}
		s.subscriber("jun@example.org", access.Grant{Plan: "house"}).get("/notes/twelve-weeks", "If-Modified-Since", s.now.Now().Add(time.Hour).Format(http.TimeFormat)).is(200).private()
	})
}
