package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

const sentence = "a long enough password"

// insider is somebody at the desk, with a browser of their own.
type insider struct {
	*visitor
	staff identity.Staff
}

// hire makes a staff user and signs them in over HTTP.
func (h *house) hire(t *testing.T, email string, role identity.Role) *insider {
	t.Helper()
	u := must(h.identity.CreateStaff(h.staff, identity.CreateStaff{Email: email, Name: "Of " + string(role), Role: role, Password: sentence}))
	c := &insider{h.stranger(t), u}
	if status, got := c.call("POST", "/session", fmt.Sprintf(`{"email":%q,"password":%q}`, email, sentence)); status != http.StatusOK {
		t.Fatal(status, got)
	}
	return c
}

// call sends JSON as the desk does.
func (v *visitor) call(method, path, body string, header ...string) (int, map[string]any) {
	v.t.Helper()
	h := append([]string{"Sec-Fetch-Site", "same-origin"}, header...)
	if body != "" {
		h = append(h, "Content-Type", "application/json")
	}
	resp, text := v.send(method, "/api/admin/v1"+path, strings.NewReader(body), h...)
	var out map[string]any
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			v.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, text)
		}
	}
	return resp.StatusCode, out
}

// told is an answer in few words: status, code and broken rules.
func told(status int, got map[string]any) string {
	out := fmt.Sprint(status)
	if code, ok := got["code"]; ok {
		out += fmt.Sprint(" ", code)
	}
	list, _ := got["errors"].([]any)
	for _, x := range list {
		f, _ := x.(map[string]any)
		out += fmt.Sprint(" ", f["pointer"], ":", f["code"])
	}
	return out
}

func TestRolesAndStaffOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		owner := h.hire(t, "olga@example.com", identity.Owner)
		ana := h.hire(t, "ana@example.com", identity.Analyst)
		_, got := owner.call("GET", "/capabilities", "")
		if l, _ := got["capabilities"].([]any); len(l) != 18 {
			t.Errorf("%d capabilities", len(l))
		}
		status, role := owner.call("POST", "/roles", `{"name":"Fact checker","capabilities":["notes.review","notes.read"]}`)
		if status != http.StatusCreated || role["built_in"] != false || fmt.Sprint(role["capabilities"]) != "[notes.read notes.review]" {
			t.Fatal(status, role)
		}
		id, _ := role["id"].(string)
		staff := "/staff/" + ana.staff.ID.String()
		status, got = owner.call("PATCH", staff, `{"name":"Ana Li","role":"`+id+`"}`)
		if status != http.StatusOK || got["role"] != id || got["role_name"] != "Fact checker" || got["name"] != "Ana Li" {
			t.Fatal(status, got)
		}
		_, me := ana.call("GET", "/session", "")
		if me["role_name"] != "Fact checker" || fmt.Sprint(me["capabilities"]) != "[notes.read notes.review]" {
			t.Error("the role does not hold at the next request:", me)
		}
		if got := told(ana.call("POST", "/notes", `{"title":"X"}`)); got != "403 capability_missing" {
			t.Error(got)
		}
		if got := told(owner.call("PATCH", "/roles/"+id, `{"capabilities":["notes.read","notes.write","media.write"]}`)); got != "200" {
			t.Error(got)
		}
		if status, got := ana.call("POST", "/notes", `{"title":"X"}`); status != http.StatusCreated {
			t.Error(status, got)
		}
		for name, tt := range map[string]struct{ method, path, body, want string }{
			"a built-in role":        {"PATCH", "/roles/editor", `{"name":"X"}`, "409 role_built_in"},
			"deleting a built-in":    {"DELETE", "/roles/owner", "", "409 role_built_in"},
			"no role":                {"DELETE", "/roles/nonsense", "", "404 role_not_found"},
			"a role in use":          {"DELETE", "/roles/" + id, "", "409 role_in_use"},
			"the same name":          {"POST", "/roles", `{"name":"FACT CHECKER","capabilities":["notes.read"]}`, "409 role_exists /name:taken"},
			"an unknown capability":  {"POST", "/roles", `{"name":"Y","capabilities":["notes.read","fly"]}`, "422 invalid_input /capabilities:unknown"},
			"an unknown role":        {"PATCH", staff, `{"role":"chief"}`, "422 invalid_input /role:unknown"},
			"the last owner's role":  {"PATCH", "/staff/" + owner.staff.ID.String(), `{"role":"admin"}`, "409 last_owner"},
			"disabling the last one": {"PATCH", "/staff/" + owner.staff.ID.String(), `{"disabled":true}`, "409 last_owner"},
			"half of a change":       {"PATCH", staff, `{"name":"Half","role":"chief"}`, "422 invalid_input /role:unknown"},
		} {
			if got := told(owner.call(tt.method, tt.path, tt.body)); got != tt.want {
				t.Errorf("%s: %s", name, got)
			}
		}
		if _, got := owner.call("GET", staff, ""); got["name"] != "Ana Li" {
			t.Error("half of a change was kept:", got)
		}
		if got := told(ana.call("PATCH", "/staff/"+owner.staff.ID.String(), `{"disabled":true}`)); got != "403 capability_missing" {
			t.Error(got)
		}
		if status, got := owner.call("PATCH", staff, `{"disabled":true}`); status != http.StatusOK || got["disabled_at"] == nil {
			t.Error(status, got)
		}
		if got := told(ana.call("GET", "/session", "")); got != "401 sign_in_required" {
			t.Error("a disabled colleague is still in:", got)
		}
		if _, got := owner.call("GET", "/staff", ""); len(got["staff"].([]any)) != 2 {
			t.Error(got)
		}
		if _, got := owner.call("GET", "/roles", ""); len(got["roles"].([]any)) != 5 {
			t.Error(got)
		}
	})
}

// exec changes the database behind the rooms' backs.
func (h *house) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if err := h.db.Tx(t.Context(), func(ctx context.Context) error { return h.db.Write(ctx).Exec(sql, args...).Error }); err != nil {
		t.Fatal(err)
	}
}
