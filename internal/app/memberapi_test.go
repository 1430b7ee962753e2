package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// ask sends JSON to the member API as another front end does.
func (v *visitor) ask(method, path, body string, header ...string) (int, map[string]any) {
	v.t.Helper()
	if body != "" {
		header = append(header, "Content-Type", "application/json")
	}
	resp, text := v.send(method, "/api/member/v1"+path, strings.NewReader(body), header...)
	var out map[string]any
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			v.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, text)
		}
	}
	return resp.StatusCode, out
}

// TestAMemberLooksAfterASubscriptionByTheAPI does all that the account page
// can, by token and by cookie.
func TestAMemberLooksAfterASubscriptionByTheAPI(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 1)
		v, eve := h.subscriber(t, "api@example.com", "reader"), h.member(t, "eve@example.com")
		must(h.billing.ChangePolicy(h.staff, func(p *billing.Policy) { p.PauseMonths = 2 }))
		byToken := func(who *visitor, method, path, body string) (int, map[string]any) {
			return who.ask(method, path, body, "Authorization", "Bearer "+who.token)
		}
		same := func(who *visitor, method, path, body string) (int, map[string]any) {
			return who.ask(method, path, body, "Sec-Fetch-Site", "same-origin")
		}
		status, got := same(v, "GET", "/subscriptions", "")
		all, _ := got["subscriptions"].([]any)
		if status != 200 || len(all) != 1 {
			t.Fatal(status, got)
		}
		sub := all[0].(map[string]any)
		id := "/subscriptions/" + sub["id"].(string)
		if sub["plan"] != "reader" || sub["open"] != true || sub["may_change"] != true || sub["next_charge"] == nil {
			t.Errorf("%v", sub)
		}
		for _, path := range []string{"/preview", "/change", "/cancel", "/resume", "/pause", "/retention-offer"} {
			body := map[string]string{"/preview": `{"interval":"month"}`, "/change": `{"proration_date":"2026-01-01T00:00:00Z","due":0}`, "/cancel": `{}`, "/pause": `{"months":1}`, "/retention-offer": `{"code":"X"}`}[path]
			if status, got := byToken(eve, "POST", id+path, body); status != http.StatusNotFound {
				t.Errorf("somebody else's %s: %d %v", path, status, got)
			}
			if status, _ := h.stranger(t).ask("POST", id+path, body); status != http.StatusUnauthorized {
				t.Errorf("nobody's %s: %d", path, status)
			}
		}
		if status, got := v.ask("POST", id+"/cancel", `{}`, "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
			t.Errorf("another site cancels with the cookie: %d %v", status, got)
		}
		status, preview := byToken(v, "POST", id+"/preview", `{"interval":"month"}`)
		if status != 200 || preview["proration_date"] == nil || preview["currency"] == "" || len(preview["lines"].([]any)) == 0 {
			t.Fatal(status, preview)
		}
		wish := `{"interval":"month","proration_date":"` + preview["proration_date"].(string) + `","due":`
		if status, got := byToken(v, "POST", id+"/change", wish+"1}"); status != http.StatusConflict || got["code"] != "amount_changed" {
			t.Errorf("%d %v", status, got)
		}
		if status, got := byToken(v, "POST", id+"/change", wish+"0}"); status != 200 || got["interval"] != "month" {
			t.Errorf("%d %v", status, got)
		}
		for _, step := range []struct{ verb, body, field string }{
			{"/pause", `{"months":2}`, "payments_paused"}, {"/cancel", `{"reason":"price","comment":"Too dear"}`, "ending"},
		} {
			if status, got := byToken(v, "POST", id+step.verb, step.body); status != 200 || got[step.field] != true {
				t.Errorf("%s: %d %v", step.verb, status, got)
			}
			if status, got := byToken(v, "POST", id+"/resume", ""); status != 200 || got[step.field] != false {
				t.Errorf("resuming after %s: %d %v", step.verb, status, got)
			}
		}
		if status, got := byToken(v, "GET", id+"/retention-offer", ""); status != 200 || got["offer"] != nil {
			t.Errorf("%d %v", status, got)
		}
		if status, got := byToken(v, "POST", "/portal-session", `{}`); status != http.StatusCreated || !strings.HasPrefix(got["url"].(string), "http") {
			t.Errorf("%d %v", status, got)
		}
		if status, got := byToken(v, "POST", "/portal-session", `{"return_path":"//evil.example"}`); status != 422 {
			t.Errorf("%d %v", status, got)
		}
		eventually(t, "the bills", func() bool {
			_, got := byToken(v, "GET", "/invoices", "")
			items, _ := got["invoices"].([]any)
			return len(items) > 0 && items[0].(map[string]any)["pdf_url"] != ""
		})
		if status, got := byToken(v, "GET", "/invoices?cursor=nonsense", ""); status != 422 {
			t.Errorf("%d %v", status, got)
		}
		if status, got := byToken(v, "GET", "/refunds", ""); status != 200 || len(got["refunds"].([]any)) != 0 {
			t.Errorf("%d %v", status, got)
		}
		eventually(t, "a letter about the cancellation", func() bool {
			return strings.Contains(strings.Join(h.letters(t, "api@example.com"), "\n"), "Your subscription is cancelled")
		})
	})
}

// TestAMemberBuysByTheAPI buys a plan and a note from another front end, which
// never sees the portal.
func TestAMemberBuysByTheAPI(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		cfg := houseConfig(t, e)
		cfg.FrontEnds = []string{"https://www.firm.example"}
		h := reopenHouse(t, cfg)
		h.plan(t, "reader", 0)
		must(h.billing.PutPlan(h.staff, billing.PlanInput{
			Slug: "old", Name: "Old", Archived: true, Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 100, Currency: "usd"}},
		}))
		note := h.publish(t, paid("Film capacity", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		free := h.publish(t, paid("Another", "Above.\n\n<!-- paywall -->\n\nBelow another line."))
		must(h.billing.PriceNote(h.staff, note.Note.ID, 900, "eur"))
		ada, eve := h.member(t, "ada@example.com"), h.member(t, "eve@example.com")
		by := func(who *visitor, method, path, body string) (int, map[string]any) {
			return who.ask(method, path, body, "Authorization", "Bearer "+who.token)
		}
		back := `"return_to":"https://www.firm.example/thanks?from=reader"`
		one := "/notes/" + note.Note.Slug + "/checkout"
		for _, tt := range []struct{ path, body, want string }{
			{"/checkout", `{"plan":"reader","interval":"month","return_to":"https://evil.example/"}`, "422 invalid_input /return_to:bad_path"},
			{"/checkout", `{"plan":"reader","interval":"month","return_to":"//evil.example/"}`, "422 invalid_input /return_to:bad_path"},
			{one, `{"return_to":"https://www.firm.example.evil.example/"}`, "422 invalid_input /return_to:bad_path"},
			{"/checkout", `{"plan":"old","interval":"month"}`, "410 plan_archived"},
			{"/checkout", `{"plan":"nothing","interval":"month"}`, "404 plan_not_found"},
			{"/checkout", `{"plan":"reader","interval":"month","quantity":7}`, "422 bad_quantity"},
			{"/checkout", `{"plan":"reader","interval":"month","currency":"jpy"}`, "422 interval_not_sold"},
			{"/checkout", `{"plan":"reader","interval":"month","offer":"NOBODYS"}`, "404 offer_not_found"},
			{"/notes/" + free.Note.Slug + "/checkout", `{}`, "404 not_for_sale"},
			{"/notes/no-such-note/checkout", `{}`, "404 note_not_found"},
		} {
			if got := told(by(ada, "POST", tt.path, tt.body)); got != tt.want {
				t.Errorf("%s %s: %s, want %s", tt.path, tt.body, got, tt.want)
			}
			if got := told(h.stranger(t).ask("POST", tt.path, tt.body)); got != "401 sign_in_required" {
				t.Errorf("nobody buys %s: %s", tt.body, got)
			}
		}
		if got := told(ada.ask("POST", "/checkout", `{"plan":"reader","interval":"month"}`, "Sec-Fetch-Site", "cross-site")); !strings.HasPrefix(got, "403") {
			t.Errorf("another site buys with the cookie: %s", got)
		}
		buys := func(path, body string) (visit string) {
			t.Helper()
			status, got := by(ada, "POST", path, body)
			page, _ := got["url"].(string)
			if _, again := by(ada, "POST", path, body); status != http.StatusCreated || again["url"] != page {
				t.Fatal(status, got, again)
			}
			visit = "/checkout/" + page[strings.LastIndex(page, "/")+1:]
			if status, got := by(ada, "GET", visit, ""); status != 200 || got["state"] != "open" || got["url"] != page {
				t.Errorf("before paying: %d %v", status, got)
			}
			must(payWithTestCard(t.Context(), page))
			if got := told(by(eve, "GET", visit, "")); got != "404 checkout_not_found" {
				t.Errorf("somebody else's visit: %s", got)
			}
			return visit
		}
		visit := buys(one, `{}`)
		if status, got := by(ada, "GET", visit, ""); status != 200 || got["state"] != "active" || got["note"] != note.Note.ID.String() {
			t.Errorf("%d %v", status, got)
		}
		if _, body := h.stranger(t).get("/api/content/v1/notes/"+note.Note.Slug, "X-Api-Key", h.contentKey(t), "Authorization", "Bearer "+ada.token); !strings.Contains(body, "Below the line") {
			t.Error("what was bought is closed:", body)
		}
		if got := told(by(ada, "POST", one, `{}`)); got != "409 readable_already" {
			t.Error(got)
		}
		visit = buys("/checkout", `{"plan":"reader","interval":"year",`+back+`}`)
		if status, got := by(ada, "GET", visit, ""); status != 200 || got["state"] != "active" || got["plan"] != "reader" {
			t.Errorf("%d %v", status, got)
		}
		if got := told(by(ada, "POST", "/checkout", `{"plan":"reader","interval":"month",`+back+`}`)); got != "409 already_subscribed" {
			t.Error(got)
		}
		for _, session := range []string{"nonsense", "cs_test_of_nobody"} {
			if got := told(by(ada, "GET", "/checkout/"+session, "")); got != "404 checkout_not_found" {
				t.Error(got)
			}
		}
	})
}

// TestTheContentAPIOffersANote names what one note costs to whom it may help.
func TestTheContentAPIOffersANote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		key, body := h.contentKey(t), "Above.\n\n<!-- paywall -->\n\nBelow the line."
		note := h.publish(t, paid("Film capacity", body))
		ada, sub := h.member(t, "ada@example.com"), h.subscriber(t, "sub@example.com", "reader")
		offered := func(who *visitor) string {
			t.Helper()
			header := []string{"X-Api-Key", key}
			if who != nil {
				header = append(header, "Authorization", "Bearer "+who.token)
			}
			_, text := h.stranger(t).get("/api/content/v1/notes/"+note.Note.Slug, header...)
			var got struct {
				Access struct {
					Unlock []string
					Price  *struct {
						Amount   int64
						Currency string
					}
				}
			}
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				t.Fatal(err, text)
			}
			if p := got.Access.Price; p != nil {
				return fmt.Sprint(got.Access.Unlock, " ", p.Amount, " ", p.Currency)
			}
			return fmt.Sprint(got.Access.Unlock)
		}
		ways := func(stranger, free, subscriber string) {
			t.Helper()
			for who, want := range map[*visitor]string{nil: stranger, ada: free, sub: subscriber} {
				if got := offered(who); got != want {
					t.Errorf("%s, not %s", got, want)
				}
			}
		}
		ways("[sign_in subscribe]", "[subscribe]", "[]")
		must(h.billing.PriceNote(h.staff, note.Note.ID, 900, "eur"))
		ways("[sign_in subscribe buy_note] 900 eur", "[subscribe buy_note] 900 eur", "[]")
		must(h.billing.PriceNote(h.staff, note.Note.ID, 700, "eur"))
		ways("[sign_in subscribe buy_note] 700 eur", "[subscribe buy_note] 700 eur", "[]")
		must(h.billing.PriceNote(h.staff, note.Note.ID, 0, ""))
		ways("[sign_in subscribe]", "[subscribe]", "[]")
		// What a free account opens is not sold, whatever price it has.
		in := paid("For members", body)
		in.Gate = access.Members
		note = h.publish(t, in)
		must(h.billing.PriceNote(h.staff, note.Note.ID, 900, "eur"))
		ways("[sign_in register]", "[]", "[]")
		if got := told(sub.ask("POST", "/notes/"+note.Note.Slug+"/checkout", `{}`, "Authorization", "Bearer "+sub.token)); got != "409 readable_already" {
			t.Error(got)
		}
	})
}

// TestTheDeskLooksAfterMoney sees a member's bills, decides what holds, and
// deletes.
func TestTheDeskLooksAfterMoney(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 1)
		v := h.subscriber(t, "gone@example.com", "reader")
		key := h.adminKey(t)
		call := func(method, path, body string) (int, map[string]any) {
			return h.stranger(t).call(method, path, body, "Authorization", "Bearer "+key)
		}
		money := "/members/" + v.id.String() + "/money"
		eventually(t, "the bill at the desk", func() bool {
			_, got := call("GET", money, "")
			items, _ := got["invoices"].([]any)
			return len(items) == 1 && items[0].(map[string]any)["billed_email"] == "gone@example.com"
		})
		if status, got := call("PATCH", "/subscription-policy", `{"grace_days":99}`); status != 422 {
			t.Errorf("%d %v", status, got)
		}
		if status, got := call("PATCH", "/subscription-policy", `{"grace_days":9,"end_on_refund":true}`); status != 200 || got["grace_days"] != 9.0 || got["end_on_refund"] != true || got["end_on_dispute"] != false {
			t.Errorf("%d %v", status, got)
		}
		if status, got := call("DELETE", "/members/"+v.id.String(), ""); status != 422 {
			t.Errorf("deleted without saying when: %d %v", status, got)
		}
		if status, got := call("DELETE", "/members/"+v.id.String()+"?subscriptions=now", ""); status != 200 && status != 204 {
			t.Fatal(status, got)
		}
		if held := must(h.billing.Holdings(h.staff, v.id)); len(held) != 1 || held[0].Status != billing.Canceled {
			t.Errorf("%+v", held)
		}
		status, got := call("GET", money, "")
		if items, _ := got["invoices"].([]any); status != 200 || len(items) != 1 || items[0].(map[string]any)["billed_email"] != "gone@example.com" {
			t.Errorf("the bill is gone with its member: %d %v", status, got)
		}
		if status, _ := call("GET", "/members/00000000-0000-7000-8000-000000000000/money", ""); status != 404 {
			t.Error(status)
		}
	})
}
