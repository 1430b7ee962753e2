package app

import (
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/kit"
)

// TestASessionIsForItsOwnPlace: whoever works at the desk is no reader for
// that, and no reader gets into the desk.
func TestASessionIsForItsOwnPlace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		key, payer := h.contentKey(t), h.subscriber(t, "payer@example.com", "reader")
		note := h.publish(t, paid("Numbers", "Open.\n\n<!-- paywall -->\n\nHidden.\n"))
		const password = "a long enough password"
		must(h.identity.CreateStaff(h.staff, identity.CreateStaff{Email: "ana@example.com", Name: "Ana", Role: identity.Owner, Password: password}))
		resp, _ := h.stranger(t).send("POST", "/api/admin/v1/session", strings.NewReader(`{"email":"ana@example.com","password":"`+password+`"}`),
			"Content-Type", "application/json", "Sec-Fetch-Site", "same-origin")
		staff := ""
		for _, c := range resp.Cookies() {
			if c.Name == kit.StaffCookie {
				staff = c.Value
			}
		}
		if staff == "" {
			t.Fatal(resp.Status)
		}

		for what, tt := range map[string]struct {
			path   string
			header []string
			status int
		}{
			"a member's token as the desk's cookie":          {"/api/admin/v1/session", []string{"Cookie", kit.StaffCookie + "=" + payer.token}, 401},
			"and at a note":                                  {"/api/admin/v1/notes/" + note.Note.ID.String(), []string{"Cookie", kit.StaffCookie + "=" + payer.token}, 401},
			"a member's token as the key of the desk":        {"/api/admin/v1/notes", []string{"Authorization", "Bearer " + payer.token}, 401},
			"a colleague's token as a member's":              {"/api/member/v1/me", []string{"Authorization", "Bearer " + staff}, 401},
			"a colleague's token for a note of another site": {"/api/content/v1/notes/numbers", []string{"X-Api-Key", key, "Authorization", "Bearer " + staff}, 401},
			"a colleague's token as the portal's cookie":     {"/notes/numbers", []string{"Cookie", kit.MemberCookie + "=" + staff}, 200},
			"at the account page":                            {"/account", []string{"Cookie", kit.MemberCookie + "=" + staff}, 303},
			"a content key as the key of the desk":           {"/api/admin/v1/notes", []string{"Authorization", "Bearer " + key}, 403},
		} {
			resp, body := h.stranger(t).send(http.MethodGet, tt.path, nil, tt.header...)
			if resp.StatusCode != tt.status || strings.Contains(body, "Hidden.") {
				t.Errorf("%s: %d %.120s", what, resp.StatusCode, body)
			}
		}
	})
}
