package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

var accountLink = regexp.MustCompile(`/account/(email|leave)/[A-Za-z0-9_-]+`)

// plainLetter waits for a letter of a kind and takes its soft line breaks out.
func (h *house) plainLetter(t *testing.T, email, category string) string {
	t.Helper()
	return strings.ReplaceAll(h.letter(t, email, "X-Category: "+category+"\r\n"), "=\r\n", "")
}

// accountLink is the link to an account page in the letter of a kind.
func (h *house) accountLink(t *testing.T, email, category string) string {
	t.Helper()
	link := accountLink.FindString(h.plainLetter(t, email, category))
	if link == "" {
		t.Fatal("no link in the letter " + category)
	}
	return link
}

// TestAnotherAddressOverHTTP is asked for, confirmed by a button, and told to
// Stripe and to the address before.
func TestAnotherAddressOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		ada, eve := h.subscriber(t, "ada@example.com", "reader"), h.member(t, "eve@example.com")
		if resp, body := ada.post("/account/email", url.Values{"email": {"nonsense"}}); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "does not look like an e-mail address") {
			t.Error(resp.StatusCode)
		}
		if resp, _ := h.stranger(t).post("/account/email", url.Values{"email": {"x@example.com"}}); !strings.HasPrefix(resp.Header.Get("Location"), "/sign-in") {
			t.Error("a stranger may ask")
		}
		if status, got := ada.ask("POST", "/me/email", `{"email":"ada@new.example"}`, "Authorization", "Bearer "+ada.token); status != http.StatusAccepted {
			t.Fatal(status, got)
		}
		if _, body := ada.get("/account"); !strings.Contains(body, "We have written to ada@new.example") || !strings.Contains(body, `<p class="fine">ada@example.com</p>`) {
			t.Error("the account page does not say what is under way")
		}
		feed := h.feedOf(t, ada)
		link := h.accountLink(t, "ada@new.example", "email-change")
		if _, body := h.stranger(t).get(link); !strings.Contains(body, "Use ada@new.example</button>") || !strings.Contains(body, "the account of a•••@example.com.") {
			t.Error(body)
		}
		if _, body := ada.post(link, nil); !strings.Contains(body, "Your address is changed") {
			t.Error(body)
		}
		if resp, body := eve.post(link, nil); resp.StatusCode != http.StatusGone || !strings.Contains(body, "no longer good") {
			t.Error(resp.StatusCode)
		}
		if l := h.plainLetter(t, "ada@example.com", "email-changed"); !strings.Contains(l, "answer this letter at once") {
			t.Error(l)
		}
		if _, body := ada.get("/account"); !strings.Contains(body, `<p class="fine">ada@new.example</p>`) {
			t.Error("the address is not changed")
		}
		if resp, _ := h.stranger(t).get(feed); resp.StatusCode != http.StatusNotFound {
			t.Error("their feed is read at the address from before")
		}
		h.shutsOut(t, eve)
		customer := must(h.billing.TraceOf(h.staff, ada.id)).Customers[0]
		eventually(t, "Stripe knows the address", func() bool { return must(h.stripe.Customer(t.Context(), customer)).Email == "ada@new.example" })
	})
}

// TestAnAccountIsDeletedOverHTTP with what was subscribed to, after a week in
// which nothing more is charged and minds can be changed.
func TestAnAccountIsDeletedOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		ada, bo := h.subscriber(t, "ada@example.com", "reader"), h.subscriber(t, "bo@example.com", "reader")
		if resp, body := ada.post("/account/leave", url.Values{"ending": {"now"}}); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Please say that you are sure.") {
			t.Error(resp.StatusCode)
		}
		if _, body := ada.get("/account/leave"); !strings.Contains(body, "You have paid until") || !strings.Contains(body, "Take my data with me first") {
			t.Error(body)
		}
		resp, _ := ada.post("/account/leave", url.Values{"ending": {"now"}, "sure": {"yes"}})
		if resp.Header.Get("Location") != "/account?notice=leaving" {
			t.Fatal(resp.StatusCode)
		}
		held := func(v *visitor) billing.Holding { return must(h.billing.Holdings(h.staff, v.id))[0] }
		eventually(t, "nothing more is charged", func() bool { return held(ada).Ending() })
		if _, body := ada.get("/account"); !strings.Contains(body, "Your account will be deleted on") || strings.Contains(body, ">Delete my account</a>") {
			t.Error("the account page does not say so")
		}
		link := h.accountLink(t, "ada@example.com", "leaving")
		if _, body := h.stranger(t).get(link); !strings.Contains(body, "Keep my account</button>") {
			t.Error(body)
		}
		if l := must(h.identity.Leaving(h.staff, ada.id)); l == nil {
			t.Fatal("looking at the link kept the account")
		}
		if _, body := h.stranger(t).post(link, nil); !strings.Contains(body, "Your account stays") {
			t.Error(body)
		}
		if resp, _ := h.stranger(t).post(link, nil); resp.StatusCode != http.StatusGone {
			t.Error(resp.StatusCode)
		}
		// By the API: bo reads on until what is paid is over; ada goes in a week.
		by := func(v *visitor, method, body string) (int, map[string]any) {
			return v.ask(method, "/me/deletion", body, "Authorization", "Bearer "+v.token)
		}
		if got := told(by(ada, "DELETE", "")); got != "404 not_leaving" {
			t.Error(got)
		}
		if resp, _ := ada.post("/account/keep-account", nil); resp.Header.Get("Location") != "/account?notice=not_leaving" {
			t.Error(resp.Header)
		}
		if status, got := by(ada, "POST", `{}`); status != http.StatusAccepted {
			t.Fatal(status, got)
		}
		status, got := by(bo, "POST", `{"subscriptions":"period_end"}`)
		if until := *held(bo).CurrentPeriodEnd; status != http.StatusAccepted || !strings.HasPrefix(got["deletes_at"].(string), until.UTC().Format("2006-01-02T15:04:05")) {
			t.Error(status, got, until)
		}
		eventually(t, "bo's runs out", func() bool { return held(bo).Ending() })
		leave := &leaveWorker{rooms: h.rooms}
		work := func() {
			t.Helper()
			if err := leave.Work(actor.With(t.Context(), actor.Machine("test")), nil); err != nil {
				t.Fatal(err)
			}
		}
		work()
		if m := must(h.identity.Member(h.staff, ada.id)); m.DeletedAt != nil {
			t.Fatal("before the week was over")
		}
		// Her day has come, and nobody has seen to it: who says stay, stays.
		h.exec(t, "UPDATE leavings SET due_at = ? WHERE member_id = ?", time.Now().UTC().Add(-time.Second), ada.id)
		if resp, _ := ada.post("/account/keep-account", nil); resp.Header.Get("Location") != "/account?notice=stays" {
			t.Error(resp.Header)
		}
		work()
		if m := must(h.identity.Member(h.staff, ada.id)); m.DeletedAt != nil {
			t.Fatal("she was told that her account stays")
		}
		if status, got := by(ada, "POST", `{}`); status != http.StatusAccepted {
			t.Fatal(status, got)
		}
		// A week later, and once more after a crash right behind the first step.
		h.exec(t, "UPDATE leavings SET due_at = ? WHERE member_id = ?", time.Now().UTC().Add(-time.Second), ada.id)
		if err := h.billing.CloseAccount(h.staff, ada.id, billing.EndNow); err != nil {
			t.Fatal(err)
		}
		work()
		work()
		if m := must(h.identity.Member(h.staff, ada.id)); m.DeletedAt == nil || m.EmailGiven != "" {
			t.Error(m)
		}
		if s := held(ada); !s.Status.Ended() {
			t.Error(s.Status)
		}
		if resp, _ := ada.get("/account"); !strings.HasPrefix(resp.Header.Get("Location"), "/sign-in") {
			t.Error("who is deleted is still signed in")
		}
		if bills := must(h.billing.Bills(h.staff, ada.id, [16]byte{})); len(bills.Items) == 0 {
			t.Error("the bills are gone, which the law wants kept")
		}
		if m := must(h.identity.Member(h.staff, bo.id)); m.DeletedAt != nil || held(bo).Status != billing.Active {
			t.Error("bo went, too")
		}
	})
}

// TestMembersTakeTheirDataWithThem as one file, and nobody else's.
func TestMembersTakeTheirDataWithThem(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		note := h.publish(t, paid("Film capacity", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		must(h.billing.PriceNote(h.staff, note.Note.ID, 900, "eur"))
		ada, eve := h.member(t, "ada@example.com"), h.subscriber(t, "eve@example.com", "reader")
		ada.paysFor(t, "/buy", url.Values{"note": {note.Note.Slug}}, "/buy/return")
		ada.get("/account") // fetches the bill
		// By its old address, too, of each version.
		in := note.Input()
		in.Slug = "moved"
		must(h.desk.Save(h.staff, note.Note.ID, 0, in))
		must(h.desk.Publish(h.staff, note.Note.ID, content.Publish{}))
		serial := ""
		for _, way := range []string{"", "?version=1"} {
			resp, _ := ada.get("/api/member/v1/notes/"+note.Note.Slug+"/copy"+way, "Authorization", "Bearer "+ada.token)
			if serial = resp.Header.Get("X-Copy-Serial"); resp.StatusCode != http.StatusOK || serial == "" {
				t.Error(way, resp.StatusCode)
			}
		}
		resp, body := ada.get("/account/data")
		if !strings.Contains(resp.Header.Get("Content-Disposition"), "attachment") || !strings.Contains(resp.Header.Get("Cache-Control"), "no-store") {
			t.Error(resp.Header)
		}
		for _, v := range []*visitor{ada, eve} {
			_, mine := v.ask("GET", "/me/data", "", "Authorization", "Bearer "+v.token)
			if mine["profile"].(map[string]any)["email"] != v.email {
				t.Error(mine["profile"])
			}
		}
		var doc struct {
			Profile  struct{ Email string }
			Notes    []struct{ Slug string }
			Invoices []struct{ Total int64 }
			Copies   []struct{ Serial, Paper string }
			Sessions []struct{ This bool }
		}
		if err := json.Unmarshal([]byte(body), &doc); err != nil {
			t.Fatal(err)
		}
		if doc.Profile.Email != "ada@example.com" || len(doc.Notes) != 1 || doc.Notes[0].Slug != "moved" || len(doc.Invoices) != 1 || doc.Invoices[0].Total != 900 || len(doc.Sessions) != 1 || !doc.Sessions[0].This {
			t.Errorf("%+v", doc)
		}
		if len(doc.Copies) != 2 || doc.Copies[0].Serial != serial || doc.Copies[0].Paper != "a4" {
			t.Errorf("%+v", doc.Copies)
		}
		for _, secret := range []string{"eve@example.com", "Below the line", "token", "cus_", "hash"} {
			if strings.Contains(body, secret) {
				t.Errorf("the file holds %q", secret)
			}
		}
		if resp, _ := h.stranger(t).get("/account/data"); !strings.HasPrefix(resp.Header.Get("Location"), "/sign-in") {
			t.Error("a stranger gets a file:", resp.StatusCode)
		}
	})
}

// TestAnAccountThatCannotGoHoldsUpTheOthersForAnHour however often it was tried.
func TestAnAccountThatCannotGoHoldsUpTheOthersForAnHour(t *testing.T) {
	t.Parallel()
	for _, attempt := range []int{1, 20} {
		next := (&leaveWorker{}).NextRetry(&river.Job[LeaveArgs]{JobRow: &rivertype.JobRow{Attempt: attempt}})
		if wait := time.Until(next); wait < 50*time.Minute || wait > time.Hour {
			t.Errorf("after attempt %d: %s", attempt, wait)
		}
	}
}
