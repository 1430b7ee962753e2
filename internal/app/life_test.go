package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

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

// TestACorrectionReachesReaders: on the page, in the feed and in the Content
// API; what it corrected can still be cited.
func TestACorrectionReachesReaders(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		eva, key, nobody := h.colleague(t, "Eva", identity.Editor), h.contentKey(t), h.stranger(t)
		ada := h.subscriber(t, "ada@example.com", "reader")
		note := "/notes/" + eva.want(201, "", "POST", "/notes", `{"title":"Film capacity","abstract":"A.","body":"Open.\n\n<!-- paywall -->\n\nNine percent.\n"}`)["id"].(string)
		eva.want(422, "invalid_input", "PUT", note+"/publication", `{"change":"minor"}`)
		eva.want(200, "", "PUT", note+"/publication", `{}`)
		api := func(path string, header ...string) (out map[string]any) {
			resp, text := nobody.get("/api/content/v1"+path, append([]string{"X-Api-Key", key}, header...)...)
			if err := json.Unmarshal([]byte(text), &out); err != nil || resp.StatusCode != http.StatusOK {
				t.Fatal(path, resp.StatusCode, text)
			}
			return out
		}
		if got := api("/notes/film-capacity"); got["version"] != 1.0 || got["updated_at"] != nil || len(got["corrections"].([]any)) != 0 {
			t.Error(got)
		}
		if _, page := nobody.get("/notes/film-capacity"); strings.Contains(page, "Correction") || strings.Contains(page, "Updated") || strings.Contains(page, `class="note-cite"`) || strings.Contains(page, `href="/notes/film-capacity/v/`) {
			t.Error("a first version speaks of others")
		}

		eva.want(200, "", "PATCH", note, `{"body":"Open.\n\n<!-- paywall -->\n\nSix percent.\n"}`, "If-Match", "*")
		eva.want(422, "invalid_input", "PUT", note+"/publication", `{"change":"major"}`)
		got := eva.want(200, "", "PUT", note+"/publication", `{"change":"major","notice":"It said nine percent <twice>."}`)
		if got["live_version"] != 2.0 {
			t.Error(got)
		}
		eva.want(409, "nothing_to_publish", "PUT", note+"/publication", `{"change":"major","notice":"Another."}`)
		eva.want(200, "", "PUT", note+"/publication", "")

		_, page := nobody.get("/notes/film-capacity")
		for _, want := range []string{"Correction, ", "It said nine percent &lt;twice&gt;.", "Updated <time", `href="/notes/film-capacity/v/1"`, "CorrectionComment"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if _, feed := nobody.get("/feed.xml"); !strings.Contains(feed, "nine percent &amp;lt;twice") {
			t.Errorf("the feed lacks the notice: %s", feed)
		}
		now := api("/notes/film-capacity")
		if now["version"] != 2.0 || now["updated_at"] == nil || dig(now, "corrections", 0, "notice") != "It said nine percent <twice>." || dig(now, "versions", 1, "url") != h.cfg.BaseURL+"/notes/film-capacity/v/1" {
			t.Error(now)
		}

		// The past stays, behind the same decision.
		resp, old := nobody.get("/notes/film-capacity/v/1")
		if resp.StatusCode != http.StatusOK || strings.Contains(old, "percent.") || !strings.Contains(old, "Version 1") || !strings.Contains(old, `rel="canonical" href="`+h.cfg.BaseURL+`/notes/film-capacity"`) {
			t.Errorf("%d %s", resp.StatusCode, old)
		}
		if _, old := ada.get("/notes/film-capacity/v/1"); !strings.Contains(old, "Nine percent.") || strings.Contains(old, "Six percent.") {
			t.Error("a subscriber does not read the old version")
		}
		if past := api("/notes/film-capacity/versions/1"); past["text"] != nil || past["version"] != 1.0 {
			t.Error(past)
		}
		if past := api("/notes/film-capacity/versions/1", "Authorization", "Bearer "+ada.token); !strings.Contains(dig(past, "text", "html").(string), "Nine percent.") {
			t.Error(past)
		}
		for _, path := range []string{"/notes/film-capacity/v/3", "/notes/film-capacity/v/0", "/notes/film-capacity/v/01", "/notes/film-capacity/v/x", "/notes/none/v/1"} {
			if resp, _ := nobody.get(path); resp.StatusCode != http.StatusNotFound {
				t.Errorf("%s: %d", path, resp.StatusCode)
			}
		}
		list := eva.want(200, "", "GET", note+"/versions", "")
		if dig(list, "versions", 0, "change") != "major" || dig(list, "versions", 0, "revision") != 2.0 || dig(list, "versions", 0, "live") != true {
			t.Error(list)
		}
		eva.want(200, "", "DELETE", note+"/publication", "")
		for _, path := range []string{"/notes/film-capacity/v/1", "/api/content/v1/notes/film-capacity/versions/1"} {
			if resp, _ := nobody.get(path, "X-Api-Key", key); resp.StatusCode != http.StatusGone {
				t.Errorf("%s: %d", path, resp.StatusCode)
			}
		}
	})
}

func TestAScheduleOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana, eva, ole := h.colleague(t, "Ana", identity.Analyst), h.colleague(t, "Eva", identity.Editor), h.colleague(t, "Ole", identity.Owner)
		ole.want(200, "", "PATCH", "/settings", `{"time_zone":"Europe/Berlin"}`, "If-Match", "*")
		note := "/notes/" + ana.want(201, "", "POST", "/notes", `{"title":"Film capacity","abstract":"A.","body":"Open."}`)["id"].(string)
		year := h.clock.Now().Year() + 1
		at := func(wall string) string { return fmt.Sprintf(`"at":"%d-%s"`, year, wall) }

		ana.want(403, "capability_missing", "PUT", note+"/schedule", `{"action":"publish",`+at("12-24T09:00")+`}`)
		// The last Sunday of October, when the clocks go back.
		fall := time.Date(year, 10, 31, 0, 0, 0, 0, time.UTC)
		fall = fall.AddDate(0, 0, -int(fall.Weekday()))
		twice := fall.Format("01-02T") + "02:30"
		asked := eva.want(409, "ambiguous_time", "PUT", note+"/schedule", `{"action":"publish",`+at(twice)+`}`)
		choices := asked["choices"].([]any)
		if len(choices) != 2 || !strings.HasSuffix(choices[0].(string), "+02:00") || !strings.HasSuffix(choices[1].(string), "+01:00") {
			t.Error(asked)
		}
		got := eva.want(200, "", "PUT", note+"/schedule", `{"action":"publish",`+at(twice)+`,"offset":"+01:00"}`, "If-Match", `"1"`)
		if got["status"] != "scheduled" || dig(got, "schedules", 0, "offset") != "+01:00" || dig(got, "schedules", 0, "zone") != "Europe/Berlin" || dig(got, "schedules", 0, "revision") != 1.0 {
			t.Error(got)
		}
		eva.want(412, "stale_version", "PUT", note+"/schedule", `{"action":"publish",`+at("12-24T09:00")+`,"keep_revision":true}`, "If-Match", `"1"`)
		eva.want(200, "", "PUT", note+"/schedule", `{"action":"publish",`+at("12-24T09:00")+`,"keep_revision":true}`, "If-Match", `"2"`)
		month := ana.want(200, "", "GET", fmt.Sprintf("/calendar?month=%d-12", year), "")
		if dig(month, "entries", 0, "at") != fmt.Sprintf("%d-12-24T09:00", year) || dig(month, "entries", 0, "state") != "scheduled" || dig(month, "entries", 0, "note", "version") != 3.0 {
			t.Error(month)
		}
		if list := ana.want(200, "", "GET", "/notes?status=scheduled", ""); dig(list, "notes", 0, "schedules", 0, "action") != "publish" {
			t.Error(list)
		}
		if resp, _ := h.stranger(t).get("/notes/film-capacity"); resp.StatusCode != http.StatusNotFound {
			t.Errorf("under embargo: %d", resp.StatusCode)
		}
		ana.want(403, "capability_missing", "DELETE", note+"/schedule", "")
		if got := eva.want(200, "", "DELETE", note+"/schedule?action=publish", ""); got["status"] != "draft" || len(got["schedules"].([]any)) != 0 {
			t.Error(got)
		}
		eva.want(409, "not_scheduled", "DELETE", note+"/schedule", "")

		// And by the clock, within seconds.
		soon := time.Now().In(must(time.LoadLocation("Europe/Berlin"))).Add(2 * time.Second)
		eva.want(200, "", "PUT", note+"/schedule", `{"action":"publish","at":"`+soon.Format("2006-01-02T15:04:05")+`","offset":"`+soon.Format("-07:00")+`"}`)
		eventually(t, "it is published", func() bool {
			resp, _ := h.stranger(t).get("/notes/film-capacity")
			return resp.StatusCode == http.StatusOK
		})
		if early := soon.Truncate(time.Second); time.Now().Before(early) {
			t.Error("too early")
		}
		h.letter(t, "ana@desk.example", "Published: ")
	})
}

func TestRevisionsOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana := h.colleague(t, "Ana", identity.Analyst)
		note := "/notes/" + ana.want(201, "", "POST", "/notes", `{"title":"Film","abstract":"A.","body":"Nine percent.\n\nStays.\n"}`)["id"].(string)
		for i, body := range []string{"Six percent.", "Six percent, or seven."} {
			got := ana.want(200, "", "PATCH", note, `{"body":"`+body+`\n\nStays.\n","autosave":true}`, "If-Match", fmt.Sprintf(`"%d"`, i+1))
			if got["revision"] != 2.0 {
				t.Error(got["revision"])
			}
		}
		if got := ana.want(200, "", "PUT", note+"/revisions/2/name", `{"name":"Before the cuts"}`); got["name"] != "Before the cuts" || got["autosave"] != true {
			t.Error(got)
		}
		c := ana.want(200, "", "GET", note+"/comparison?from=1&to=2", "")
		if dig(c, "source", 0, "lines", 0, "op") != "change" || dig(c, "source", 0, "lines", 0, "to", 0, "text") == nil ||
			!strings.Contains(dig(c, "rendered", 0, "to_html").(string), "<ins>") || dig(c, "to", "name") != "Before the cuts" {
			t.Error(c)
		}
		ana.want(422, "invalid_input", "GET", note+"/comparison?from=1", "")
		ana.want(404, "note_not_found", "GET", note+"/comparison?from=1&to=9", "")
		ana.want(428, "version_required", "POST", note+"/revisions/1/restoration", "")
		ana.want(412, "stale_version", "POST", note+"/revisions/1/restoration", "", "If-Match", `"1"`)
		got := ana.want(200, "", "POST", note+"/revisions/1/restoration", `{"why":"It was right"}`, "If-Match", `"3"`)
		if got["revision"] != 3.0 || !strings.Contains(got["body"].(string), "Nine") {
			t.Error(got)
		}
		list := ana.want(200, "", "GET", note+"/revisions", "")
		if dig(list, "revisions", 0, "restored_from") != 1.0 || dig(list, "revisions", 0, "why") != "It was right" || dig(list, "revisions", 1, "name") != "Before the cuts" || dig(list, "revisions", 0, "created_by_id") != ana.staff.ID.String() {
			t.Error(list)
		}
		if one := ana.want(200, "", "GET", note+"/revisions/1", ""); !strings.Contains(one["html"].(string), "<p>Nine") {
			t.Error(one)
		}
	})
}

func TestAnIssueOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ana, eva := h.colleague(t, "Ana", identity.Analyst), h.colleague(t, "Eva", identity.Editor)
		eva.want(200, "", "PUT", "/series/letter", `{"name":"Letter"}`)
		ana.want(403, "capability_missing", "POST", "/issues", `{"series":"letter","month":"2026-08"}`)
		eva.want(404, "series_not_found", "POST", "/issues", `{"series":"nope","month":"2026-08"}`)
		made := eva.want(201, "", "POST", "/issues", `{"series":"letter","month":"2026-08","number":8,"title":"Heat","editorial":"Secret *so far*."}`)
		issue := "/issues/" + made["id"].(string)
		if made["status"] != "draft" || made["label"] != "August 2026" || !strings.Contains(made["editorial_html"].(string), "<em>so far") {
			t.Error(made)
		}
		eva.want(409, "issue_exists", "POST", "/issues", `{"series":"letter","month":"2026-08"}`)
		eva.want(428, "version_required", "PATCH", issue, `{"title":"Hot"}`)
		eva.want(200, "", "PATCH", issue, `{"title":"Hot"}`, "If-Match", `"1"`)
		eva.want(412, "stale_version", "PATCH", issue, `{"title":"Cold"}`, "If-Match", `"1"`)

		var ids []string
		for _, title := range []string{"First", "Second"} {
			ids = append(ids, ana.want(201, "", "POST", "/notes", `{"title":"`+title+`","abstract":"A.","body":"Text."}`)["id"].(string))
		}
		eva.want(422, "invalid_input", "PUT", issue+"/notes", `{"notes":["`+ids[0]+`","`+ids[0]+`"]}`)
		got := eva.want(200, "", "PUT", issue+"/notes", `{"notes":["`+ids[1]+`","`+ids[0]+`"]}`)
		if dig(got, "notes", 0, "title") != "Second" || dig(got, "notes", 1, "position") != 2.0 {
			t.Error(got)
		}
		if note := ana.want(200, "", "GET", "/notes/"+ids[0], ""); dig(note, "issue", "slug") != "2026-08" || note["position"] != 2.0 {
			t.Error(note)
		}
		nobody := h.stranger(t)
		for _, path := range []string{"/issues/letter/2026-08", "/notes/first"} {
			if resp, _ := nobody.get(path); resp.StatusCode != http.StatusNotFound {
				t.Errorf("%s before its time: %d", path, resp.StatusCode)
			}
		}
		ana.want(200, "", "PATCH", "/notes/"+ids[0], `{"abstract":""}`, "If-Match", "*")
		no := eva.want(409, "issue_not_ready", "PUT", issue+"/publication", "")
		if dig(no, "errors", 0, "pointer") != "/notes/"+ids[0]+"/abstract" {
			t.Error(no)
		}
		if resp, _ := nobody.get("/notes/second"); resp.StatusCode != http.StatusNotFound {
			t.Errorf("half of the issue is out: %d", resp.StatusCode)
		}
		ana.want(200, "", "PATCH", "/notes/"+ids[0], `{"abstract":"A."}`, "If-Match", "*")
		ana.want(403, "capability_missing", "PUT", issue+"/publication", "")
		if got := eva.want(200, "", "PUT", issue+"/publication", ""); got["status"] != "published" || dig(got, "notes", 0, "status") != "published" {
			t.Error(got)
		}
		resp, page := nobody.get("/issues/letter/2026-08")
		if resp.StatusCode != http.StatusOK || !strings.Contains(page, "<em>so far") || strings.Index(page, "Second") > strings.Index(page, "First") {
			t.Errorf("the issue: %d", resp.StatusCode)
		}
		eva.want(422, "invalid_input", "DELETE", issue+"/publication?notes=burn", "")
		eva.want(200, "", "DELETE", issue+"/publication?notes=retract&reason=Recalled", "")
		for path, want := range map[string]int{"/issues/letter/2026-08": http.StatusNotFound, "/notes/first": http.StatusGone} {
			if resp, _ := nobody.get(path); resp.StatusCode != want {
				t.Errorf("%s: %d", path, resp.StatusCode)
			}
		}
		if list := ana.want(200, "", "GET", "/issues?series=letter", ""); dig(list, "issues", 0, "held") != true || dig(list, "issues", 0, "notes") != nil {
			t.Error(list)
		}
	})
}
