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

// TestManyMembersAtOnce gives and ends access for several, with one that is not
// there among them, and again.
func TestManyMembersAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		h.plan(t, "house", 1)
		n := h.publish(t, paid("Twelve weeks", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		ada, bo := h.member(t, "ada@example.com"), h.member(t, "bo@example.com")
		olga, eva := h.colleague(t, "Olga", identity.Owner), h.colleague(t, "Eva", identity.Editor)
		end := time.Now().Add(30 * 24 * time.Hour).UTC().Truncate(time.Second)
		bought := must(h.billing.GiveTerm(h.staff, billing.TermInput{Member: bo.id, Source: billing.TermManual, PlanSlug: "house", EndsAt: end, Amount: 900, Currency: "eur"}))
		const unknown = "0198a000-0000-7000-8000-00000000dead"
		all := fmt.Sprintf(`"members":[%q,%q,%q]`, ada.id, bo.id, unknown)
		do := func(key, body string) string {
			t.Helper()
			answer := olga.want(200, "", "POST", "/members/bulk", "{"+body+"}", "Idempotency-Key", key)
			out := []string{}
			for i := range answer["results"].([]any) {
				code, _ := dig(answer, "results", i, "code").(string)
				out = append(out, fmt.Sprint(dig(answer, "results", i, "outcome"), code))
			}
			return strings.Join(out, " ")
		}
		reads := func(v *visitor) bool {
			t.Helper()
			_, body := v.get("/notes/" + n.Note.Slug)
			return strings.Contains(body, "Below the line")
		}
		states := func(member fmt.Stringer) string {
			t.Helper()
			out := []string{}
			got := olga.want(200, "", "GET", "/members/"+member.String()+"/terms", "")
			for i := range got["terms"].([]any) {
				out = append(out, fmt.Sprint(dig(got, "terms", i, "source"), " ", dig(got, "terms", i, "plan"), " ", dig(got, "terms", i, "state")))
			}
			return strings.Join(out, ", ")
		}

		give := fmt.Sprintf(`"action":"give_access","plan":"reader","ends_at":%q,"remark":"The jury",%s`, end.Format(time.RFC3339), all)
		for range 2 { // the second time is a repeat
			if r := do("give", give); r != "done done refusedmember_not_found" {
				t.Error(r)
			}
		}
		if got := states(ada.id); got != "complimentary reader open" {
			t.Error("of Ada:", got)
		}
		if !reads(ada) {
			t.Error("what was given opens nothing")
		}
		if r := do("other-plan", `"action":"end_access","plan":"house",`+all); r != "unchanged unchanged refusedmember_not_found" {
			t.Error("another plan was ended, or what was paid for:", r)
		}
		if r := do("end", `"action":"end_access","remark":"The jury has met",`+all); r != "done done refusedmember_not_found" {
			t.Error(r)
		}
		if r := do("once-more", `"action":"end_access",`+all); r != "unchanged unchanged refusedmember_not_found" {
			t.Error(r)
		}
		if reads(ada) || !reads(bo) {
			t.Error("what was given stayed open, or what was paid for is closed:", states(bo.id))
		}
		if got := h.verbs(t, "term", bought.ID.String()); got != "term.given" {
			t.Error("what was paid for:", got)
		}
		for name, x := range map[string]struct {
			body, code string
			status     int
		}{
			"no end":          {`"action":"give_access",` + all, "invalid_input", 422},
			"an end before":   {`"action":"give_access","ends_at":"2001-01-01T00:00:00Z",` + all, "invalid_input", 422},
			"twice":           {fmt.Sprintf(`"action":"end_access","members":[%q,%q]`, ada.id, ada.id), "invalid_input", 422},
			"nobody":          {`"action":"end_access","members":[]`, "invalid_input", 422},
			"an unknown plan": {`"action":"end_access","plan":"nosuch",` + all, "plan_not_found", 404},
			"an unknown act":  {`"action":"burn",` + all, "invalid_input", 422},
			"give":            {`"action":"end_access",` + all, "idempotency_key_reused", 422}, // a key that was used for something else
		} {
			status, got := olga.call("POST", "/members/bulk", "{"+x.body+"}", "Idempotency-Key", strings.ReplaceAll(name, " ", "-"))
			if status != x.status || got["code"] != x.code {
				t.Error(name, status, got)
			}
		}
		olga.want(422, "invalid_input", "POST", "/members/bulk", `{"action":"end_access",`+all+`}`)
		eva.want(403, "capability_missing", "POST", "/members/bulk", "{"+give+"}", "Idempotency-Key", "eva")
	})
}

// TestOnlyTheChosenMembersAreExported names one of two.
func TestOnlyTheChosenMembersAreExported(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ada := h.member(t, "ada@example.com")
		h.member(t, "bo@example.com")
		olga := h.hire(t, "olga@example.com", identity.Owner)
		resp, text := olga.get("/api/admin/v1/members.csv?ids=" + ada.id.String() + ",0198a000-0000-7000-8000-00000000dead")
		if resp.StatusCode != http.StatusOK || strings.Count(text, "\n") != 2 || !strings.Contains(text, "ada@example.com") {
			t.Error(resp.StatusCode, text)
		}
		if got := h.verbs(t, "member", "csv"); got != "member.list_exported" {
			t.Error("the journal says", got)
		}
		if resp, text := olga.get("/api/admin/v1/members.csv?ids=ada"); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Error(resp.StatusCode, text)
		}
	})
}
