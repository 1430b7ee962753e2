package portal_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/web"
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

// TestTheLargestFontIsSmall: the largest paint of a note waits for the serif,
// and a few bytes more than so many take a round trip more on a slow network.
// What was left out of it is in a file of its own, which pages fetch for exactly
// these letters.
func TestTheLargestFontIsSmall(t *testing.T) {
	t.Parallel()
	serif, err := fs.ReadFile(web.Static, "static/fonts/lighttrends-serif.woff2")
	if err != nil || len(serif) > 24_100 {
		t.Errorf("%d bytes, %v", len(serif), err)
	}
	script, err := os.ReadFile("../../../web/static/fonts/make.mjs")
	if err != nil {
		t.Fatal(err)
	}
	left := regexp.MustCompile(`const seldom = "([^"]+)"`).FindStringSubmatch(string(script))
	for _, path := range []string{"static/portal.css", "desk/src/app/styles.css"} {
		sheet, err := os.ReadFile("../../../web/" + path)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`seldom\.woff2"\)[^}]*unicode-range: ([^ }][^}]*?) *\}`).FindStringSubmatch(string(sheet))
		if left == nil || found == nil {
			t.Fatalf("%s: no letters were left out", path)
		}
		var named []rune
		for _, part := range strings.Split(found[1], ", ") {
			from, to, _ := strings.Cut(strings.TrimPrefix(part, "U+"), "-")
			first, _ := strconv.ParseInt(from, 16, 32)
			last, _ := strconv.ParseInt(first16(from, to), 16, 32)
			for r := first; r <= last; r++ {
				named = append(named, rune(r))
			}
		}
		want := []rune(left[1])
		slices.Sort(want)
		if !slices.Equal(named, want) {
			t.Errorf("%s fetches them for %q, not %q", path, string(named), string(want))
		}
	}
}

func first16(from, to string) string {
	if to == "" {
		return from
	}
	return to
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
