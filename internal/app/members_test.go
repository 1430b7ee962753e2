package app

import (
	"net/http"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

func TestMembersOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		ada := h.subscriber(t, "ada@example.com", "reader")
		if _, _, err := h.identity.AddMember(h.staff, "new@example.com", "New"); err != nil {
			t.Fatal(err)
		}
		olga := h.hire(t, "olga@example.com", identity.Owner)
		for query, want := range map[string]int{"": 2, "verified=true": 1, "verified=false": 1, "verified=false&search=ada": 0} {
			_, got := olga.call("GET", "/members?"+query, "")
			if l, _ := got["members"].([]any); len(l) != want {
				t.Errorf("%q: %v", query, got)
			}
		}
		status, got := olga.call("GET", "/members/"+ada.id.String(), "")
		subs, _ := got["subscriptions"].([]any)
		open, _ := got["sessions"].([]any)
		if status != http.StatusOK || got["email"] != "ada@example.com" || len(subs) != 1 || len(open) != 1 {
			t.Fatal(status, got)
		}
		if s, _ := subs[0].(map[string]any); s["plan"] != "reader" || s["status"] != "active" {
			t.Error(s)
		}
	})
}
