package portal_test

import (
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

var assetLink = regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`)

// TestAssets gets everything a page names, and what the stylesheet names.
func TestAssets(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: "sqlite"})
	s.publish()
	b := s.browser()
	links := assetLink.FindAllStringSubmatch(b.get("/notes/how-we-count").is(200).body, -1)
	if len(links) < 5 {
		t.Fatalf("%d assets", len(links))
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2"}
	for _, m := range links {
		p := b.get(m[1]).is(200)
		name, _, _ := strings.Cut(m[1], "?")
		if got := p.header.Get("Content-Type"); got != types[name[strings.LastIndex(name, "."):]] {
			t.Errorf("%s: %s", m[1], got)
		}
		if got := p.header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" || p.header.Get("Vary") == "Cookie" {
			t.Errorf("%s: %s, Vary %q", m[1], got, p.header.Get("Vary"))
		}
		b.get(m[1], "If-None-Match", p.header.Get("ETag")).is(304)
		stale := b.get(name + "?v=000000000000").is(200)
		if got := stale.header.Get("Cache-Control"); got != "public, max-age=3600" {
			t.Errorf("%s without its version: %s", name, got)
		}
	}
	sheet := b.get("/static/portal.css").is(200)
	fonts := regexp.MustCompile(`url\("([^"]+)"\)`).FindAllStringSubmatch(sheet.body, -1)
	if len(fonts) < 6 {
		t.Errorf("%d fonts in the stylesheet", len(fonts))
	}
	for _, m := range fonts {
		if got := b.get(m[1]).is(200).header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: %s", m[1], got)
		}
	}
	if packed := b.get("/static/portal.css", "Accept-Encoding", "gzip"); packed.body != sheet.body || packed.header.Get("Content-Encoding") != "gzip" {
		t.Error("the packed stylesheet is another one")
	}
	if plain := b.get("/static/portal.css", "Accept-Encoding", "gzip;q=0"); plain.header.Get("Content-Encoding") != "" {
		t.Error("packed against the client's wish")
	}
}

// TestIcons are where browsers look by themselves.
func TestIcons(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: "sqlite"})
	for path, kind := range map[string]string{"/favicon.ico": "image/x-icon", "/favicon.svg": "image/svg+xml", "/apple-touch-icon.png": "image/png"} {
		if got := s.browser().get(path).is(200).header.Get("Content-Type"); got != kind {
			t.Errorf("%s: %s", path, got)
		}
	}
	s.browser().get("/static/fonts/OFL-Inter.txt").is(200).has("SIL OPEN FONT LICENSE")
	s.browser().get("/static/fonts/make.mjs").is(404)
}

// TestTheWeightOfAPage holds a note page with its fonts under 120 KB.
func TestTheWeightOfAPage(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: "sqlite"})
	s.publish()
	b := s.browser()
	weigh := func(path string) int {
		res := b.get(path, "Accept-Encoding", "gzip").is(200)
		return len(res.header.Get("Content-Encoding")) + packedSize(res.body)
	}
	total := weigh("/notes/twelve-weeks") + weigh("/static/portal.css") + weigh("/static/portal.js")
	for _, font := range []string{"inter", "lighttrends-serif", "lighttrends-serif-italic", "lighttrends-display"} {
		total += len(b.get("/static/fonts/" + font + ".woff2").is(200).body)
	}
	if total > 120_000 {
		t.Errorf("%d bytes", total)
	}
	t.Logf("%d bytes", total)
}
