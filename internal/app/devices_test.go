package app

import (
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// TestTheOldestDeviceIsToldOnce that another one took its place, on whatever
// page it asks for next, and never in a page that others get.
func TestTheOldestDeviceIsToldOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		if status, got := olga.call("PATCH", "/settings", `{"member_sessions":101}`, "If-Match", "*"); status != http.StatusUnprocessableEntity {
			t.Error(status, got)
		}
		if status, got := olga.call("PATCH", "/settings", `{"member_sessions":2}`, "If-Match", "*"); status != http.StatusOK || got["member_sessions"] != float64(2) {
			t.Fatal(status, got)
		}
		const words = "your account is in use on more devices"
		says := func(v *visitor, path string, want bool) {
			t.Helper()
			resp, body := v.get(path)
			if strings.Contains(body, words) != want {
				t.Errorf("%s: told is not %v", path, want)
			}
			if want && !strings.Contains(resp.Header.Get("Cache-Control"), "no-store") {
				t.Errorf("%s may be kept: %q", path, resp.Header.Get("Cache-Control"))
			}
		}
		phone, tablet := h.member(t, "ada@example.com"), h.member(t, "ada@example.com")
		says(phone, "/", false)
		desk := h.member(t, "ada@example.com")
		says(h.stranger(t), "/", false)
		says(phone, "/", true)
		says(phone, "/", false)
		says(h.stranger(t), "/", false)
		says(tablet, "/account", false)
		status, got := desk.ask("GET", "/sessions", "", "Authorization", "Bearer "+desk.token)
		list, _ := got["sessions"].([]any)
		if status != http.StatusOK || len(list) != 2 || list[0].(map[string]any)["this"] != true || list[0].(map[string]any)["network"] != "127.0.0.0/24" {
			t.Fatal(status, got)
		}
		if _, body := desk.get("/account"); !strings.Contains(body, "from the network 127.0.0.…") {
			t.Error("the account page does not say where from")
		}
		// A form, too, says why it was of no use; a program hears a code.
		fourth := h.member(t, "ada@example.com")
		if got := told(tablet.ask("GET", "/sessions", "", "Authorization", "Bearer "+tablet.token)); got != "401 session_crowded_out" {
			t.Error(got)
		}
		resp, _ := tablet.post("/account/name", map[string][]string{"name": {"Ada"}})
		says(tablet, resp.Header.Get("Location"), true)
		// Sessions are ended one by one, and nobody else's.
		other := list[0].(map[string]any)["id"].(string)
		eve := h.member(t, "eve@example.com")
		if got := told(eve.ask("DELETE", "/sessions/"+other, "", "Authorization", "Bearer "+eve.token)); got != "404 session_not_found" {
			t.Error(got)
		}
		if status, got := fourth.ask("DELETE", "/sessions/"+other, "", "Authorization", "Bearer "+fourth.token); status != http.StatusNoContent {
			t.Error(status, got)
		}
		if got := told(desk.ask("GET", "/sessions", "", "Authorization", "Bearer "+desk.token)); got != "401 session_invalid" {
			t.Error(got)
		}
		if status, got := fourth.ask("DELETE", "/sessions", "", "Authorization", "Bearer "+fourth.token); status != http.StatusNoContent {
			t.Error(status, got)
		}
		if got := told(fourth.ask("GET", "/me", "", "Authorization", "Bearer "+fourth.token)); got != "401 session_invalid" {
			t.Error(got)
		}
	})
}
