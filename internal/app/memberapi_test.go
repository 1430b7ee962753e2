package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

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
