package app

import (
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
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

// TestEveryMemberHasOneStatus: whatever somebody holds, by subscription or by
// term, they are found under the word that the list says of them and under no
// other, once, by pages of any size.
func TestEveryMemberHasOneStatus(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		h.plan(t, "house", 1)
		var sold []uuid.UUID
		if err := h.db.Read(t.Context()).Raw("SELECT id FROM plans ORDER BY slug").Scan(&sold).Error; err != nil {
			t.Fatal(err)
		}
		olga := h.hire(t, "olga@example.com", identity.Owner)
		rnd := rand.New(rand.NewPCG(3, 11))
		const size = 90
		for i := range size {
			name := []string{"=HYPERLINK(1)", "Ann, \"B\"", "Bo"}[i%3]
			m, _, err := h.identity.AddMember(h.staff, fmt.Sprintf("m%02d@example.com", i), name)
			if err != nil {
				t.Fatal(err)
			}
			h.hold(t, rnd, m.ID, sold...)
		}
		said, plans := map[string]string{}, map[string][]any{}
		read := func(query string, limit int) (ids []string) {
			t.Helper()
			for cursor := ""; ; {
				status, got := olga.call("GET", fmt.Sprintf("/members?%s&limit=%d&cursor=%s", query, limit, cursor), "")
				if status != http.StatusOK {
					t.Fatal(query, got)
				}
				for _, m := range got["members"].([]any) {
					id := dig(m, "id").(string)
					ids = append(ids, id)
					said[id], plans[id] = dig(m, "status").(string), dig(m, "plans").([]any)
				}
				if cursor, _ = got["next"].(string); cursor == "" {
					return ids
				}
			}
		}
		all := read("", 7)
		if len(all) != size {
			t.Fatal(len(all))
		}
		seen := 0
		for _, word := range billing.MemberStatuses() {
			var want []string
			for _, id := range all {
				if said[id] == string(word) {
					want = append(want, id)
				}
			}
			if got := read("status="+string(word), 4); !slices.Equal(got, want) || len(want) == 0 {
				t.Errorf("%s: %d, not %d", word, len(got), len(want))
			}
			seen += len(want)
		}
		if seen != size {
			t.Error("some have no status:", seen)
		}
		var want []string
		for _, id := range all {
			if slices.Contains(plans[id], any("Plan house")) || slices.Contains(plans[id], any("")) {
				want = append(want, id)
			}
		}
		if got := read("plan=house", 5); !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("the plan: %d, not %d", len(got), len(want))
		}
		day := h.clock.Now().Add(-time.Hour).Format(time.RFC3339)
		if got := read("since_to="+strings.ReplaceAll(day, "+", "%2B"), 50); len(got) != 0 {
			t.Error("nobody signed up before:", len(got))
		}
		if got := read("since_from="+strings.ReplaceAll(day, "+", "%2B"), 50); len(got) != size {
			t.Error("everybody did since:", len(got))
		}
		if status, _ := olga.call("GET", "/members?status=rich", ""); status != 422 {
			t.Error(status)
		}

		resp, text := olga.send("GET", "/api/admin/v1/members.csv?search=m0", nil, "Sec-Fetch-Site", "same-origin")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) != 11 || rows[0][1] != "email" || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/csv") {
			t.Fatal(resp.StatusCode, err, text)
		}
		for _, row := range rows[1:] {
			if row[2] != "'=HYPERLINK(1)" && row[2] != `Ann, "B"` && row[2] != "Bo" {
				t.Error("a spreadsheet would take this for a formula:", row[2])
			}
			if row[3] != said[row[0]] {
				t.Error(row)
			}
		}
		_, got := olga.call("GET", "/journal?verb=member.list_exported", "")
		if len(got["entries"].([]any)) != 1 {
			t.Error("the export is not in the journal:", got)
		}
	})
}

// hold gives a member some of everything that can be held.
func (h *house) hold(t *testing.T, rnd *rand.Rand, member uuid.UUID, plans ...uuid.UUID) {
	t.Helper()
	now := h.clock.Now()
	owner := billing.OfMember(member)
	err := h.db.Tx(t.Context(), func(ctx context.Context) error {
		for range rnd.IntN(3) {
			s := billing.Subscription{ID: uuid.New(), Owner: owner, StripeID: uuid.NewString(), StartedAt: now, SyncedAt: now, CreatedAt: now}
			s.PlanID = plans[rnd.IntN(2)]
			s.Status = []billing.Status{billing.Incomplete, billing.Trialing, billing.Active, billing.PastDue, billing.Unpaid, billing.Canceled}[rnd.IntN(6)]
			if s.Status != billing.Incomplete {
				s.OpenedAt = &now
			}
			if err := h.db.Write(ctx).Create(&s).Error; err != nil {
				return err
			}
		}
		for range rnd.IntN(3) {
			x := billing.Term{ID: uuid.New(), Owner: owner, CreatedAt: now, UpdatedAt: now, Version: 1}
			x.Source = []billing.TermSource{billing.TermComplimentary, billing.TermComplimentary, billing.TermManual, billing.TermOrder}[rnd.IntN(4)]
			x.StartsAt = now.AddDate(0, 0, -20+10*rnd.IntN(4)) // one in four is to come
			x.EndsAt = x.StartsAt.AddDate(0, 0, 15)
			if rnd.IntN(3) > 0 {
				x.PlanID = uuid.NullUUID{UUID: plans[rnd.IntN(2)], Valid: true}
			}
			if past := now.AddDate(0, 0, -1); rnd.IntN(4) == 0 {
				x.OpenUntil = &past
			}
			if rnd.IntN(5) == 0 {
				x.RevokedAt = &now
			}
			if err := h.db.Write(ctx).Create(&x).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
