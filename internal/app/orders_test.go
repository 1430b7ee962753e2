package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

var orderPath = regexp.MustCompile(`/order/[a-z2-7]{32}`)

// quoted has the desk send a quote, and gives the path of its page from the
// letter.
func (h *house) quoted(t *testing.T, olga *insider, email string) (path, id string) {
	t.Helper()
	status, got := olga.call("POST", "/orders", `{"company":"Lind <& Co","name":"Ada Lind","email":"`+email+`","plan":"reader","seats":2,"months":12,"amount":90000,"currency":"eur",
		"days_until_due":30,"open_unpaid":true,"valid_days":14,"tax_words":"Plus VAT.","words":"As we said.","send":true}`)
	if status != http.StatusCreated || got["state"] != "quoted" || got["sent"] != float64(1) {
		t.Fatal(status, got)
	}
	letter := h.letter(t, email, "Quote ")
	path = orderPath.FindString(letter)
	if path == "" || !strings.HasSuffix(got["link"].(string), path) {
		t.Fatal(letter)
	}
	return path, got["id"].(string)
}

func TestAFirmOrdersByInvoiceOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		n := h.publish(t, paid("Film", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		olga := h.hire(t, "olga@example.com", identity.Owner)
		path, id := h.quoted(t, olga, "ada@example.com")
		buyer := h.stranger(t)
		resp, body := buyer.get(path)
		for _, want := range []string{"Quote 1001", "Lind &lt;&amp; Co", "Plan reader", "€900", "1 year, from the day of your order", "Plus VAT.", "As we said.", "within 30 days"} {
			if !strings.Contains(body, want) {
				t.Errorf("the quote does not say %q", want)
			}
		}
		if resp.Header.Get("Cache-Control") != "private, no-store" || !strings.Contains(resp.Header.Get("X-Robots-Tag"), "noindex") || resp.Header.Get("Referrer-Policy") != "same-origin" {
			t.Error(resp.Header)
		}
		form := url.Values{"po_number": {"PO <4711>"}, "name": {"Bo Berg"}, "address": {"Main Street 1\r\nOslo"}, "tax_id": {"NO 999"}}
		if resp, body := buyer.post(path, form); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "PO &lt;4711&gt;") || !strings.Contains(body, "order this for your company") {
			t.Error(resp.StatusCode, body)
		}
		form.Set("consent", "yes")
		for range 2 { // the button pressed twice
			if resp, _ := buyer.post(path, form); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != path {
				t.Fatal(resp.StatusCode, resp.Header.Get("Location"))
			}
		}
		eventually(t, "the bill", func() bool {
			_, body = buyer.get(path)
			return strings.Contains(body, "See the bill and pay it")
		})
		if !strings.Contains(body, "PO &lt;4711&gt;") || strings.Contains(body, "Order with an obligation") {
			t.Error(body)
		}
		ada := h.member(t, "ada@example.com")
		if _, body := ada.get("/notes/" + n.Note.Slug); !strings.Contains(body, "Below the line") {
			t.Error("what was ordered is closed")
		}
		h.letter(t, "ada@example.com", "Order 1001 is confirmed")
		if _, body := ada.get("/account"); !strings.Contains(body, "for order 1001, is to be paid by") || !strings.Contains(body, "Paid by invoice, until") || !strings.Contains(body, ">Pay</a>") {
			t.Error("the account page does not show the bill:", body)
		}
		_, text := h.stranger(t).get("/api/member/v1/subscriptions", "Authorization", "Bearer "+ada.token)
		for _, want := range []string{`"number":1001`, `"state":"invoiced"`, `"open":true`, `"pay_url":"http`, `"pay_by":"`, `"plan":"reader"`} {
			if !strings.Contains(text, want) {
				t.Errorf("the member API does not say %s: %s", want, text)
			}
		}
		if _, text = h.stranger(t).get("/api/member/v1/me/data", "Authorization", "Bearer "+ada.token); !strings.Contains(text, `"orders":[{"number":1001,`) {
			t.Error("their data leave the order out:", text)
		}
		if _, text = h.stranger(t).get("/api/member/v1/invoices", "Authorization", "Bearer "+ada.token); !strings.Contains(text, `"status":"open"`) || !strings.Contains(text, `"due_at":"`) {
			t.Error(text)
		}
		if status, got := olga.call("GET", "/orders/"+id, ""); status != http.StatusOK || got["state"] != "invoiced" || got["po_number"] != "PO <4711>" || got["member_id"] == nil {
			t.Error(status, got)
		}
		if status, _ := olga.call("PUT", "/orders/"+id+"/withdrawal", ""); status != http.StatusOK {
			t.Error(status)
		}
		if _, body := buyer.get(path); !strings.Contains(body, "was taken back") || strings.Contains(body, "€900") {
			t.Error(body)
		}
		if _, body := ada.get("/notes/" + n.Note.Slug); strings.Contains(body, "Below the line") {
			t.Error("what was taken back is open")
		}
		// Another quote is declined, and cannot be accepted any more.
		other, _ := h.quoted(t, olga, "cy@example.com")
		buyer.post(other+"/decline", nil)
		buyer.post(other, form)
		if _, body := buyer.get(other); !strings.Contains(body, "declined this quote") {
			t.Error(body)
		}
	})
}

func TestLinksOfOrdersCannotBeGuessed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: "sqlite"})
	v := h.stranger(t)
	shapes := map[string]bool{}
	for _, path := range []string{"/order/x", "/order/" + strings.Repeat("a", 32), "/order/" + strings.Repeat("b", 300)} {
		resp, body := v.get(path)
		shapes[body] = true
		if resp.StatusCode != http.StatusNotFound || strings.Contains(body, strings.TrimPrefix(path, "/order/")) && len(path) > 20 {
			t.Error(resp.StatusCode, path)
		}
	}
	if len(shapes) != 1 {
		t.Error("addresses that lead nowhere are told apart")
	}
	for range 30 {
		v.post("/order/guess", url.Values{"name": {"A"}, "address": {"B"}, "consent": {"yes"}})
	}
	if resp, _ := v.get("/order/guess"); resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" {
		t.Error(resp.StatusCode)
	}
}

func TestAQuoteIsAskedFor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		v := h.stranger(t)
		if resp, _ := v.get("/quote"); resp.StatusCode != http.StatusNotFound {
			t.Error("quotes are given before anybody said so:", resp.StatusCode)
		}
		if _, body := v.get("/plans"); strings.Contains(body, "/quote") {
			t.Error("the page of plans offers what is not there")
		}
		must(h.billing.ChangeSalesRules(h.staff, func(r *billing.SalesRules) { r.Quotes = true }))
		eventually(t, "the page of plans to offer it", func() bool {
			_, body := v.get("/plans")
			return strings.Contains(body, `href="/quote"`)
		})
		form := url.Values{"name": {"Ada"}, "email": {"ada@lind.example"}, "plan": {"reader"}, "seats": {"5"}}
		resp, body := v.post("/quote", form)
		if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "e-company") || !strings.Contains(body, "e-consent") {
			t.Error(resp.StatusCode, body)
		}
		form.Set("company", "Lind")
		form.Set("consent", "yes")
		if resp, _ := v.post("/quote", form); resp.StatusCode != http.StatusSeeOther {
			t.Error(resp.StatusCode)
		}
		olga := h.hire(t, "olga@example.com", identity.Owner)
		_, got := olga.call("GET", "/leads", "")
		lead := got["leads"].([]any)[0].(map[string]any)
		if lead["subject"] != "Quote: Plan reader, 5 readers" || lead["company"] != "Lind" || lead["page"] != "/quote" {
			t.Error(lead)
		}
	})
}

// TestAQuoteGoesToAnAddressThatAMemberMayHave: who accepts it becomes one.
func TestAQuoteGoesToAnAddressThatAMemberMayHave(t *testing.T) {
	t.Parallel()
	for email, want := range map[string]bool{"ada@example.com": true, "ada@office": false, "ada@[192.0.2.1]": false} {
		if err := (payers{}).CheckEmail(email); (err == nil) != want {
			t.Errorf("%s: %v", email, err)
		}
	}
}
