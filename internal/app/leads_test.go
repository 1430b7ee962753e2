package app

import (
	"fmt"
	"net/http"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
)

func TestLettersOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		for i, name := range []string{"Ada 100%", "Bea", "Cy_d"} {
			err := h.publication.Receive(t.Context(), publication.Letter{
				Name: name, Email: fmt.Sprintf("w%d@example.com", i), Message: "Hello", Consent: true, ClientAddress: name,
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		olga := h.hire(t, "olga@example.com", identity.Owner)
		ana := h.hire(t, "ana@example.com", identity.Editor)
		names := func(query string) (out []string, next string) {
			t.Helper()
			status, got := olga.call("GET", "/leads?"+query, "")
			if status != http.StatusOK {
				t.Fatal(status, got)
			}
			leads, _ := got["leads"].([]any)
			for _, x := range leads {
				l, _ := x.(map[string]any)
				out = append(out, fmt.Sprint(l["name"]))
			}
			next, _ = got["next"].(string)
			return out, next
		}
		first, next := names("limit=2")
		rest, end := names("limit=2&cursor=" + next)
		if fmt.Sprint(first, rest, end) != "[Cy_d Bea] [Ada 100%]" {
			t.Error(first, rest, end)
		}
		for query, want := range map[string]string{
			"search=%25": "[Ada 100%]", "search=_": "[Cy_d]", "search=W1%40EX": "[Bea]", "state=new": "[Cy_d Bea Ada 100%]", "state=done": "[]",
		} {
			if got, _ := names(query); fmt.Sprint(got) != want {
				t.Errorf("%s: %v", query, got)
			}
		}
		_, got := olga.call("GET", "/leads?search=Bea", "")
		id, _ := got["leads"].([]any)[0].(map[string]any)["id"].(string)
		if status, got := olga.call("PATCH", "/leads/"+id, `{"read":true,"done":true,"remark":" Called back. "}`); status != http.StatusOK || got["read_at"] == nil || got["done_at"] == nil || got["remark"] != "Called back." {
			t.Error(status, got)
		}
		if got, _ := names("state=open"); fmt.Sprint(got) != "[Cy_d Ada 100%]" {
			t.Error(got)
		}
		if status, got := olga.call("PATCH", "/leads/"+id, `{"done":false}`); status != http.StatusOK || got["done_at"] != nil || got["remark"] != "Called back." {
			t.Error(status, got)
		}
		if status, got := olga.call("GET", "/leads/"+id, ""); status != http.StatusOK || got["name"] != "Bea" {
			t.Error(status, got)
		}
		if got := h.verbs(t, "lead", id); got != "lead.received lead.changed lead.changed" {
			t.Error(got)
		}
		if got := told(olga.call("GET", "/leads/"+olga.staff.ID.String(), "")); got != "404 lead_not_found" {
			t.Error(got)
		}
		if got := told(olga.call("GET", "/leads?cursor=x", "")); got != "422 invalid_input cursor:bad_cursor" {
			t.Error(got)
		}
		for _, call := range [][2]string{{"GET", "/leads"}, {"GET", "/leads/" + id}, {"PATCH", "/leads/" + id}} {
			body := map[string]string{"PATCH": `{"done":true}`}[call[0]]
			if got := told(ana.call(call[0], call[1], body)); got != "403 capability_missing" {
				t.Error(call, got)
			}
		}
	})
}
