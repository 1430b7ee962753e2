package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
)

var (
	ownFeedIn = regexp.MustCompile(`/my/([A-Za-z0-9_-]{43})/feed\.[a-z]+`)
	shareIn   = regexp.MustCompile(`/shared/([A-Za-z0-9_-]{43})`)
)

// TestWhatIsOnesOwnHoldsNothingHidden: what a subscriber made while they could
// read (a feed, a link for a colleague, saved notes, places) tells nobody
// anything once they cannot. While they can, the words are there, so the search
// for them can fail.
func TestWhatIsOnesOwnHoldsNothingHidden(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		p := plant(t, e)
		if _, _, err := p.publication.Change(p.staff, "", func(s *publication.Settings) { s.SharedNotes = 5 }); err != nil {
			t.Fatal(err)
		}
		v := p.subscriber(t, "lapsed@example.com", "reader")
		note := "/notes/" + p.slugs[0]
		if _, page := v.get(note); !strings.Contains(page, "zq0xparagraph") {
			t.Fatal("the subscription does not open the note")
		}
		if err := p.reading.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		v.post(note+"/save", url.Values{})
		v.post(note+"/place", url.Values{"heading": {"2"}, "block": {"12"}, "percent": {"40"}})
		_, once := v.post("/account/feed", url.Values{})
		feeds := ownFeedIn.FindAllString(once, -1)
		_, link := v.post(note+"/share", url.Values{})
		shared := shareIn.FindString(link)
		if len(feeds) != 3 || shared == "" {
			t.Fatal(feeds, shared)
		}
		p.logged.hide(strings.Split(feeds[0], "/")[2])
		p.logged.hide(strings.TrimPrefix(shared, "/shared/"))
		colleague := p.stranger(t)
		colleague.post(shared, url.Values{})
		for _, path := range append([]string{shared}, feeds...) {
			if resp, text := colleague.get(path); resp.StatusCode != http.StatusOK || !strings.Contains(text, "zq0xparagraph") {
				t.Errorf("%s: %d, and the words are not there", path, resp.StatusCode)
			}
		}
		who := &reader{name: "a colleague", visitor: colleague}
		for _, path := range []string{note, note + "/figures/1.csv", note + "/copy.pdf", "/feed.atom", "/feed.json", "/topics/film/feed.xml", "/", "/search?q=zq0xparagraph"} {
			resp, text := colleague.get(path)
			p.find(t, who, "GET "+path, resp, text)
		}

		if err := p.billing.EndAll(p.staff, v.id); err != nil {
			t.Fatal(err)
		}
		for _, who := range []*reader{who, {name: "lapsed", visitor: v}} {
			for _, path := range append([]string{shared, note, "/", "/saved", "/history", "/account", "/account/data", "/api/member/v1/me/data"}, feeds...) {
				resp, text := who.get(path)
				p.find(t, who, "GET "+path, resp, text)
				if who.name == "lapsed" && (path == "/saved" || path == "/history") && (resp.StatusCode != http.StatusOK || !strings.Contains(text, "Gated paid")) {
					t.Errorf("%s: %d without the title", path, resp.StatusCode)
				}
			}
		}
	})
}
