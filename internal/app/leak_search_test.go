package app

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

// hiddenText makes a text of words that stand nowhere else, and of public ones.
// All have the same number of words and so the same round figures beside them.
func hiddenText(rng *rand.Rand) (text string, words []string) {
	for range 60 {
		w := []string{"shared", "openly", "film", "capacity"}[rng.IntN(4)]
		if rng.IntN(3) > 0 {
			w = fmt.Sprintf("%c%cx%cotrium", 'a'+rng.IntN(26), 'a'+rng.IntN(26), 'a'+rng.IntN(26))
			words = append(words, w)
		}
		text += w + " "
	}
	return text, words
}

var changedAt = regexp.MustCompile(`"changed_at":"[^"]*",`)

// TestSearchAnswersAlikeWhateverIsHidden: the whole answer to everybody who may
// not read a text is the same, byte for byte, when the text becomes another.
func TestSearchAnswersAlikeWhateverIsHidden(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, rng := newHouse(t, e), rand.New(rand.NewPCG(4, 2))
		h.plan(t, "reader", 0)
		h.plan(t, "house", 1)
		must(h.billing.ChangeSalesRules(h.staff, func(r *billing.SalesRules) { r.FreeNotes = 1 }))
		body := func(hidden string) string {
			return "Openly shared film capacity.\n\n<!-- paywall -->\n\n" + hidden + "\n"
		}
		var notes []*content.DraftView
		var words []string
		write := func(gate access.GateKind, plans ...string) {
			text, w := hiddenText(rng)
			words = append(words, w[:4]...)
			in := paid(fmt.Sprintf("Film note %d", len(notes)), body(text))
			in.Gate, in.GatePlans = gate, plans
			notes = append(notes, h.publish(t, in))
		}
		for range 4 {
			write(access.Paid)
			write(access.Plans, "house")
		}
		write(access.Plans)

		metered, lapsed := h.member(t, "metered@example.com"), h.subscriber(t, "lapsed@example.com", "reader")
		if _, page := metered.get("/notes/" + notes[0].Note.Slug); !strings.Contains(page, words[0]) {
			t.Fatal("the free note of the month does not open")
		}
		if err := h.billing.EndAll(h.staff, lapsed.id); err != nil {
			t.Fatal(err)
		}
		readers := map[string]*visitor{"a stranger": h.stranger(t), "a free member who read one": metered, "a lapsed member": lapsed}
		other := h.subscriber(t, "other@example.com", "reader")
		house := h.subscriber(t, "house@example.com", "house")

		key := h.contentKey(t)
		ask := func(v *visitor, address string) string {
			header := []string{"X-Api-Key", key}
			if v.token != "" {
				header = append(header, "Authorization", "Bearer "+v.token)
			}
			resp, body := v.get(address, header...)
			if resp.StatusCode != http.StatusOK {
				t.Fatal(address, resp.StatusCode, body)
			}
			resp.Header.Del("Date")
			resp.Header.Del("X-Request-Id")
			if strings.HasPrefix(address, "/api/") { // that there was a change, everybody may know
				resp.Header.Del("ETag")
				resp.Header.Del("Content-Length")
				body = changedAt.ReplaceAllString(body, "")
			}
			return fmt.Sprint(address, " ", resp.Header, "\n", body)
		}
		see := func(v *visitor, words []string) (out []string) {
			queries := []string{"film", "film capacity", `"openly shared"`, "shared -film", "fil", "openly otrium", "opnly"}
			for _, w := range words {
				queries = append(queries, w, "film "+w, "film -"+w, `"`+w+` film"`, w[:5], w[:4]+"q"+w[5:])
			}
			for _, q := range queries {
				for _, sort := range []string{"best", "recent"} {
					as := "/search?q=" + url.QueryEscape(q) + "&sort=" + sort
					out = append(out, ask(v, as), ask(v, "/api/content/v1"+as))
				}
			}
			return out
		}
		found := func(v *visitor, w string) bool {
			_, page := v.get("/search?q=" + w)
			return strings.Contains(page, "<mark>"+w+"</mark>") && strings.Contains(ask(v, "/api/content/v1/search?q="+w), "<mark>"+w+"</mark>")
		}
		if !found(other, words[0]) || found(other, words[4]) || !found(house, words[4]) || found(house, words[len(words)-1]) {
			t.Fatal("not everybody finds what they may read, and that only")
		}
		dearer := []int{1, 3, 5, 7, 8} // what a reader of the other plan may not read
		before, ofOther := map[string][]string{}, see(other, words[4:8])
		for name, v := range readers {
			before[name] = see(v, words[:8])
		}
		change := func(which ...int) {
			for _, i := range which {
				text, _ := hiddenText(rng)
				in := notes[i].Input()
				in.Body = body(text)
				must(h.desk.Save(h.staff, notes[i].Note.ID, 0, in))
				must(h.desk.Publish(h.staff, notes[i].Note.ID, content.Publish{Change: content.Silent}))
			}
		}
		change(dearer...)
		if after := see(other, words[4:8]); !slices.Equal(after, ofOther) {
			t.Errorf("a member of another plan sees a change: %s", firstDiff(ofOther, after))
		}
		change(0, 2, 4, 6)
		for name, v := range readers {
			if after := see(v, words[:8]); !slices.Equal(after, before[name]) {
				t.Errorf("%s sees a change: %s", name, firstDiff(before[name], after))
			}
		}
		t.Run("a stranger's search asks nothing of the gated index", func(t *testing.T) {
			h.exec(t, "ALTER TABLE search_gated RENAME TO search_gated_away")
			if after := see(readers["a stranger"], words[:8]); !slices.Equal(after, before["a stranger"]) {
				t.Error("the answer is another")
			}
			if resp, _ := house.get("/search?q=film"); resp.StatusCode != http.StatusInternalServerError {
				t.Errorf("a member's search answers %d without it, so this test could not fail", resp.StatusCode)
			}
		})
	})
}

func firstDiff(a, b []string) string {
	for i := range a {
		if a[i] != b[i] {
			return diffOf(a[i], b[i])
		}
	}
	return ""
}
