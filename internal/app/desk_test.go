package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// The desk is a page that holds nothing, and the Admin API with the staff
// cookie behind it.
func TestTheDeskIsAPageAndTheAdminAPI(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.publish(t, paid("On show", "Open."))
		for email, role := range map[string]identity.Role{"ana@example.com": identity.Analyst, "olga@example.com": identity.Owner} {
			must(h.identity.CreateStaff(h.staff, identity.CreateStaff{Email: email, Name: string(role), Role: role, Password: "a long enough password"}))
		}
		const api, key = "/api/admin/v1", `{"name":"script","scopes":["admin.write"]}`
		signIn := func(v *visitor, email, password string) int {
			resp, _ := call(v, http.MethodPost, api+"/session", `{"email":"`+email+`","password":"`+password+`"}`)
			return resp.StatusCode
		}
		olga, ana := h.stranger(t), h.stranger(t)
		if resp, page := olga.get("/desk/notes"); resp.StatusCode != 200 || strings.Contains(page, "On show") {
			t.Errorf("the page: %d", resp.StatusCode)
		}
		if resp, _ := olga.get(api + "/notes"); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("a stranger lists notes: %d", resp.StatusCode)
		}
		if got := signIn(olga, "olga@example.com", "wrong"); got != http.StatusUnauthorized {
			t.Errorf("a wrong password: %d", got)
		}
		if got := signIn(olga, "olga@example.com", "a long enough password"); got != http.StatusOK {
			t.Fatal(got)
		}
		if _, page := olga.get("/desk/notes"); strings.Contains(page, "On show") {
			t.Error("the page depends on who asks")
		}
		if _, list := olga.get(api + "/notes"); !strings.Contains(list, "On show") {
			t.Errorf("the owner does not see the notes: %s", list)
		}
		var made struct{ Secret string }
		resp, body := call(olga, http.MethodPost, api+"/keys", key)
		if resp.StatusCode != http.StatusCreated || json.Unmarshal([]byte(body), &made) != nil {
			t.Fatalf("the owner makes no key: %d %s", resp.StatusCode, body)
		}
		if resp, _ := h.stranger(t).get(api+"/notes", "Authorization", "Bearer "+made.Secret); resp.StatusCode != 200 {
			t.Errorf("the key does not work: %d", resp.StatusCode)
		}
		if resp, _ := call(olga, http.MethodPost, api+"/keys", key, "Sec-Fetch-Site", "cross-site"); resp.StatusCode != http.StatusForbidden {
			t.Errorf("another site makes a key: %d", resp.StatusCode)
		}
		if got := signIn(ana, "ana@example.com", "a long enough password"); got != http.StatusOK {
			t.Fatal(got)
		}
		if resp, _ := call(ana, http.MethodPost, api+"/keys", key); resp.StatusCode != http.StatusForbidden {
			t.Errorf("an analyst makes a key: %d", resp.StatusCode)
		}
		call(olga, http.MethodDelete, api+"/session", "")
		if resp, _ := olga.get(api + "/notes"); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("the desk stays open after signing out: %d", resp.StatusCode)
		}
	})
}

func call(v *visitor, method, path, body string, header ...string) (*http.Response, string) {
	v.t.Helper()
	return v.send(method, path, strings.NewReader(body), append([]string{"Content-Type", "application/json"}, header...)...)
}
