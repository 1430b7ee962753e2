package portal_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/db/dbtest"
)

var article = regexp.MustCompile(`(?s)<article.*?</article>`)

// without is the page less what a search shows of a note that its reader may
// read in full.
func (p *page) without(t *testing.T, may bool, slug string) *page {
	t.Helper()
	if !may {
		return p
	}
	rest := *p
	rest.body = article.ReplaceAllStringFunc(p.body, func(a string) string {
		if strings.Contains(a, "/notes/"+slug+`"`) {
			return ""
		}
		return a
	})
	return &rest
}

// found lists the notes of a search by their addresses, in order.
func (p *page) found() string {
	var out []string
	for _, m := range regexp.MustCompile(`<h2><a href="/notes/([a-z0-9-]+)"`).FindAllStringSubmatch(p.body, -1) {
		out = append(out, m[1])
	}
	return strings.Join(out, " ")
}

// TestSearchFindsWhatEachMayRead looks for words from below the paywall.
func TestSearchFindsWhatEachMayRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		again := fixtureNotes()[0]
		again.Slug = "twelve-weeks-2"
		only := s.put(again, s.now.Now().Add(-time.Hour)).Note.ID // to be bought alone
		for who, x := range map[string]struct {
			b    *browser
			want string
		}{
			"a stranger":               {s.browser(), ""},
			"a free member":            {s.signedIn("free@example.org"), "who-sells-to-whom"},
			"a lapsed subscriber":      {s.subscriber("lapsed@example.org", access.Grant{Plan: "reader", Standing: access.Canceled}), "who-sells-to-whom"},
			"a subscriber":             {s.subscriber("sub@example.org", access.Grant{Plan: "reader"}), "twelve-weeks twelve-weeks-2 who-sells-to-whom no-wall-at-all"},
			"one of the dearer plan":   {s.subscriber("house@example.org", access.Grant{Plan: "house"}), "twelve-weeks twelve-weeks-2 the-count who-sells-to-whom no-wall-at-all"},
			"one before their time":    {s.subscriber("early@example.org", access.Grant{Plan: "reader", From: s.now.Now().AddDate(0, 0, 1)}), "who-sells-to-whom"},
			"the buyer of a note":      {s.subscriber("buyer@example.org", access.Grant{Kind: access.Purchase, Note: only}), "twelve-weeks-2 who-sells-to-whom"},
			"who has every plan given": {s.subscriber("press@example.org", access.Grant{Kind: access.Complimentary}), "twelve-weeks twelve-weeks-2 the-count who-sells-to-whom no-wall-at-all"},
		} {
			for _, q := range []string{"Quixotry", "quixot", "%22Quixotry+and+zephyrbench%22", "weeks+gnomonheading+quixotry"} {
				p := x.b.get("/search?q=" + q).is(200)
				want := x.want
				if strings.HasPrefix(q, "%22") || strings.HasPrefix(q, "weeks") {
					want = strings.TrimSuffix(want, " no-wall-at-all")
				}
				if got := p.found(); got != want {
					t.Errorf("%s found %q by %s, want %q", who, got, q, want)
				}
				if want == "" {
					p.lacks("<mark>")
				} else {
					p.has("<mark>Quixotry")
				}
			}
		}
		t.Run("and nothing of it is proposed to others", func(t *testing.T) {
			s.browser().get("/search?q=Quixotri").is(200).lacks("Quixotry", "quixotry", "Did you mean", "<article")
		})
	})
}

func TestSearchNarrowsAndGoesOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		in := fixtureNotes()[3]
		for i := range 30 {
			in.Topics, in.Slug = []string{[]string{"film", "prices"}[i%2]}, fmt.Sprintf("count-%d", i)
			s.put(in, s.now.Now().AddDate(0, 0, -40-i))
		}
		b := s.browser()
		p := b.get("/search?q=wait").is(200)
		p.has(`<a href="/search?q=wait&#43;topic%3APrices">Prices</a>`).lacks("First page")
		goesOn(t, b, p, 36)
		goesOn(t, b, b.get("/search?q=waitt").is(200), 36) // what was corrected, too
		if n := len(strings.Fields(b.get("/search?q=wait+topic%3APrices").found())); n != 15 {
			t.Errorf("%d notes of the topic", n)
		}
	})
}

// goesOn turns the pages of a search, which are two, and counts the notes.
func goesOn(t *testing.T, b *browser, p *page, notes int) {
	t.Helper()
	seen := map[string]bool{}
	for pages := 1; ; pages++ {
		for note := range strings.SplitSeq(p.found(), " ") {
			if seen[note] {
				t.Errorf("%s comes twice", note)
			}
			seen[note] = true
		}
		next := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(p.body)
		if next == nil {
			if pages != 2 || len(seen) != notes {
				t.Errorf("%d notes on %d pages", len(seen), pages)
			}
			return
		}
		p = b.get(strings.ReplaceAll(next[1], "&amp;", "&")).is(200).checkHTML().has("First page")
	}
}
