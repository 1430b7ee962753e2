package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// TestAPresentSpeaksToWhoGetsIt, as far as anybody knows how.
func TestAPresentSpeaksToWhoGetsIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		german, english := h.member(t, "ada@example.com"), h.member(t, "bo@example.com")
		german.post("/account/language", url.Values{"language": {"de"}})
		for _, x := range []struct {
			to    string
			giver uuid.UUID
			want  string
		}{
			{"Ada@Example.com", english.id, "de"},     // a member, in any spelling
			{"bo@example.com", german.id, ""},         // who has chosen nothing, whoever gives
			{"stranger@example.com", german.id, "de"}, // nobody has asked them
			{"stranger@example.com", english.id, ""},  //
			{"stranger@example.com", uuid.New(), ""},  // who has left
			{"no address at all", german.id, "de"},    //
		} {
			if got := h.giftLanguage(t.Context(), x.to, x.giver); got != x.want {
				t.Errorf("to %s: %q, not %q", x.to, got, x.want)
			}
		}
	})
}

// TestAQuoteSpeaksToWhoAskedForIt: the letter and its page are in the language
// of the page they wrote from, and so are they, once they order.
func TestAQuoteSpeaksToWhoAskedForIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		must(h.billing.ChangeSalesRules(h.staff, func(r *billing.SalesRules) { r.Quotes = true }))
		olga, buyer := h.hire(t, "olga@example.com", identity.Owner), h.stranger(t)
		const email = "ada@lind.example"
		form := url.Values{"name": {"Ada"}, "email": {"Ada@Lind.example"}, "company": {"Lind"}, "plan": {"reader"}, "seats": {"5"}, "consent": {"yes"}}
		if resp, body := buyer.post("/de/quote", form); resp.StatusCode != http.StatusSeeOther {
			t.Fatal(resp.StatusCode, body)
		}
		status, got := olga.call("POST", "/orders", `{"company":"Lind","name":"Ada Lind","email":"`+email+`","plan":"reader","seats":2,"months":12,"amount":90000,"currency":"eur",
			"days_until_due":30,"open_unpaid":true,"valid_days":14,"send":true}`)
		if status != http.StatusCreated {
			t.Fatal(status, got)
		}
		letter := h.letter(t, email, "X-Category: quote")
		path := orderPath.FindString(letter)
		if path == "" || !strings.Contains(letter, "/de"+path) || !strings.Contains(letter, "Content-Language: de") && !strings.Contains(letter, `lang=3D"de"`) {
			t.Fatal(letter)
		}
		if _, body := buyer.get("/de" + path); !strings.Contains(body, "Angebot 1001") {
			t.Error(body)
		}
		accepts := url.Values{"name": {"Ada Lind"}, "address": {"Hauptstraße 1\r\nKiel"}, "consent": {"yes"}}
		if resp, body := buyer.post("/de"+path, accepts); resp.StatusCode != http.StatusSeeOther {
			t.Fatal(resp.StatusCode, body)
		}
		m, err := h.identity.MemberByEmail(h.staff, email)
		if err != nil || m.Language != "de" {
			t.Errorf("%q, %v", m.Language, err)
		}
		if confirmed := h.letter(t, email, "X-Category: order"); !strings.Contains(confirmed, "Bestellung") {
			t.Error(confirmed)
		}
		// Who orders on a page in the publication's language has chosen none.
		plain, _ := h.quoted(t, olga, "bo@example.com")
		buyer.post(plain, accepts)
		if m, err := h.identity.MemberByEmail(h.staff, "bo@example.com"); err != nil || m.Language != "" {
			t.Errorf("%q, %v", m.Language, err)
		}
	})
}
