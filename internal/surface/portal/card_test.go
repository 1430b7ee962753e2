package portal_test

import (
	"bytes"
	"image/png"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/copies"
	"lighttrends/internal/platform/db/dbtest"
)

// painter draws the real pictures and counts them.
type painter struct {
	*copies.Copier
	drawn atomic.Int32
}

func (p *painter) Card(s *content.Summary, i copies.Imprint) ([]byte, error) {
	p.drawn.Add(1)
	return p.Copier.Card(s, i)
}

var shareImage = regexp.MustCompile(`<meta property="og:image" content="` + base + `([^"]+)">`)

func (p *page) card() string {
	p.t.Helper()
	m := shareImage.FindStringSubmatch(p.body)
	if m == nil {
		p.t.Fatalf("%s: no picture for other sites", p.what)
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// TestTheShareCard is drawn once for what it says, for everybody, from what
// everybody may know.
func TestTheShareCard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		cards := &painter{Copier: ok(copies.New(copies.Deps{}))}
		s.cards = cards
		s.openPortal()
		s.publish()
		b := s.browser()
		at := b.get("/notes/twelve-weeks").has(`<meta name="twitter:card" content="summary_large_image">`, `og:image:width" content="1200"`, `og:image:height" content="630"`, `og:image:alt" content="Twelve weeks. Cold Side Research"`).card()
		p := b.get(at).is(200)
		if img, err := png.Decode(bytes.NewReader([]byte(p.body))); err != nil || img.Bounds().Dx() != 1200 || img.Bounds().Dy() != 630 {
			t.Fatal(err)
		}
		if p.header.Get("Content-Type") != "image/png" || p.header.Get("Cache-Control") != "public, max-age=86400" || strings.Contains(p.header.Get("Vary"), "Cookie") {
			t.Errorf("%v", p.header)
		}
		b.get(at, "If-None-Match", p.header.Get("ETag")).is(304)
		stale := b.get("/notes/twelve-weeks/card.png?v=other").is(200)
		if stale.body != p.body || stale.header.Get("Cache-Control") != "public, max-age=300" {
			t.Error("the picture depends on the mark")
		}
		// A member gets the same one, and a change below the paywall makes no other.
		reads := s.subscriber("jun@example.org", access.Grant{Plan: "house"})
		if got := reads.get(at).is(200); got.body != p.body || cards.drawn.Load() != 1 {
			t.Errorf("drawn %d times", cards.drawn.Load())
		}
		note := ok(s.library.Note(t.Context(), "twelve-weeks")).ID
		s.updates(note, content.Silent, func(in *content.Input) { in.Body = strings.Replace(in.Body, "Quixotry", "Other", 1) })
		if b.get("/notes/twelve-weeks").card() != at {
			t.Error("a hidden change shows in the address")
		}
		for name, change := range map[string]func(){
			"a new title":  func() { s.updates(note, content.Silent, func(in *content.Input) { in.Title = "Thirteen weeks" }) },
			"a new author": func() { s.updates(note, content.Silent, func(in *content.Input) { in.Authors = in.Authors[:1] }) },
			"a publication's new colour": func() {
				profile := ok(s.house.Profile(s.staff))
				profile.Accent = "#7a1f5c"
				if err := s.house.Introduce(s.staff, profile); err != nil {
					t.Fatal(err)
				}
			},
		} {
			before := b.get("/notes/twelve-weeks").card()
			change()
			if b.get("/notes/twelve-weeks").card() == before {
				t.Errorf("%s: the same address", name)
			}
		}
		s.updates(note, content.Silent, func(in *content.Input) { in.Slug = "more-weeks" })
		if p := b.get("/notes/twelve-weeks/card.png"); p.status != 301 || p.header.Get("Location") != "/notes/more-weeks/card.png" || p.header.Get("Cache-Control") != "public, max-age=300" {
			t.Errorf("moved: %d %v", p.status, p.header)
		}
		at = b.get("/notes/more-weeks").card()
		ok(s.desk.Retract(s.staff, note, 0, "Wrong."))
		b.get(at).is(410)
		b.get("/notes/none/card.png").is(404)
		ok(s.desk.Create(s.staff, content.Input{Title: "A draft", Abstract: "Secret.", Body: "x"}))
		b.get("/notes/a-draft/card.png").is(404)
	})
}
