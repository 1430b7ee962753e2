package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lighttrends/internal/app/caller"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestTheCommandLineAsksTheAPIs of a whole server: writes a note, reads it as a
// stranger and as a subscriber, and goes through a list.
func TestTheCommandLineAsksTheAPIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: db.SQLite})
	h.plan(t, "reader", 0)
	content, admin, reader := h.contentKey(t), h.adminKey(t), h.subscriber(t, "reader@example.com", "reader")
	ask := func(c caller.Call) (string, int) {
		t.Helper()
		c.URL = h.cfg.BaseURL
		var out bytes.Buffer
		err := c.Run(t.Context(), caller.Streams{In: strings.NewReader(`{"title":"Third","gate":"paid","abstract":"An abstract.","body":"Open."}`), Out: &out})
		var f *caller.Failure
		if errors.As(err, &f) {
			return f.Text, f.Code
		}
		if err != nil {
			t.Fatal(err)
		}
		return out.String(), 0
	}
	create := func(items ...string) {
		t.Helper()
		var note struct{ ID string }
		text, code := ask(caller.Call{Method: "post", Path: "notes", Key: admin, Items: items, Body: "-", Once: items[0]})
		if err := json.Unmarshal([]byte(text), &note); code != 0 || err != nil {
			t.Fatal(text)
		}
		if text, code := ask(caller.Call{Method: "put", Path: "notes/" + note.ID + "/publication", Key: admin}); code != 0 {
			t.Fatal(text)
		}
	}
	create("title=First", "body=Open.\n\n<!-- paywall -->\n\nHidden.\n")
	create("title=Second")
	create("kind=data")

	got, code := ask(caller.Call{Method: "get", Path: "notes", Key: content, Items: []string{"limit==1"}, All: true})
	if lines := strings.Split(strings.TrimSpace(got), "\n"); code != 0 || len(lines) != 3 || !json.Valid([]byte(lines[2])) {
		t.Errorf("%d %s", code, got)
	}
	for _, tt := range []struct {
		name string
		call caller.Call
		code int
		has  string
	}{
		{"a stranger reads the preview", caller.Call{Path: "notes/first", Key: content}, 0, `"decision":"preview"`},
		{"a subscriber reads the text", caller.Call{Path: "notes/first", Key: content, Token: reader.token}, 0, "Hidden."},
		{"a member is told who they are", caller.Call{Path: "me", Token: reader.token}, 0, "reader@example.com"},
		{"nothing there", caller.Call{Path: "notes/fourth", Key: content}, 4, "404 Not Found: "},
		{"a parameter that is none", caller.Call{Path: "notes", Key: content, Items: []string{"colour==red"}}, 4, "colour"},
		{"the key of another API", caller.Call{Path: "notes", Key: content, API: "admin"}, 4, "40"},
		{"a key that is none", caller.Call{Path: "notes", Key: "lt_content_none"}, 4, "401 Unauthorized: "},
	} {
		tt.call.Method = "get"
		if got, code := ask(tt.call); code != tt.code || !strings.Contains(got, tt.has) || tt.code == 0 && strings.Contains(got, "Hidden.") != (tt.call.Token != "" && tt.call.Key != "") {
			t.Errorf("%s: %d %s", tt.name, code, got)
		}
	}
}
