package app

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

func TestTermsOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		n := h.publish(t, paid("Twelve weeks", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		ada := h.member(t, "ada@example.com")
		olga := h.hire(t, "olga@example.com", identity.Owner)
		ana := h.hire(t, "ana@example.com", identity.Editor)
		reads := func() bool {
			t.Helper()
			_, body := ada.get("/notes/" + n.Note.Slug)
			return strings.Contains(body, "Below the line")
		}
		if reads() {
			t.Fatal("the note was open already")
		}
		list := "/members/" + ada.id.String() + "/terms"
		end := time.Now().Add(30 * 24 * time.Hour).UTC().Format(time.RFC3339)
		body := fmt.Sprintf(`{"source":"manual","plan":"reader","ends_at":%q,"reference":"PO 77","amount":90000,"currency":"eur"}`, end)
		status, got := olga.call("POST", list, body, "Idempotency-Key", "k1")
		if status != http.StatusCreated || got["state"] != "open" || got["plan_name"] == "" || got["reference"] != "PO 77" {
			t.Fatal(status, got)
		}
		id := fmt.Sprint(got["id"])
		if _, again := olga.call("POST", list, body, "Idempotency-Key", "k1"); again["id"] != id {
			t.Error("the repeat made another term:", again)
		}
		if !reads() {
			t.Error("the term opens nothing")
		}
		if _, page := ada.get("/account"); !strings.Contains(page, "until") || strings.Contains(page, "PO 77") {
			t.Error("the account page does not show the term")
		}
		if status, got := olga.call("PATCH", "/terms/"+id, `{"version":1,"remark":"Paid on time"}`); status != http.StatusOK || got["version"] != float64(2) {
			t.Error(status, got)
		}
		if got := told(olga.call("PATCH", "/terms/"+id, `{"version":1,"remark":"x"}`)); got != "412 term_changed" {
			t.Error(got)
		}
		for _, call := range [][3]string{{"POST", list, body}, {"PATCH", "/terms/" + id, `{}`}, {"PUT", "/terms/" + id + "/revocation", `{}`}} {
			if got := told(ana.call(call[0], call[1], call[2])); got != "403 capability_missing" {
				t.Error(call, got)
			}
		}
		if status, got := olga.call("PUT", "/terms/"+id+"/revocation", `{"why":"Not paid"}`); status != http.StatusOK || got["state"] != "revoked" || got["revoked_why"] != "Not paid" {
			t.Error(status, got)
		}
		if reads() {
			t.Error("a term that was taken back still opens")
		}
		if got := h.verbs(t, "term", id); got != "term.given term.changed term.revoked" {
			t.Error(got)
		}
		if _, got := olga.call("GET", list, ""); len(got["terms"].([]any)) != 1 {
			t.Error(got)
		}
	})
}

func TestTheLetterBeforeTheEndOfATerm(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		ada := h.member(t, "ada@example.com")
		now := h.clock.Now()
		_, err := h.billing.GiveTerm(h.staff, billing.TermInput{
			Member: ada.id, Source: billing.TermComplimentary, PlanSlug: "reader", StartsAt: now.Add(-60 * 24 * time.Hour), EndsAt: now.Add(10 * 24 * time.Hour),
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := h.billing.RemindOfEnds(h.staff); err != nil {
				t.Fatal(err)
			}
		}
		letter := h.letter(t, "ada@example.com", "term")
		if !strings.Contains(letter, "ends on "+now.Add(10*24*time.Hour).UTC().Format("2 January 2006")) || !strings.Contains(letter, "/plans") {
			t.Error(letter)
		}
	})
}
