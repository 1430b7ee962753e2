package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

func TestTheDesksPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.publish(t, paid("On show", "Open."))
		for email, role := range map[string]identity.Role{"ana@example.com": identity.Analyst, "olga@example.com": identity.Owner} {
			must(h.identity.CreateStaff(h.staff, identity.CreateStaff{Email: email, Name: string(role), Role: role, Password: "a long enough password"}))
		}
		v := h.stranger(t)
		if _, page := v.get("/desk/"); !strings.Contains(page, "Sign in to the desk") || strings.Contains(page, "On show") {
			t.Error("a stranger sees the desk")
		}
		if resp, page := v.post("/desk/sign-in", url.Values{"email": {"olga@example.com"}, "password": {"wrong"}}); resp.StatusCode != 401 || !strings.Contains(page, `value="olga@example.com"`) {
			t.Errorf("a wrong password: %d", resp.StatusCode)
		}
		if resp, _ := v.post("/desk/keys", url.Values{"name": {"x"}, "scope": {"admin.write"}}); resp.StatusCode != 401 {
			t.Errorf("a stranger makes a key: %d", resp.StatusCode)
		}
		if resp, _ := v.post("/desk/sign-in", url.Values{"email": {"olga@example.com"}, "password": {"a long enough password"}}); resp.StatusCode != http.StatusSeeOther {
			t.Fatal(resp.StatusCode)
		}
		resp, page := v.get("/desk/")
		if !strings.Contains(page, "On show") || resp.Header.Get("Cache-Control") != "private, no-store" {
			t.Error("the owner does not see the notes")
		}
		_, page = v.post("/desk/keys", url.Values{"name": {"script"}, "scope": {"admin.write"}})
		secret := regexp.MustCompile(`lt_admin_[A-Za-z0-9]+`).FindString(page)
		if resp, _ := h.stranger(t).get("/api/admin/v1/notes", "Authorization", "Bearer "+secret); resp.StatusCode != 200 {
			t.Errorf("the key %q does not work: %d", secret, resp.StatusCode)
		}
		if resp, _ := v.post("/desk/keys", url.Values{"name": {"x"}, "scope": {"everything"}}); resp.StatusCode != 422 {
			t.Errorf("a scope that does not exist: %d", resp.StatusCode)
		}
		v.post("/desk/sign-out", nil)
		if _, page := v.get("/desk/"); strings.Contains(page, "On show") {
			t.Error("the desk stays open after signing out")
		}
		ana := h.stranger(t)
		ana.post("/desk/sign-in", url.Values{"email": {"ana@example.com"}, "password": {"a long enough password"}})
		if _, page := ana.get("/desk/"); !strings.Contains(page, "On show") || strings.Contains(page, "Make the key") {
			t.Error("an analyst is offered keys, or sees nothing")
		}
		if resp, _ := ana.post("/desk/keys", url.Values{"name": {"x"}, "scope": {"admin.write"}}); resp.StatusCode != 403 {
			t.Errorf("an analyst makes a key: %d", resp.StatusCode)
		}
	})
}
