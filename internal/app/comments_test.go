package app

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
)

func TestCommentingByScript(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		s := h.script(t)
		_, note := s.call("POST", "/notes", `{"title":"Film capacity","abstract":"Booked.","body":"There are fourteen benches.\n"}`)
		at := "/notes/" + note["id"].(string)
		const remark = `{"body":"Fifteen?","anchor":{"quote":"fourteen","prefix":"There are ","suffix":" benches."}}`
		resp, c := s.call("POST", at+"/comments", remark, "Idempotency-Key", "one")
		id, _ := c["id"].(string)
		if resp.StatusCode != http.StatusCreated || resp.Header.Get("Location") != "/api/admin/v1"+at+"/comments/"+id || resp.Header.Get("ETag") != `"1"` || c["mine"] != true {
			t.Fatal(resp.StatusCode, resp.Header, c)
		}
		if resp, again := s.call("POST", at+"/comments", remark, "Idempotency-Key", "one"); again["id"] != id || resp.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("a repeat made another one: %v", again)
		}
		if resp, r := s.call("POST", at+"/comments/"+id+"/replies", `{"body":"Yes."}`); resp.StatusCode != http.StatusCreated || r["thread"] != id || r["anchor"] != nil {
			t.Error(resp.StatusCode, r)
		}
		for name, tt := range map[string]struct {
			method, path, ifMatch, body string
			status                      int
			code                        string
		}{
			"an edit without a version": {"PATCH", "/comments/" + id, "", `{"body":"x"}`, 428, "version_required"},
			"a stale edit":              {"PATCH", "/comments/" + id, `"7"`, `{"body":"x"}`, 412, "stale_version"},
			"a stale resolution":        {"PUT", "/comments/" + id + "/resolution", `"7"`, "", 412, "stale_version"},
			"a stale deletion":          {"DELETE", "/comments/" + id, `"7"`, "", 412, "stale_version"},
			"no words":                  {"POST", "/comments", "", `{"body":" "}`, 422, "invalid_input"},
			"an anchor without words":   {"POST", "/comments", "", `{"body":"x","anchor":{"quote":""}}`, 422, "invalid_input"},
			"an unknown field":          {"POST", "/comments", "", `{"body":"x","colour":"red"}`, 422, "invalid_input"},
			"an unknown state":          {"GET", "/comments?state=lost", "", "", 422, "invalid_input"},
			"an unknown comment":        {"GET", "/comments/" + uuid.NewString(), "", "", 404, "comment_not_found"},
			"anchors of another text":   {"PUT", "/anchors", `"9"`, `{"anchors":[]}`, 412, "stale_version"},
			"anchors without a version": {"PUT", "/anchors", "", `{"anchors":[]}`, 428, "version_required"},
		} {
			var header []string
			if tt.ifMatch != "" {
				header = []string{"If-Match", tt.ifMatch}
			}
			if resp, got := s.call(tt.method, at+tt.path, tt.body, header...); resp.StatusCode != tt.status || got["code"] != tt.code {
				t.Errorf("%s: %d %v", name, resp.StatusCode, got)
			}
		}
		if resp, c = s.call("PATCH", at+"/comments/"+id, `{"body":"Fifteen, no?"}`, "If-Match", `"1"`); resp.StatusCode != 200 || resp.Header.Get("ETag") != `"2"` || c["body"] != "Fifteen, no?" {
			t.Error(resp.StatusCode, c)
		}
		if resp, c = s.call("PUT", at+"/comments/"+id+"/resolution", ""); resp.StatusCode != 200 || c["resolved_at"] == nil {
			t.Error(resp.StatusCode, c)
		}
		if _, list := s.call("GET", at+"/comments?state=open", ""); len(list["threads"].([]any)) != 0 {
			t.Error(list)
		}
		s.call("DELETE", at+"/comments/"+id+"/resolution", "")
		moved := `{"anchors":[{"thread":"` + id + `","quote":"fifteen","prefix":"There were ","block":3}]}`
		if resp, got := s.call("PUT", at+"/anchors", moved, "If-Match", `"1"`); resp.StatusCode != http.StatusNoContent {
			t.Error(resp.StatusCode, got)
		}
		_, list := s.call("GET", at+"/comments?state=open", "")
		thread := list["threads"].([]any)[0].(map[string]any)
		if a := thread["anchor"].(map[string]any); a["quote"] != "fifteen" || len(thread["replies"].([]any)) != 1 {
			t.Error(thread)
		}
		if resp, _ := s.call("DELETE", at+"/comments/"+id, ""); resp.StatusCode != http.StatusNoContent {
			t.Error(resp.StatusCode)
		}
		if got := h.verbs(t, "note", note["id"].(string)); strings.Contains(got, "Fifteen") || !strings.HasSuffix(got, "note.comment_deleted") {
			t.Errorf("journal: %s", got)
		}
	})
}

func TestALetterLeadsToTheComment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		note, comment, by := uuid.New(), uuid.New(), uuid.New()
		for _, kind := range []string{"commented", "comment_reply", "mentioned", "comment_resolved", "comment_reopened"} {
			l := h.node.rooms.deskLetter(mail.Address{Email: "a@example.com"}, &content.Notification{
				ID: uuid.New(), Kind: kind, NoteID: &note, CommentID: &comment, ByID: &by, ByName: "Eva", Title: "Film", Text: "Fifteen?",
			})
			if strings.Contains(l.Subject, "News about") || !strings.HasPrefix(l.Preheader, "Eva ") {
				t.Errorf("%s: %q %q", kind, l.Subject, l.Preheader)
			}
			found := false
			for _, b := range l.Blocks {
				found = found || strings.HasSuffix(b.URL, "/desk/notes/"+note.String()+"#comment-"+comment.String())
			}
			if !found {
				t.Errorf("%s: %+v", kind, l.Blocks)
			}
		}
	})
}
