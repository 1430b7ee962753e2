package app

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/db/dbtest"
)

// paysFor sends a form that leads to the payment page, pays there and comes
// back.
func (v *visitor) paysFor(t *testing.T, path string, form url.Values, back string) string {
	t.Helper()
	resp, body := v.post(path, form)
	page := resp.Header.Get("Location")
	if resp.StatusCode != http.StatusSeeOther || !strings.Contains(page, "/checkout/") {
		t.Fatal(resp.StatusCode, page, body)
	}
	session, err := payWithTestCard(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	_, body = v.get(back + "?session_id=" + session)
	return body
}

// why asks as staff whether a member could read a note at a moment.
func (v *visitor) why(member *visitor, note uuid.UUID, at time.Time) string {
	_, got := v.call("GET", "/members/"+member.id.String()+"/access?note="+note.String()+"&at="+at.UTC().Format(time.RFC3339Nano), "")
	return fmt.Sprint(got["level"], " ", got["reason"])
}

func TestOneNoteIsBoughtOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		in := paid("Film capacity", "Above.\n\n<!-- paywall -->\n\nBelow the line.")
		n := h.publish(t, in)
		other := h.publish(t, paid("Another", "Above.\n\n<!-- paywall -->\n\nBelow another line."))
		file := h.attach(t, n, "numbers.csv", "year,films\n2026,4\n", media.AsNote)
		olga, ana := h.hire(t, "olga@example.com", identity.Owner), h.hire(t, "ana@example.com", identity.Analyst)
		ada := h.member(t, "ada@example.com")
		page, price := "/notes/"+n.Note.Slug, "/notes/"+n.Note.ID.String()+"/price"

		if _, body := ada.get(page); strings.Contains(body, "Read this note for") {
			t.Fatal("a note without a price is offered")
		}
		if got := told(ana.call("PUT", price, `{"amount":900,"currency":"eur"}`)); got != "403 capability_missing" {
			t.Error(got)
		}
		if status, got := olga.call("PUT", price, `{"amount":900,"currency":"eur"}`); status != http.StatusOK || got["amount"] != float64(900) {
			t.Fatal(status, got)
		}
		if _, body := h.stranger(t).get(page); !strings.Contains(body, "Read this note for €9") {
			t.Error("a stranger is not offered the note")
		}
		if resp, _ := h.stranger(t).get("/buy?note=" + n.Note.Slug); resp.Request.URL.Path != "/sign-in" && !strings.HasPrefix(resp.Header.Get("Location"), "/sign-in") {
			t.Error("a stranger is not asked to sign in:", resp.Header.Get("Location"))
		}
		if _, body := ada.get("/buy?note=" + n.Note.Slug); !strings.Contains(body, "€9</b> once") {
			t.Error("the order does not name the price")
		}
		before := time.Now()
		if body := ada.paysFor(t, "/buy", url.Values{"note": {n.Note.Slug}}, "/buy/return"); !strings.Contains(body, "the note is yours") {
			t.Error(body)
		}
		if _, body := ada.get(page); !strings.Contains(body, "Below the line") {
			t.Error("the note that was bought is closed")
		}
		if _, body := ada.get("/notes/" + other.Note.Slug); strings.Contains(body, "Below another line") {
			t.Error("another note is open, too")
		}
		if resp, _ := ada.get(file.Address()); resp.StatusCode != http.StatusOK {
			t.Error("the note's file is closed:", resp.StatusCode)
		}
		_, api := h.stranger(t).get("/api/content/v1"+page, "X-Api-Key", h.contentKey(t), "Authorization", "Bearer "+ada.token)
		if !strings.Contains(api, "Below the line") || !strings.Contains(api, `"reason":"purchase"`) {
			t.Error(api)
		}
		for at, want := range map[time.Time]string{time.Now(): "full purchase", before: "preview subscription_required"} {
			if got := olga.why(ada, n.Note.ID, at); got != want {
				t.Errorf("at %s they are said to have: %s", at, got)
			}
		}
		if resp, _ := ada.post("/buy", url.Values{"note": {n.Note.Slug}}); resp.Header.Get("Location") != page {
			t.Error("it can be bought twice:", resp.Header.Get("Location"))
		}
		olga.call("PUT", price, `{"amount":0}`)
		if _, body := ada.get(page); !strings.Contains(body, "Below the line") {
			t.Error("what was bought is closed when the sale ends")
		}
		eve := h.member(t, "eve@example.com")
		_, body := ada.get("/account")
		for _, want := range []string{"Your notes", `<a href="` + page + `">Film capacity</a>`, "€9 on ", ">Bill</a>"} {
			if !strings.Contains(body, want) {
				t.Errorf("the account page lacks %s", want)
			}
		}
		if _, body := eve.get("/account"); strings.Contains(body, "Your notes") {
			t.Error("somebody else has bought it, too")
		}
		_, mine := ada.ask("GET", "/purchases", "", "Authorization", "Bearer "+ada.token)
		if notes := mine["notes"].([]any); len(notes) != 1 || notes[0].(map[string]any)["slug"] != n.Note.Slug || notes[0].(map[string]any)["invoice"] == nil {
			t.Error(mine)
		}
		if _, none := eve.ask("GET", "/purchases", "", "Authorization", "Bearer "+eve.token); len(none["notes"].([]any))+len(none["presents"].([]any)) != 0 {
			t.Error(none)
		}
		// A note that was withdrawn keeps its title, and leads nowhere.
		must(h.desk.Retract(h.staff, n.Note.ID, 0, "Wrong."))
		if _, body := ada.get("/account"); !strings.Contains(body, "Film capacity<span") || strings.Contains(body, `href="`+page+`"`) {
			t.Error("a note that is gone is linked")
		}
	})
}

var codeInLetter = regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}`)

func TestAPresentOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		ada := h.member(t, "ada@example.com")
		if resp, _ := ada.get("/gift"); resp.StatusCode != http.StatusNotFound {
			t.Error("presents are sold before anybody said so")
		}
		must(h.billing.ChangeSalesRules(h.staff, func(r *billing.SalesRules) { r.Gifts = true }))
		form := url.Values{"choice": {"reader.3"}, "recipient": {"bo@example.com"}, "recipient_name": {"Bo"}, "giver_name": {"Ada"}, "words": {"Read <b>on</b>!"}}
		if resp, body := ada.post("/gift", url.Values{"choice": {"reader.3"}, "recipient": {"bo"}, "deliver_at": {"soon"}}); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "choose a day") {
			t.Error(resp.StatusCode)
		}
		if body := ada.paysFor(t, "/gift", form, "/gift/return"); !strings.Contains(body, "the present is on its way") {
			t.Error(body)
		}
		letter := h.letter(t, "bo@example.com", "gift")
		code := codeInLetter.FindString(letter)
		if code == "" || !strings.Contains(letter, "&lt;b&gt;on") {
			t.Fatal(letter)
		}
		if _, body := h.stranger(t).get("/redeem?code=" + code); !strings.Contains(body, "From Ada") || !strings.Contains(body, "Log in to redeem it") {
			t.Error(body)
		}
		if resp, body := h.stranger(t).get("/redeem?code=AAAA-AAAA-AAAA-AAAA"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "No present has this code") {
			t.Error(resp.StatusCode)
		}
		n := h.publish(t, paid("Film", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		bo, cy := h.member(t, "bo@example.com"), h.member(t, "cy@example.com")
		if _, body := bo.post("/redeem", url.Values{"code": {strings.ToLower(code)}}); !strings.Contains(body, "The present is yours") {
			t.Error(body)
		}
		if _, body := bo.get("/notes/" + n.Note.Slug); !strings.Contains(body, "Below the line") {
			t.Error("the present opens nothing")
		}
		if _, body := bo.get("/account"); !strings.Contains(body, "A gift, until") || !strings.Contains(body, "Plan reader, 3 months, from Ada") {
			t.Error("the account page does not show the present")
		}
		if _, body := cy.post("/redeem", url.Values{"code": {code}}); !strings.Contains(body, "has been redeemed already") {
			t.Error(body)
		}
		if _, body := ada.get("/account"); !strings.Contains(body, "Redeemed on") {
			t.Error("the giver does not see what became of it")
		}
		for who, want := range map[*visitor]string{ada: "true Bo redeemed", bo: "false Ada redeemed", cy: ""} {
			_, got := who.ask("GET", "/purchases", "", "Authorization", "Bearer "+who.token)
			said := ""
			for _, x := range got["presents"].([]any) {
				p := x.(map[string]any)
				said += fmt.Sprint(p["given"], " ", p["name"], " ", p["state"])
			}
			if said != want {
				t.Errorf("%s: %q, not %q", who.email, said, want)
			}
		}
	})
}
