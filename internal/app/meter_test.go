package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

func TestMeteredReadingOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		ids := map[string]uuid.UUID{}
		page := func(title string) string {
			n := h.publish(t, paid(title, "Above.\n\n<!-- paywall -->\n\nBelow the line.")).Note
			ids["/notes/"+n.Slug] = n.ID
			return "/notes/" + n.Slug
		}
		one, two, three := page("One"), page("Two"), page("Three")
		olga, ada := h.hire(t, "olga@example.com", identity.Owner), h.member(t, "ada@example.com")
		if status, got := olga.call("PATCH", "/sales-rules", `{"free_notes":2}`); status != http.StatusOK || got["free_notes"] != float64(2) || got["gift_keeps"] != float64(24) {
			t.Fatal(status, got)
		}
		reads := func(v *visitor, path string, header ...string) (bool, string) {
			t.Helper()
			_, body := v.get(path, header...)
			return strings.Contains(body, "Below the line."), body
		}
		left := func() int {
			t.Helper()
			return must(h.billing.Meter(t.Context(), ada.id, [16]byte{}, false)).Left
		}
		if open, _ := reads(h.stranger(t), one); open {
			t.Error("a stranger reads for free")
		}
		for _, header := range [][]string{{"Sec-Purpose", "prefetch"}, {"Purpose", "prefetch"}} {
			if open, body := reads(ada, one, header...); open || !strings.Contains(body, "Read it now") {
				t.Error("a page that is fetched ahead was read", header)
			}
		}
		if resp, _ := ada.send(http.MethodHead, one, nil); resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "private, no-store" {
			t.Error(resp.StatusCode, resp.Header)
		}
		for _, path := range []string{"/", "/archive", "/feed.xml", "/search?q=line", "/account"} {
			ada.get(path)
		}
		if left() != 2 {
			t.Fatalf("%d left before anything was read", left())
		}
		if open, body := reads(ada, one); !open || !strings.Contains(body, "1 is left") {
			t.Error("the first free note is not open, or the page does not count")
		}
		if reads(ada, one); left() != 1 {
			t.Errorf("%d left after reading the same note again", left())
		}
		key := h.contentKey(t)
		ask := func(path string) map[string]any {
			t.Helper()
			_, body := h.stranger(t).get("/api/content/v1"+path, "X-Api-Key", key, "Authorization", "Bearer "+ada.token)
			var got struct {
				Access map[string]any `json:"access"`
			}
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatal(err, body)
			}
			return got.Access
		}
		if resp, _ := ada.send(http.MethodHead, "/api/content/v1"+two, nil, "X-Api-Key", key); left() != 1 {
			t.Errorf("HEAD (%d) was counted", resp.StatusCode)
		}
		got := ask(two)
		if m, _ := got["metered"].(map[string]any); got["decision"] != "full" || got["reason"] != "metered" || m["left"] != float64(0) || m["limit"] != float64(2) || m["resets_at"] == nil {
			t.Error(got)
		}
		again := h.signInAgain(t, ada) // other cookies, same member
		if open, body := reads(again, three); open || !strings.Contains(body, "You have read your 2 free notes of this month") {
			t.Error("a third note is open, or the gate does not say why not")
		}
		if got := ask(three); got["decision"] != "preview" || got["reason"] != "subscription_required" || got["metered"] == nil {
			t.Error(got)
		}
		if open, _ := reads(again, one); !open {
			t.Error("a note of this month is closed again")
		}
		for path, want := range map[string]string{one: "full metered", three: "preview subscription_required"} {
			if got := olga.why(ada, ids[path], time.Now()); got != want {
				t.Errorf("staff are told %s of %s", got, path)
			}
		}
		bea := h.subscriber(t, "bea@example.com", "reader")
		if open, body := reads(bea, three); !open || strings.Contains(body, "free note") {
			t.Error("who pays is counted")
		}
		if m := must(h.billing.Meter(t.Context(), bea.id, [16]byte{}, false)); m.Left != 2 {
			t.Errorf("%+v", m)
		}
		must(h.billing.ChangeSalesRules(h.staff, func(r *billing.SalesRules) { r.FreeNotes = 0 }))
		if open, _ := reads(ada, one); open {
			t.Error("a note that was given away is open although nothing is given away any more")
		}
	})
}

// signInAgain opens another session of a member, as on another device.
func (h *house) signInAgain(t *testing.T, v *visitor) *visitor {
	t.Helper()
	return h.member(t, v.email)
}
