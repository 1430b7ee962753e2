package portal_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

var noteTitle = regexp.MustCompile(`<h3><a href="/notes/([a-z0-9-]+)">`)

// TestTheArchiveIsNarrowedByLinks that can be combined, and let go of one by one.
func TestTheArchiveIsNarrowedByLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		for i := range 45 {
			s.put(content.Input{
				Title: fmt.Sprintf("Price %02d", i), Abstract: "A.", Body: "x\n\n<!-- paywall -->\n\nQuixotry.\n", Gate: access.Paid, Kind: content.Data, Topics: []string{"prices"}, Authors: []string{"hanne-dreyer"},
			}, s.now.Now().AddDate(0, -1, -i))
		}
		b := s.browser()
		b.get("/archive").is(200).has(`href="/archive?topic=film"`, `href="/archive?kind=data"`, "Filter by topic").lacks("Only:").checkHTML()
		one := b.get("/archive?topic=film").is(200).checkHTML().has("Only: <b>Film</b>", `<link rel="canonical" href="`+base+`/topics/film">`, `href="/archive?author=hanne-dreyer&amp;topic=film"`, `href="/archive" rel="nofollow" aria-current="true"`).lacks("calendar", "Price 00")
		if one.header.Get("ETag") == "" {
			t.Error("no tag")
		}
		two := b.get("/archive?topic=film&author=lucia-belmonte&kind=data").is(200).checkHTML().has("Only: <b>Film</b>, <b>Lucía Belmonte</b>, <b>Data</b>", `<link rel="canonical" href="`+base+`/archive">`)
		if got := noteTitle.FindAllStringSubmatch(two.body, -1); len(got) != 1 || got[0][1] != "the-count" {
			t.Errorf("%v", got)
		}
		two.has(`href="/archive?author=lucia-belmonte&amp;topic=film"`) // lets go of the kind
		b.get("/archive?topic=prices&author=lucia-belmonte").is(200).has("No note fits all of these at once.").checkHTML()
		b.get("/archive?series=cold-side-letter").is(200).has("<b>Cold Side Letter</b>").lacks("Price 00")

		seen, path := map[string]bool{}, "/archive?author=hanne-dreyer&topic=prices"
		for path != "" {
			p := b.get(path).is(200)
			for _, m := range noteTitle.FindAllStringSubmatch(p.body, -1) {
				if seen[m[1]] {
					t.Errorf("%s twice", m[1])
				}
				seen[m[1]] = true
			}
			path = strings.ReplaceAll(p.section(`<a rel="next" href="`, `"`), "&amp;", "&")
		}
		if len(seen) != 45 {
			t.Errorf("%d of 45 notes on the pages", len(seen))
		}
		for _, nonsense := range []string{"topic=none", "author=x", "kind=poem", "series=-"} {
			b.get("/archive?" + nonsense).is(404)
		}
		b.get("/archive?topic=film&after=nonsense").is(400)
	})
}
