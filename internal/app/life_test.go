package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// colleague is a staff user at the desk, who speaks JSON with their cookie.
type colleague struct {
	*visitor
	staff identity.Staff
}

func (h *house) colleague(t *testing.T, name string, role identity.Role) *colleague {
	t.Helper()
	email := strings.ToLower(name) + "@desk.example"
	u := must(h.identity.CreateStaff(h.staff, identity.CreateStaff{Email: email, Name: name, Role: role, Password: "a long enough password"}))
	c := &colleague{h.stranger(t), u}
	if status, got := c.call("POST", "/session", fmt.Sprintf(`{"email":%q,"password":"a long enough password"}`, email)); status != http.StatusOK {
		t.Fatal(status, got)
	}
	return c
}

// call sends JSON and reads the answer into a map.
func (c *colleague) call(method, path, body string, header ...string) (int, map[string]any) {
	c.t.Helper()
	resp, text := c.send(method, "/api/admin/v1"+path, strings.NewReader(body), append([]string{"Content-Type", "application/json", "Sec-Fetch-Site", "same-origin"}, header...)...)
	var out map[string]any
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			c.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, text)
		}
	}
	return resp.StatusCode, out
}

// want calls, and fails the test unless status and code are as expected; code
// is "" where the call is to succeed.
func (c *colleague) want(status int, code, method, path, body string, header ...string) map[string]any {
	c.t.Helper()
	got, out := c.call(method, path, body, header...)
	if said, _ := out["code"].(string); got != status || said != code {
		c.t.Fatalf("%s: %s %s: %d %q, want %d %q: %v", c.staff.Name, method, path, got, said, status, code, out)
	}
	return out
}

// dig follows keys and indexes into an answer.
func dig(v any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			list, _ := v.([]any)
			if p >= len(list) {
				return nil
			}
			v = list[p]
		}
	}
	return v
}

func TestAReviewOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana, eva, ole := h.colleague(t, "Ana", identity.Analyst), h.colleague(t, "Eva", identity.Editor), h.colleague(t, "Ole", identity.Owner)
		ole.want(200, "", "PATCH", "/settings", `{"four_eyes":true}`, "If-Match", "*")

		note := "/notes/" + ana.want(201, "", "POST", "/notes", `{"title":"Film capacity","abstract":"A.","body":"Open.\n\n<!-- paywall -->\n\nHidden.\n"}`)["id"].(string)
		ana.want(422, "invalid_input", "PUT", note+"/submission", `{"reviewers":["`+ana.staff.ID.String()+`"]}`)
		got := ana.want(200, "", "PUT", note+"/submission", `{"message":"Please look","reviewers":["`+eva.staff.ID.String()+`"]}`, "If-Match", `"1"`)
		if got["status"] != "in_review" || dig(got, "review", "state") != "open" || dig(got, "review", "reviewers", 0, "name") != "Eva" || dig(got, "review", "current") != true {
			t.Error(got)
		}
		if letter := h.letter(t, "eva@desk.example", "X-Category: desk"); !strings.Contains(letter, "Please look") || !strings.Contains(letter, "/desk"+note) {
			t.Error(letter)
		}
		box := eva.want(200, "", "GET", "/notifications?unread=true", "")
		if dig(box, "notifications", 0, "kind") != "review_requested" || box["unread"] != 1.0 {
			t.Error(box)
		}
		eva.want(204, "", "PUT", "/notifications/"+dig(box, "notifications", 0, "id").(string)+"/read", "")
		if mine := eva.want(200, "", "GET", "/notes?reviewer=me", ""); len(mine["notes"].([]any)) != 1 || dig(mine, "notes", 0, "review", "message") != "Please look" {
			t.Error(mine)
		}

		ana.want(403, "capability_missing", "POST", note+"/reviews", `{"decision":"approve"}`)
		ana.want(403, "capability_missing", "PUT", note+"/publication", "")
		eva.want(412, "stale_version", "POST", note+"/reviews", `{"decision":"approve"}`, "If-Match", `"1"`)
		eva.want(422, "invalid_input", "POST", note+"/reviews", `{"decision":"send_back"}`)
		eva.want(200, "", "POST", note+"/reviews", `{"decision":"send_back","reason":"Too long"}`, "If-Match", `"2"`)
		h.letter(t, "ana@desk.example", "Too long")

		// The editor's own notes need somebody else, on every way.
		own := "/notes/" + eva.want(201, "", "POST", "/notes", `{"title":"Hers","abstract":"A.","body":"Text."}`)["id"].(string)
		eva.want(403, "four_eyes", "PUT", own+"/publication", "")
		eva.want(200, "", "PUT", own+"/submission", `{}`)
		eva.want(403, "self_approval", "POST", own+"/reviews", `{"decision":"approve"}`)
		script := h.script(t)
		if resp, got := script.call("POST", own+"/reviews", `{"decision":"approve"}`); resp.StatusCode != http.StatusForbidden || got["code"] != "person_required" {
			t.Error(got)
		}
		if resp, got := script.call("PUT", own+"/publication", ""); resp.StatusCode != http.StatusForbidden || got["code"] != "four_eyes" {
			t.Error(got)
		}
		ole.want(200, "", "POST", own+"/reviews", `{"decision":"approve"}`)
		if got := eva.want(200, "", "PUT", own+"/publication", ""); got["status"] != "published" || got["review"] != nil {
			t.Error(got)
		}
		record := ana.want(200, "", "GET", own+"/reviews", "")
		if dig(record, "submissions", 0, "state") != "published" || dig(record, "submissions", 0, "decisions", 0, "by", "name") != "Ole" {
			t.Error(record)
		}

		ana.want(403, "capability_missing", "PUT", note+"/archive", "")
		eva.want(409, "note_is_live", "PUT", own+"/archive", "")
		eva.want(200, "", "PUT", note+"/archive", "")
		if list := eva.want(200, "", "GET", "/notes", ""); len(list["notes"].([]any)) != 1 {
			t.Error(list)
		}
		if list := eva.want(200, "", "GET", "/notes?status=any", ""); len(list["notes"].([]any)) != 2 {
			t.Error(list)
		}
		ana.want(409, "note_archived", "PATCH", note, `{"title":"X"}`, "If-Match", "*")
		eva.want(200, "", "DELETE", note+"/archive", "")
	})
}
