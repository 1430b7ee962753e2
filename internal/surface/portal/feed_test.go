package portal_test

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/db/dbtest"
)

var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// golden compares with a file; UPDATE_GOLDEN=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

func wellFormed(t *testing.T, document string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	for {
		_, err := d.Token()
		if err == io.EOF { //nolint:errorlint // Token returns it bare
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestFeedAndSitemap compares both with what they were.
func TestFeedAndSitemap(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		for name, path := range map[string]string{"feed.xml": "/feed.xml", "feed.atom": "/feed.atom", "feed.json": "/feed.json", "topic.xml": "/topics/film/feed.xml", "author.atom": "/authors/lucia-belmonte/feed.atom", "series.json": "/series/cold-side-letter/feed.json", "sitemap.xml": "/sitemap.xml", "places.xml": "/sitemap/places.xml", "news.xml": "/sitemap/news.xml", "2026-07.xml": "/sitemap/2026-07.xml", "robots.txt": "/robots.txt"} {
			p := b.get(path).is(200).lacks(secrets...)
			if !strings.HasSuffix(name, ".txt") && !strings.HasSuffix(name, ".json") {
				wellFormed(t, p.body)
			}
			golden(t, name, anyID.ReplaceAllString(p.body, "00000000-0000-0000-0000-000000000000"))
		}
		b.get("/feed.xml").has("Open to all.", "Read the note", "Subscribers read on here").lacks("Everybody may read this, too.", `href="/`, `href="#`)
		if got := b.get("/feed.xml").header.Get("Content-Type"); got != "application/rss+xml; charset=utf-8" {
			t.Errorf("Content-Type %q", got)
		}
		for _, path := range []string{"/sitemap/2026-07", "/sitemap/none.xml", "/sitemap/2026-7.xml"} {
			b.get(path).is(404)
		}
	})
}

// TestTheFeedHoldsTheNewest and no more than thirty.
func TestTheFeedHoldsTheNewest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.many(40)
		p := s.browser().get("/feed.xml").is(200).lacks(secrets...)
		if n := strings.Count(p.body, "<item>"); n != 30 {
			t.Errorf("%d items", n)
		}
		b, listed := s.browser(), 0
		for _, m := range regexp.MustCompile(`<loc>`+base+`(/sitemap/[0-9-]+\.xml)`).FindAllStringSubmatch(b.get("/sitemap.xml").is(200).body, -1) {
			listed += strings.Count(b.get(m[1]).is(200).lacks(secrets...).body, "/notes/")
		}
		if listed != 46 {
			t.Errorf("the maps list %d notes", listed)
		}
	})
}
