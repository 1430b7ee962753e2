package app

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// linkIn waits for a letter and reads the token of its link to a desk page.
func (h *house) linkIn(t *testing.T, to, category, page string) string {
	t.Helper()
	letter := strings.ReplaceAll(strings.ReplaceAll(h.letter(t, to, "X-Category: "+category), "=\r\n", ""), "=3D", "=")
	found := regexp.MustCompile(regexp.QuoteMeta(h.cfg.BaseURL+"/desk/"+page+"/") + `([A-Za-z0-9_-]+)`).FindStringSubmatch(letter)
	if found == nil {
		t.Fatalf("no link in %s", letter)
	}
	return found[1]
}

func TestInvitationsOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		status, inv := olga.call("POST", "/invitations", `{"email":"Ana@example.com","role":"editor"}`)
		if status != http.StatusCreated || inv["role_name"] != "Editor" || inv["invited_by"] != "Of owner" || inv["expired"] != false {
			t.Fatal(status, inv)
		}
		for body, want := range map[string]string{
			`{"email":"ana@example.com","role":"editor"}`:  "409 invitation_exists /email:taken",
			`{"email":"olga@example.com","role":"editor"}`: "409 staff_exists /email:taken",
			`{"email":"nobody","role":"editor"}`:           "422 invalid_input /email:bad_address",
			`{"email":"x@example.com","role":"chief"}`:     "422 invalid_input /role:unknown",
		} {
			if got := told(olga.call("POST", "/invitations", body)); got != want {
				t.Errorf("%s: %s", body, got)
			}
		}
		token := h.linkIn(t, "Ana@example.com", "invitation", "invitations")
		ana := h.stranger(t)
		path := "/invitations/by-token/" + token
		for range 2 {
			if status, got := ana.call("GET", path, ""); status != http.StatusOK || got["email"] != "Ana@example.com" || got["role_name"] != "Editor" || got["publication"] != "LightTrends" {
				t.Error(status, got)
			}
		}
		if got := told(ana.call("PUT", path, `{"name":"Ana","password":"short"}`)); got != "422 invalid_input /password:too_short" {
			t.Error(got)
		}
		if got := told(ana.call("PUT", path, `{"name":"Ana","password":"`+sentence+`"}`, "Sec-Fetch-Site", "cross-site")); got != "403 cross_origin" {
			t.Error(got)
		}
		status, me := ana.call("PUT", path, `{"name":"Ana","password":"`+sentence+`"}`)
		if status != http.StatusOK || me["role"] != "editor" || me["name"] != "Ana" {
			t.Fatal(status, me)
		}
		if got := told(ana.call("GET", "/notes", "")); got != "200" {
			t.Error(got)
		}
		for _, method := range []string{"GET", "PUT"} {
			body := map[string]string{"PUT": `{"name":"Eve","password":"` + sentence + `"}`}[method]
			if got := told(h.stranger(t).call(method, path, body)); got != "410 invitation_invalid" {
				t.Error(method, got)
			}
		}
		if got := told(ana.call("GET", "/invitations", "")); got != "403 capability_missing" {
			t.Error(got)
		}

		_, inv = olga.call("POST", "/invitations", `{"email":"bea@example.com","role":"analyst"}`)
		id, _ := inv["id"].(string)
		first := h.linkIn(t, "bea@example.com", "invitation", "invitations")
		if status, again := olga.call("POST", "/invitations/"+id+"/delivery", ""); status != http.StatusOK || again["id"] != id {
			t.Error(status, again)
		}
		if got := told(ana.call("GET", "/invitations/by-token/"+first, "")); got != "410 invitation_invalid" {
			t.Error("the link of the older mail:", got)
		}
		if got := told(olga.call("DELETE", "/invitations/"+id, "")); got != "204" {
			t.Error(got)
		}
		if _, got := olga.call("GET", "/invitations", ""); len(got["invitations"].([]any)) != 0 {
			t.Error(got)
		}
	})
}

func TestPasswordResetOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana := h.hire(t, "ana@example.com", identity.Owner)
		who := h.stranger(t)
		ask := func(email string) string {
			status, got := who.call("POST", "/password-resets", fmt.Sprintf(`{"email":%q}`, email))
			return fmt.Sprint(status, got)
		}
		if a, b := ask("ana@example.com"), ask("nobody@example.com"); a != b || a != "202 map[]" {
			t.Errorf("%s, %s", a, b)
		}
		path := "/password-resets/" + h.linkIn(t, "ana@example.com", "password-reset", "password-resets")
		if status, got := who.call("GET", path, ""); status != http.StatusOK || got["email"] != "ana@example.com" {
			t.Error(status, got)
		}
		if got := told(who.call("PUT", path, `{"password":"ana@example.com"}`)); got != "422 invalid_input /password:too_close" {
			t.Error(got)
		}
		if got := told(who.call("PUT", path, `{"password":"another good sentence"}`)); got != "204" {
			t.Error(got)
		}
		if got := told(ana.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error("an old session goes on:", got)
		}
		if got := told(who.call("GET", "/me", "")); got != "401 sign_in_required" {
			t.Error("the reset signed somebody in:", got)
		}
		if got := told(who.call("PUT", path, `{"password":"yet another sentence"}`)); got != "410 reset_invalid" {
			t.Error(got)
		}
		if status, got := who.call("POST", "/session", `{"email":"ana@example.com","password":"another good sentence"}`); status != http.StatusOK || got["role"] != "owner" {
			t.Error(status, got)
		}
		h.letter(t, "ana@example.com", "X-Category: security")
		if n := len(h.letters(t, "nobody@example.com")); n != 0 {
			t.Errorf("a stranger got %d letters", n)
		}
	})
}

func TestKeysOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		status, made := olga.call("POST", "/keys", `{"name":"Site","scopes":["admin.read"]}`)
		if status != http.StatusCreated {
			t.Fatal(status, made)
		}
		old := &script{h.stranger(t), made["secret"].(string)}
		path := "/keys/" + made["id"].(string)
		status, next := olga.call("POST", path+"/rotation", `{"overlap_hours":0}`)
		if status != http.StatusCreated || next["name"] != "Site" || next["secret"] == made["secret"] || next["id"] == made["id"] {
			t.Fatal(status, next)
		}
		if resp, _ := old.call("GET", "/notes", ""); resp.StatusCode != http.StatusUnauthorized {
			t.Error("without an overlap the old key goes on:", resp.StatusCode)
		}
		fresh := &script{h.stranger(t), next["secret"].(string)}
		if resp, _ := fresh.call("GET", "/notes", ""); resp.StatusCode != http.StatusOK {
			t.Error(resp.StatusCode)
		}
		if got := told(olga.call("POST", path+"/rotation", "")); got != "409 api_key_over" {
			t.Error(got)
		}
		if got := told(olga.call("POST", "/keys/"+next["id"].(string)+"/rotation", `{"overlap_hours":721}`)); !strings.HasPrefix(got, "422") {
			t.Error(got)
		}
		status, third := olga.call("POST", "/keys/"+next["id"].(string)+"/rotation", "")
		if status != http.StatusCreated {
			t.Fatal(status, third)
		}
		if resp, _ := fresh.call("GET", "/notes", ""); resp.StatusCode != http.StatusOK {
			t.Error("within the overlap:", resp.StatusCode)
		}
		_, got := olga.call("GET", "/keys", "")
		keys, _ := got["keys"].([]any)
		if k, _ := keys[1].(map[string]any); len(keys) != 3 || k["replaced_by"] != third["id"] || k["expires_at"] == nil || k["last_used_at"] == nil || k["secret"] != nil {
			t.Error(got)
		}
	})
}
