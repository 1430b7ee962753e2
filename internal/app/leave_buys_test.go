package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

// TestWhoIsAboutToBeDeletedBuysNothing and keeps no subscription, at both faces,
// and is told what ends at once.
func TestWhoIsAboutToBeDeletedBuysNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		note := h.publish(t, paid("Film", "Above.\n\n<!-- paywall -->\n\nBelow the line.")).Note.Slug
		must(h.billing.PriceNote(h.staff, must(h.library.Note(t.Context(), note)).ID, 900, "eur"))
		ada, cy := h.subscriber(t, "ada@example.com", "reader"), h.member(t, "cy@example.com")
		atOnce := "That subscription ends as soon as you ask"
		if _, body := ada.get("/account/leave"); strings.Contains(body, atOnce) {
			t.Error("what is paid ends at once")
		}
		sub := must(h.billing.Holdings(h.staff, ada.id))[0].ID.String()
		for _, v := range []*visitor{ada, cy} {
			v.post("/account/leave", url.Values{"ending": {"now"}, "sure": {"yes"}})
		}
		eventually(t, "it runs out", func() bool { return must(h.billing.Holdings(h.staff, ada.id))[0].Ending() })
		say, button := "Keep the account first.", "Go to payment</button>"
		if _, body := ada.get("/account"); strings.Contains(body, "Keep it after all") || !strings.Contains(body, "keep your account first") {
			t.Error("the account page offers to keep it")
		}
		if resp, _ := ada.post("/account/keep", url.Values{"subscription": {sub}}); resp.Header.Get("Location") != "/account?notice=must_stay" {
			t.Error(resp.StatusCode, resp.Header)
		}
		if _, body := ada.get("/account?notice=must_stay"); !strings.Contains(body, say) {
			t.Error("nobody says why")
		}
		for _, path := range []string{"/buy?note=" + note, "/checkout?plan=reader&interval=month"} {
			if _, body := cy.get(path); !strings.Contains(body, say) || strings.Contains(body, button) {
				t.Error(path, "sells")
			}
		}
		for path, f := range map[string]url.Values{"/buy": {"note": {note}}, "/checkout": {"order": {"1"}, "plan": {"reader"}, "interval": {"month"}}} {
			if resp, body := cy.post(path, f); resp.StatusCode != http.StatusConflict || !strings.Contains(body, say) {
				t.Error(path, resp.StatusCode)
			}
		}
		for path, ask := range map[string]struct {
			v    *visitor
			body string
		}{
			"/subscriptions/" + sub + "/resume": {ada, ""}, "/checkout": {cy, `{"plan":"reader","interval":"month"}`}, "/notes/" + note + "/checkout": {cy, `{}`},
		} {
			if got := told(ask.v.ask("POST", path, ask.body, "Authorization", "Bearer "+ask.v.token)); got != "409 leaving" {
				t.Error(path, got)
			}
		}
		ada.post("/account/keep-account", nil)
		if resp, _ := ada.post("/account/keep", url.Values{"subscription": {sub}}); resp.Header.Get("Location") != "/account?notice=kept" {
			t.Error(resp.StatusCode, resp.Header)
		}
		eventually(t, "it says that an unpaid subscription ends at once", func() bool {
			// What Stripe told of keeping it may be written over this once more.
			h.exec(t, "UPDATE subscriptions SET status = 'past_due' WHERE id = ?", sub)
			_, body := ada.get("/account/leave")
			return strings.Contains(body, atOnce)
		})
	})
}
