package app

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// attach puts a table beside a note.
func (h *house) attach(t *testing.T, v *content.DraftView, name, csv string, to media.Audience) *media.Attachment {
	t.Helper()
	a, err := h.media.Attach(h.staff, v.Note.ID, media.Upload{Filename: name, Body: strings.NewReader(csv)}, media.AttachmentInput{Access: to})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestWhoGetsAnAttachment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		key := h.contentKey(t)
		stranger, free, payer := h.stranger(t), h.member(t, "free@example.com"), h.subscriber(t, "payer@example.com", "reader")
		note := h.publish(t, paid("Numbers", "Open.\n\n<!-- paywall -->\n\nHidden.\n"))
		if _, page := stranger.get("/notes/numbers"); strings.Contains(page, "/files/") {
			t.Fatal("files before there are any")
		}
		gated := h.attach(t, note, "Überblick \"Q1\".csv", "year,sum\n2026,42\n", media.AsNote)
		open := h.attach(t, note, "method.csv", "step,what\n1,ask\n", media.Everyone)

		t.Run("the file comes after the decision about the note", func(t *testing.T) {
			for who, tt := range map[string]struct {
				v      *visitor
				status int
				header []string
			}{
				"a stranger": {stranger, 403, nil}, "a free member": {free, 403, nil}, "a subscriber": {payer, 200, nil},
				"a subscriber by token": {h.stranger(t), 200, []string{"Authorization", "Bearer " + payer.token}},
			} {
				resp, body := tt.v.get(gated.Address(), tt.header...)
				if resp.StatusCode != tt.status || resp.Header.Get("Cache-Control") != "private, no-store" || strings.Contains(body, "2026,42") != (tt.status == 200) {
					t.Errorf("%s: %d %q %.80s", who, resp.StatusCode, resp.Header.Get("Cache-Control"), body)
				}
				if tt.status != 200 && (resp.Header.Get("ETag") != "" || resp.Header.Get("Content-Disposition") != "") {
					t.Errorf("%s learns of the file: %v", who, resp.Header)
				}
				if resp, body = tt.v.get(open.Address(), tt.header...); resp.StatusCode != 200 || body != "step,what\n1,ask\n" {
					t.Errorf("%s and the public file: %d", who, resp.StatusCode)
				}
			}
		})
		t.Run("its headers keep it a file", func(t *testing.T) {
			resp, _ := payer.get(gated.Address())
			for name, want := range map[string]string{
				"Content-Type": "text/csv; charset=utf-8", "X-Content-Type-Options": "nosniff", "Accept-Ranges": "bytes",
				"Content-Disposition": `attachment; filename="_berblick \"Q1\".csv"; filename*=UTF-8''%C3%9Cberblick%20%22Q1%22.csv`,
			} {
				if got := resp.Header.Get(name); got != want {
					t.Errorf("%s: %s", name, got)
				}
			}
			if resp, _ := stranger.get(open.Address()); resp.Header.Get("Cache-Control") != "public, max-age=60" {
				t.Errorf("the public file: %v", resp.Header)
			}
		})
		t.Run("a part is sent for the same file only", func(t *testing.T) {
			resp, _ := payer.get(gated.Address())
			tag := resp.Header.Get("ETag")
			for _, tt := range []struct {
				header []string
				status int
				body   string
			}{
				{[]string{"Range", "bytes=0-3"}, 206, "year"}, {[]string{"Range", "bytes=900-"}, 416, "Requested Range Not Satisfiable"}, {[]string{"If-None-Match", tag}, 304, ""},
				{[]string{"Range", "bytes=0-3", "If-Range", tag}, 206, "year"}, {[]string{"Range", "bytes=0-3", "If-Range", `"old"`}, 200, "year,sum\n2026,42\n"},
			} {
				if resp, body := payer.get(gated.Address(), tt.header...); resp.StatusCode != tt.status || body != tt.body {
					t.Errorf("%v: %d %q", tt.header, resp.StatusCode, body)
				}
				if resp, body := stranger.get(gated.Address(), tt.header...); resp.StatusCode != 403 || strings.Contains(body, "year") {
					t.Errorf("a stranger, %v: %d", tt.header, resp.StatusCode)
				}
			}
		})
		t.Run("pages and API name what a reader may know", func(t *testing.T) {
			_, page := stranger.get("/notes/numbers")
			_, api := stranger.get("/api/content/v1/notes/numbers", "X-Api-Key", key)
			for _, text := range []string{page, api} {
				if !strings.Contains(text, "Überblick") || strings.Contains(text, gated.Address()) || strings.Contains(text, ".csv\"") && strings.Contains(text, "Q1\\\".csv") || !strings.Contains(text, open.Address()) {
					t.Errorf("a stranger reads %s", text)
				}
			}
			_, page = payer.get("/notes/numbers")
			_, api = h.stranger(t).get("/api/content/v1/notes/numbers", "X-Api-Key", key, "Authorization", "Bearer "+payer.token)
			for _, text := range []string{page, api} {
				if !strings.Contains(text, gated.Address()) {
					t.Errorf("a subscriber reads %s", text)
				}
			}
		})
		t.Run("access ends with the subscription", func(t *testing.T) {
			if err := h.billing.EndAll(h.staff, payer.id); err != nil {
				t.Fatal(err)
			}
			if resp, _ := payer.get(gated.Address()); resp.StatusCode != 403 {
				t.Errorf("%d", resp.StatusCode)
			}
		})
		t.Run("no file beside a note that readers do not see", func(t *testing.T) {
			draft := must(h.desk.Create(h.staff, content.Input{Title: "Unborn", Body: "All.", Gate: access.Public}))
			early := h.attach(t, draft, "early.csv", "a,b\n", media.Everyone)
			must(h.desk.Retract(h.staff, note.Note.ID, 0, "Wrong."))
			for _, a := range []*media.Attachment{early, open, gated} {
				if resp, body := stranger.get(a.Address()); resp.StatusCode != 404 || strings.Contains(body, "csv") {
					t.Errorf("%s: %d", a.Filename, resp.StatusCode)
				}
			}
		})
	})
}

func TestAttachmentsOfALiveNoteTakeTheRightToPublish(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		writer := actor.With(context.Background(), actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.NotesRead, actor.NotesWrite}})
		file := func() media.Upload { return media.Upload{Filename: "a.csv", Body: strings.NewReader("a,b\n")} }
		draft := must(h.desk.Create(h.staff, paid("Draft", "x")))
		a, err := h.media.Attach(writer, draft.Note.ID, file(), media.AttachmentInput{})
		if err != nil {
			t.Fatal("beside a draft:", err)
		}
		other := must(h.desk.Create(h.staff, content.Input{Title: "Other", Body: "x"}))
		if _, err := h.media.DeskOpenAttachment(writer, other.Note.ID, a.ID); !fault.HasCode(err, "attachment_not_found") {
			t.Errorf("beside another note: %v", err)
		}
		must(h.desk.Publish(h.staff, draft.Note.ID, content.Publish{}))
		if _, err := h.media.Attach(writer, draft.Note.ID, file(), media.AttachmentInput{}); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("attaching: %v", err)
		}
		if _, err := h.media.DescribeAttachment(writer, draft.Note.ID, a.ID, media.AttachmentInput{Access: media.Everyone}); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("opening: %v", err)
		}
		if err := h.media.Detach(writer, draft.Note.ID, a.ID); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("detaching: %v", err)
		}
		if err := h.media.Detach(h.staff, draft.Note.ID, a.ID); err != nil {
			t.Error(err)
		}
		if resp, _ := h.stranger(t).get(a.Address()); resp.StatusCode != http.StatusNotFound {
			t.Errorf("after it was taken away: %d", resp.StatusCode)
		}
	})
}

// TestWithFourEyesFilesGoThroughReview: nobody looks again at what is put
// beside a note after its review, so nothing is.
func TestWithFourEyesFilesGoThroughReview(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		live := h.publish(t, paid("Live", "Open.\n"))
		there := h.attach(t, live, "a.csv", "a,b\n1,2\n", media.AsNote)
		if resp, got := h.script(t).call("PATCH", "/settings", `{"four_eyes":true}`); resp.StatusCode != http.StatusOK {
			t.Fatal(got)
		}
		refused := func(what string, err error) {
			t.Helper()
			if !fault.HasCode(err, "four_eyes_files") {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err := h.media.Attach(h.staff, live.Note.ID, media.Upload{Filename: "b.csv", Body: strings.NewReader("a,b\n1,2\n")}, media.AttachmentInput{})
		refused("another file", err)
		_, err = h.media.DescribeAttachment(h.staff, live.Note.ID, there.ID, media.AttachmentInput{Title: "A", Access: media.Everyone})
		refused("opened to everybody", err)
		refused("taken away", h.media.Detach(h.staff, live.Note.ID, there.ID))
		draft := must(h.desk.Create(h.staff, content.Input{Title: "Draft", Body: "Text.\n"}))
		h.attach(t, draft, "c.csv", "a,b\n1,2\n", media.AsNote)
	})
}
