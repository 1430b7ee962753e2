package content_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// rex only reads; peek is a key that only reads.
var (
	rex  = actor.Actor{Kind: actor.Staff, ID: uuid.MustParse("0198a000-0000-7000-8000-0000000000e5"), Name: "Rex", Capabilities: []actor.Capability{actor.NotesRead}}
	peek = actor.Actor{Kind: actor.Key, ID: uuid.MustParse("0198a000-0000-7000-8000-0000000000f6"), Name: "peek", Capabilities: []actor.Capability{actor.NotesRead}}
)

var passage = content.Anchor{Quote: "fourteen benches", Prefix: "There are ", Suffix: " in the park.", Block: 2}

func TestAThreadFromFirstWordToLast(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		id := must(b.desk.Create(by(t, tom), input())).Note.ID
		first := must(b.desk.Comment(by(t, rex), id, content.Remark{Body: " Fifteen? ", Anchor: passage, Mentions: []uuid.UUID{mux.ID, mux.ID}}))
		b.now.Advance(time.Second)
		reply := must(b.desk.Reply(by(t, tom), id, first.ID, content.Remark{Body: "Counted again."}))
		b.now.Advance(time.Second)
		must(b.desk.Reply(by(t, bot), id, reply.ID, content.Remark{Body: "The register says fifteen."}))
		must(b.desk.Resolve(by(t, tom), id, first.ID, 1))
		must(b.desk.Resolve(by(t, pia), id, first.ID, 0)) // changes nothing

		list, next, err := b.desk.Threads(by(t, rex), id, "", "", 0)
		if err != nil || len(list) != 1 || next != "" {
			t.Fatalf("%v %v", list, err)
		}
		th := list[0]
		if th.Body != "Fifteen?" || th.Anchor != passage || th.By().Name != "Rex" || len(th.Mentions) != 1 || th.Mentions[0].Name != "Max" || th.Resolver().Name != "Tom" || th.Version != 2 {
			t.Errorf("%+v", th)
		}
		if len(th.Replies) != 2 || th.Replies[0].Body != "Counted again." || th.Replies[1].By().Name != "bot" {
			t.Errorf("%+v", th.Replies)
		}
		b.now.Advance(time.Second)
		must(b.desk.Reply(by(t, pia), id, first.ID, content.Remark{Body: "Not in the table."})) // opens it again
		if open, _, _ := b.desk.Threads(by(t, rex), id, content.OpenThreads, "", 0); len(open) != 1 {
			t.Error("a reply leaves the thread resolved")
		}
		must(b.desk.Resolve(by(t, pia), id, first.ID, 0))
		must(b.desk.Reopen(by(t, rex), id, first.ID, 0))
		if done, _, _ := b.desk.Threads(by(t, rex), id, content.ResolvedThreads, "", 0); len(done) != 0 {
			t.Error("still resolved")
		}

		want := "note.created note.commented note.comment_replied note.comment_replied note.comment_resolved note.comment_reopened note.comment_replied note.comment_resolved note.comment_reopened"
		if got := b.verbs(t, id); got != want {
			t.Errorf("journal:\n got %s\nwant %s", got, want)
		}
		// Nobody is told of what they did themselves; who was called hears of it as that.
		for a, want := range map[*actor.Actor]string{
			&tom: "commented comment_reply comment_reply comment_resolved comment_reopened",
			&mux: "mentioned comment_reply comment_reply comment_resolved comment_reply comment_resolved comment_reopened",
			&rex: "comment_reply comment_reply comment_resolved comment_reply comment_resolved",
			&pia: "comment_reopened",
		} {
			if got := b.inbox(t, *a); got != want {
				t.Errorf("%s: %q", a.Name, got)
			}
		}
		box := must(b.desk.Notifications(by(t, mux), false, "", 0)).Notifications
		told := box[len(box)-1]
		if told.CommentID == nil || *told.CommentID != first.ID || told.Text != "Fifteen?" || told.By().Name != "Rex" || told.Title != "Film capacity" {
			t.Errorf("%+v", told)
		}
		if n := b.letters(t); n != 18 {
			t.Errorf("%d letters", n)
		}
	})
}

func TestACommentIsItsAuthors(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		id := must(b.desk.Create(by(t, tom), input())).Note.ID
		c := must(b.desk.Comment(by(t, rex), id, content.Remark{Body: "Why?", Anchor: passage}))
		for who, err := range map[string]error{
			"another edits":   second(b.desk.Edit(by(t, pia), id, c.ID, 0, content.Remark{Body: "No."})),
			"another deletes": b.desk.Delete(by(t, pia), id, c.ID, 0),
			"a key edits":     second(b.desk.Edit(by(t, bot), id, c.ID, 0, content.Remark{Body: "No."})),
		} {
			if code(err) != "not_your_comment" {
				t.Errorf("%s: %v", who, err)
			}
		}
		edited := must(b.desk.Edit(by(t, rex), id, c.ID, 1, content.Remark{Body: "Why fourteen?", Mentions: []uuid.UUID{pia.ID}}))
		if edited.EditedAt == nil || edited.Version != 2 || edited.Anchor != passage {
			t.Errorf("%+v", edited)
		}
		must(b.desk.Edit(by(t, rex), id, c.ID, 2, content.Remark{Body: "Why fourteen??", Mentions: []uuid.UUID{pia.ID}}))
		if got := b.inbox(t, pia); got != "mentioned" {
			t.Errorf("told twice: %q", got)
		}
		_, err := b.desk.Edit(by(t, rex), id, c.ID, 1, content.Remark{Body: "Stale."})
		if f := fault.Of(err); f == nil || f.Code != "stale_version" || f.Current != `"3"` {
			t.Errorf("got %v", err)
		}

		must(b.desk.Reply(by(t, tom), id, c.ID, content.Remark{Body: "Because."}))
		if err := b.desk.Delete(by(t, rex), id, c.ID, 0); err != nil {
			t.Fatal(err)
		}
		th := must(b.desk.Thread(by(t, tom), id, c.ID))
		if th.DeletedAt == nil || th.Body != "" || len(th.Mentions) != 0 || len(th.Replies) != 1 {
			t.Errorf("%+v", th)
		}
		if n := must(b.desk.Notifications(by(t, pia), false, "", 0)).Notifications; len(n) != 2 || n[1].Text != "" || n[0].Text != "Because." {
			t.Errorf("the words of a deleted comment stay in an inbox: %q", n[1].Text)
		}
		if _, err := b.desk.Edit(by(t, rex), id, c.ID, 0, content.Remark{Body: "Again."}); code(err) != "comment_deleted" {
			t.Errorf("got %v", err)
		}
		if _, err := b.desk.Resolve(by(t, tom), id, th.Replies[0].ID, 0); code(err) != "not_a_thread" {
			t.Errorf("got %v", err)
		}
		if err := b.desk.Delete(by(t, tom), id, th.Replies[0].ID, 0); err != nil {
			t.Fatal(err)
		}
		if list, _, _ := b.desk.Threads(by(t, tom), id, "", "", 0); len(list) != 0 {
			t.Errorf("a thread with nothing in it is listed: %+v", list)
		}
		for what, err := range map[string]error{"reading": second(b.desk.Thread(by(t, tom), id, c.ID))} {
			if code(err) != "comment_not_found" {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := b.desk.Reply(by(t, tom), id, c.ID, content.Remark{Body: "Hello?"}); code(err) != "comment_deleted" {
			t.Errorf("got %v", err)
		}
	})
}

func TestWhoMayComment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		id := must(b.desk.Create(by(t, tom), input())).Note.ID
		c := must(b.desk.Comment(by(t, rex), id, content.Remark{Body: "Yes."}))
		must(b.desk.Comment(by(t, bot), id, content.Remark{Body: "Yes."}))
		member := actor.Actor{Kind: actor.Member, ID: uuid.New()}
		for what, do := range map[string]func(ctx context.Context) error{
			"comment": func(ctx context.Context) error { return second(b.desk.Comment(ctx, id, content.Remark{Body: "No."})) },
			"reply": func(ctx context.Context) error {
				return second(b.desk.Reply(ctx, id, c.ID, content.Remark{Body: "No."}))
			},
			"edit": func(ctx context.Context) error {
				return second(b.desk.Edit(ctx, id, c.ID, 0, content.Remark{Body: "No."}))
			},
			"delete":  func(ctx context.Context) error { return b.desk.Delete(ctx, id, c.ID, 0) },
			"resolve": func(ctx context.Context) error { return second(b.desk.Resolve(ctx, id, c.ID, 0)) },
			"reopen":  func(ctx context.Context) error { return second(b.desk.Reopen(ctx, id, c.ID, 0)) },
			"anchors": func(ctx context.Context) error { return b.desk.Reanchor(ctx, id, 0, nil) },
		} {
			for _, who := range []actor.Actor{peek, member} {
				if err := do(by(t, who)); code(err) != "capability_missing" {
					t.Errorf("%s by %s: %v", what, who.Kind, err)
				}
			}
		}
		if _, _, err := b.desk.Threads(by(t, member), id, "", "", 0); code(err) != "capability_missing" {
			t.Errorf("a member lists: %v", err)
		}
		if _, err := b.desk.Thread(by(t, member), id, c.ID); code(err) != "capability_missing" {
			t.Errorf("a member reads: %v", err)
		}
		if list, _, err := b.desk.Threads(by(t, peek), id, "", "", 0); err != nil || len(list) != 2 {
			t.Errorf("a key that reads: %v", err)
		}
		other := must(b.desk.Create(by(t, tom), content.Input{Title: "Other"})).Note.ID
		if _, err := b.desk.Reply(by(t, tom), other, c.ID, content.Remark{Body: "Hm."}); code(err) != "comment_not_found" {
			t.Errorf("a comment of another note: %v", err)
		}
		must(b.desk.Archive(by(t, pia), other, 0))
		if _, err := b.desk.Comment(by(t, tom), other, content.Remark{Body: "Hm."}); code(err) != "note_archived" {
			t.Errorf("got %v", err)
		}
	})
}

func TestAllFaultsOfARemarkAreNamed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		id := must(b.desk.Create(by(t, tom), input())).Note.ID
		for body, want := range map[string]string{
			" ":                                   "/body",
			"Bell \a":                             "/body",
			strings.Repeat("long ", 1001) + "end": "/body",
		} {
			if _, err := b.desk.Comment(by(t, tom), id, content.Remark{Body: body}); err == nil || fault.Of(err).Fields[0].Path != want {
				t.Errorf("%.9q: %v", body, err)
			}
		}
		_, err := b.desk.Comment(by(t, tom), id, content.Remark{Body: "x", Anchor: content.Anchor{Quote: "a\x00b", Prefix: strings.Repeat("p", 201), Block: -1}})
		if err == nil || len(fault.Of(err).Fields) != 3 {
			t.Errorf("got %v", err)
		}
		_, err = b.desk.Comment(by(t, tom), id, content.Remark{Body: "x", Mentions: []uuid.UUID{pia.ID, rex.ID}})
		if err == nil || fault.Of(err).Fields[0].Path != "/mentions/1" {
			t.Errorf("got %v", err)
		}
	})
}

func TestThreadsAreRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		id := must(b.desk.Create(by(t, tom), input())).Note.ID
		for range 5 {
			must(b.desk.Comment(by(t, rex), id, content.Remark{Body: "At one moment.", Anchor: passage}))
		}
		seen := map[uuid.UUID]bool{}
		cursor, pages := "", 0
		for {
			page, next, err := b.desk.Threads(by(t, tom), id, "", cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page {
				seen[c.ID] = true
			}
			pages++
			if cursor = next; next == "" {
				break
			}
		}
		if len(seen) != 5 || pages != 3 {
			t.Errorf("%d threads on %d pages", len(seen), pages)
		}
		if _, _, err := b.desk.Threads(by(t, tom), id, "", "no cursor", 2); code(err) != "bad_cursor" {
			t.Errorf("got %v", err)
		}
	})
}

// TestAnchorsFollowTheText: only as found in the text that is there.
func TestAnchorsFollowTheText(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		id := must(b.desk.Create(by(t, tom), input())).Note.ID
		c := must(b.desk.Comment(by(t, rex), id, content.Remark{Body: "Which?", Anchor: passage}))
		whole := must(b.desk.Comment(by(t, rex), id, content.Remark{Body: "All of it."}))
		moved := content.Anchor{Quote: "fifteen benches", Prefix: "There were ", Suffix: " once.", Block: 7}
		must(b.desk.Save(by(t, tom), id, 1, input()))
		moves := func(id uuid.UUID) []content.Reanchored { return []content.Reanchored{{Thread: id, Anchor: moved}} }
		if err := b.desk.Reanchor(by(t, tom), id, 1, moves(c.ID)); code(err) != "stale_version" {
			t.Errorf("found in an older text: %v", err)
		}
		if got := must(b.desk.Thread(by(t, tom), id, c.ID)); got.Anchor != passage {
			t.Errorf("%+v", got.Anchor)
		}
		for _, x := range []uuid.UUID{c.ID, whole.ID, uuid.New()} {
			if err := b.desk.Reanchor(by(t, tom), id, 2, moves(x)); err != nil {
				t.Error(err)
			}
		}
		if got := must(b.desk.Thread(by(t, tom), id, c.ID)); got.Anchor != moved || got.Version != 1 {
			t.Errorf("%+v", got)
		}
		if got := must(b.desk.Thread(by(t, tom), id, whole.ID)); got.Quote != "" {
			t.Errorf("a thread about the whole note got a place: %+v", got.Anchor)
		}
		if err := b.desk.Reanchor(by(t, tom), id, 2, []content.Reanchored{{Thread: c.ID}}); err == nil || fault.Of(err).Fields[0].Path != "/anchors/0/quote" {
			t.Errorf("an anchor without words: %v", err)
		}
		other := must(b.desk.Create(by(t, tom), content.Input{Title: "Other"})).Note
		if err := b.desk.Reanchor(by(t, tom), other.ID, other.Version, moves(c.ID)); err != nil {
			t.Error(err)
		}
	})
}
