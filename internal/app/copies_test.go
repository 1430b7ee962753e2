package app

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/platform/typeset/typesettest"
)

// copied asks for the PDF of a note and gives its text; "" for a refusal.
func (v *visitor) copied(path string, header ...string) (status int, text string) {
	v.t.Helper()
	resp, body := v.get(path, header...)
	if cache := resp.Header.Get("Cache-Control"); cache != "private, no-store" {
		v.t.Errorf("%s: %q", path, cache)
	}
	isPDF := strings.HasPrefix(body, "%PDF")
	if isPDF != (resp.StatusCode == http.StatusOK) {
		v.t.Errorf("%s: %d, PDF %v", path, resp.StatusCode, isPDF)
	}
	if !isPDF {
		return resp.StatusCode, ""
	}
	return resp.StatusCode, typesettest.Text([]byte(body))
}

var serialOnPage = regexp.MustCompile(`Serial ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})`)

func TestCopiesOfNotes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		p := plant(t, e)
		subscriber := p.subscriber(t, "subscriber@example.com", "house")
		stranger, free := p.stranger(t), p.member(t, "free@example.com")
		other := p.subscriber(t, "other@example.com", "reader")
		paid, house := "/notes/"+p.slugs[0]+"/copy.pdf", "/notes/"+p.slugs[1]+"/copy.pdf"
		api := "/api/member/v1/notes/" + p.slugs[0] + "/copy"

		serial := ""
		t.Run("a subscriber gets every word, their name and a serial on each page", func(t *testing.T) {
			status, text := subscriber.copied(paid)
			if status != http.StatusOK {
				t.Fatal(status)
			}
			for i, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
				if !strings.Contains(page, "Copy of subscriber@example.com") || !strings.Contains(page, "Version 1") || !serialOnPage.MatchString(page) {
					t.Errorf("page %d: %s", i+1, page)
				}
			}
			for _, construct := range []string{
				"paragraph", "strong", "emphasis", "strike", "inlinecode", "heading", "subheading", "tableheader", "tablecell", "codeblock", "indentedcode", "footnote", "deepfootnote", "alttext", "caption",
				"linktext", "charttitle", "chartunit", "chartsource", "chartlabel", "chartseries", "callout", "quote", "listitem", "nesteditem", "taskitem", "summary", "details", "rawhtml", "lastline",
			} {
				first := slices.IndexFunc(p.words, func(w string) bool { return strings.HasSuffix(w, "x"+construct) })
				if !strings.Contains(text, p.words[first]) {
					t.Errorf("%s is missing", p.words[first])
				}
			}
			serial = serialOnPage.FindStringSubmatch(text)[1]
			_, again := subscriber.copied(paid)
			if serialOnPage.FindStringSubmatch(again)[1] == serial {
				t.Error("two copies have one serial")
			}
		})
		t.Run("its name is good, and HEAD makes none", func(t *testing.T) {
			count := func() (n int64) {
				if err := p.db.Read(t.Context()).Table("copies").Count(&n).Error; err != nil {
					t.Fatal(err)
				}
				return n
			}
			before := count()
			resp, body := subscriber.send(http.MethodHead, paid, nil)
			if resp.StatusCode != http.StatusOK || body != "" || resp.Header.Get("Content-Type") != "application/pdf" || count() != before {
				t.Errorf("%d %v, %d copies more", resp.StatusCode, resp.Header, count()-before)
			}
			if name := resp.Header.Get("Content-Disposition"); name != `attachment; filename="gated-paid-v1.pdf"` {
				t.Error(name)
			}
			if resp.ContentLength > 0 {
				t.Errorf("a length of %d is told, of a copy that nobody has made", resp.ContentLength)
			}
		})
		t.Run("speaks the language of its reader", func(t *testing.T) {
			_, text := other.copied("/de" + paid)
			for i, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
				for _, want := range []string{"Exemplar für other@example.com · " + phrase.In("de").Date(p.clock.Now()) + " · Fassung 1", "Seriennummer ", fmt.Sprintf("Seite %d von ", i+1)} {
					if !strings.Contains(page, want) {
						t.Errorf("page %d does not say %q: %s", i+1, want, page)
					}
				}
			}
			dense := strings.Join(strings.Fields(text), "") // lines break anywhere
			for _, want := range []string{"Quelle:", "Zitierenals", "(Fassung1)[", "Hinweis"} {
				if !strings.Contains(dense, want) {
					t.Errorf("%q is missing", want)
				}
			}
			for _, english := range []string{"Page 1", "Copy of", "Serial ", "Version ", "Cite as", "Source:", "This copy"} {
				if strings.Contains(text, english) {
					t.Errorf("%q is in it", english)
				}
			}
			other.post("/account/language", url.Values{"language": {"de"}})
			if _, text := other.copied(paid); !strings.Contains(text, "Exemplar für") {
				t.Error("the language that a member has chosen is not theirs")
			}
			other.post("/account/language", url.Values{"language": {""}})
		})
		t.Run("paper is asked for or guessed", func(t *testing.T) {
			for box, ask := range map[string][]string{"[0 0 612 792]": {paid, "Accept-Language", "en-US,en;q=0.5"}, "[0 0 595.28 841.89]": {paid + "?paper=a4", "Accept-Language", "en-US"}} {
				if _, body := subscriber.get(ask[0], ask[1:]...); !strings.Contains(body, "/MediaBox "+box) {
					t.Errorf("%v: no %s", ask, box)
				}
			}
			if resp, _ := subscriber.get(paid + "?paper=a3"); resp.StatusCode != http.StatusUnprocessableEntity {
				t.Error(resp.StatusCode)
			}
		})
		t.Run("a front end gets one by token", func(t *testing.T) {
			resp, body := stranger.get(api, "Authorization", "Bearer "+subscriber.token)
			if resp.StatusCode != http.StatusOK || !strings.Contains(typesettest.Text([]byte(body)), "zq0xparagraph") || resp.Header.Get("X-Copy-Serial") == "" {
				t.Errorf("%d %v", resp.StatusCode, resp.Header)
			}
			if resp, _ := stranger.get(api); resp.StatusCode != http.StatusUnauthorized {
				t.Error(resp.StatusCode)
			}
			if resp, _ := stranger.get(api, "Authorization", "Bearer "+free.token); resp.StatusCode != http.StatusForbidden {
				t.Error(resp.StatusCode)
			}
		})
		t.Run("strangers sign in first", func(t *testing.T) {
			resp, _ := stranger.get(paid)
			if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/sign-in?next=%2Fnotes%2Fgated-paid" {
				t.Errorf("%d %v", resp.StatusCode, resp.Header)
			}
		})
		t.Run("who may not read is told what opens it", func(t *testing.T) {
			for who, ask := range map[string]struct {
				*visitor
				path, says string
			}{
				"free": {free, paid, "See plans"}, "another plan": {other, house, "Compare plans"},
			} {
				resp, body := ask.get(ask.path)
				if resp.StatusCode != http.StatusForbidden || !strings.Contains(body, ask.says) || strings.Contains(body, "%PDF") {
					t.Errorf("%s: %d %.300s", who, resp.StatusCode, body)
				}
				p.find(t, &reader{name: who}, ask.path, resp, body)
			}
		})
		t.Run("the page offers one to those who may", func(t *testing.T) {
			link := `href="` + paid + `"`
			if _, page := subscriber.get("/notes/" + p.slugs[0]); !strings.Contains(page, link) {
				t.Error("no link")
			}
			for _, v := range []*visitor{stranger, free} {
				if _, page := v.get("/notes/" + p.slugs[0]); strings.Contains(page, link) {
					t.Error("a link for somebody who would be refused")
				}
			}
		})
		t.Run("nothing that is no published note has one", func(t *testing.T) {
			for _, slug := range []string{"unborn", "embargoed", "none", "withdrawn"} {
				if status, _ := subscriber.copied("/notes/" + slug + "/copy.pdf"); status != http.StatusNotFound && status != http.StatusGone {
					t.Errorf("%s: %d", slug, status)
				}
			}
		})
		t.Run("the desk finds whose it is", func(t *testing.T) {
			found := must(p.copies.Find(p.staff, serial))
			if found.MemberID != subscriber.id || found.NoteID != p.ids[0] || found.Version != 1 {
				t.Errorf("%+v", found)
			}
		})
		t.Run("after the end of the subscription there is none", func(t *testing.T) {
			if err := p.billing.EndAll(p.staff, subscriber.id); err != nil {
				t.Fatal(err)
			}
			resp, body := subscriber.get(paid)
			if resp.StatusCode != http.StatusForbidden || !strings.Contains(body, "Subscribe again") {
				t.Errorf("%d %.300s", resp.StatusCode, body)
			}
			p.find(t, &reader{name: "a lapsed member"}, paid, resp, body)
			if resp, _ := stranger.get(api, "Authorization", "Bearer "+subscriber.token); resp.StatusCode != http.StatusForbidden {
				t.Error(resp.StatusCode)
			}
		})
	})
}
