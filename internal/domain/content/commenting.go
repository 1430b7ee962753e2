package content

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// mayComment: whoever reads notes at the desk may say something about them. A
// key that may only read changes nothing, not even this.
func mayComment(ctx context.Context) error {
	if actor.From(ctx).Kind == actor.Key {
		return actor.Require(ctx, actor.NotesWrite)
	}
	return actor.Require(ctx, actor.NotesRead)
}

// Comment begins a thread about a passage, or about the whole note.
func (s *Desk) Comment(ctx context.Context, note uuid.UUID, in Remark) (*Comment, error) {
	return s.say(ctx, note, uuid.Nil, in)
}

// Reply says something in a thread, which is named by any comment in it. A
// resolved thread is open again then: there is something to look at.
func (s *Desk) Reply(ctx context.Context, note, to uuid.UUID, in Remark) (*Comment, error) {
	in.Anchor = Anchor{}
	return s.say(ctx, note, to, in)
}

func (s *Desk) say(ctx context.Context, note, to uuid.UUID, in Remark) (*Comment, error) {
	if err := mayComment(ctx); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	called, err := s.mentioned(ctx, in.Mentions)
	if err != nil {
		return nil, err
	}
	c := &Comment{ID: db.NewID(), NoteID: note, Anchor: in.Anchor, Body: in.Body, Mentions: called, At: s.Clock.Now(), Version: 1}
	c.ByID, c.ByKind, c.ByName = me(ctx)
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		n, err := s.talkedAbout(ctx, note)
		if err != nil {
			return err
		}
		if to == uuid.Nil {
			c.ThreadID = c.ID
			return s.said(ctx, n, c, nil, called, "note.commented", "commented")
		}
		thread, err := s.joined(ctx, n, to)
		if err != nil {
			return err
		}
		c.ThreadID = thread[0].ID
		return s.said(ctx, n, c, thread, called, "note.comment_replied", "comment_reply")
	})
	return c, err
}

// joined is the thread to which something is added.
func (s *Desk) joined(ctx context.Context, n *Note, to uuid.UUID) ([]*Comment, error) {
	thread, err := s.threadOf(ctx, n.ID, to)
	if err != nil {
		return nil, err
	}
	head := thread[0]
	if len(thread) >= maxThread {
		return nil, errThreadFull
	}
	if head.Hidden {
		return nil, errGoneComment
	}
	if head.ResolvedAt != nil {
		head.reopen()
		if err := s.store.saveComment(ctx, head); err != nil {
			return nil, err
		}
		return thread, s.recordComment(ctx, "note.comment_reopened", n, head)
	}
	return thread, nil
}

// talkedAbout loads a note that can be commented on.
func (s *Desk) talkedAbout(ctx context.Context, id uuid.UUID) (*Note, error) {
	n, err := s.store.note(ctx, id)
	if err == nil && n.Status == Archived {
		return nil, errArchived
	}
	return n, err
}

// mentioned finds who was called by name.
func (s *Desk) mentioned(ctx context.Context, ids []uuid.UUID) ([]Person, error) {
	out := []Person{}
	if len(ids) == 0 || s.Colleagues == nil {
		return out, nil
	}
	all, err := s.Colleagues.Readers(ctx)
	if err != nil {
		return nil, err
	}
	var f fault.Fields
	for i, id := range ids {
		at := slices.IndexFunc(all, func(p Person) bool { return p.ID != nil && *p.ID == id })
		f.Check(at >= 0, fmt.Sprintf("/mentions/%d", i), "unknown", "This is nobody at the desk who may read notes.")
		if at >= 0 && !among(out, &id) {
			out = append(out, all[at])
		}
	}
	return out, f.Err()
}

func among(people []Person, id *uuid.UUID) bool {
	return slices.ContainsFunc(people, func(p Person) bool { return p.ID != nil && id != nil && *p.ID == *id })
}

// said stores a new comment and tells those whom it concerns: who was called,
// who talks in the thread, who wrote the text.
func (s *Desk) said(ctx context.Context, n *Note, c *Comment, thread []*Comment, called []Person, verb, kind string) error {
	if err := s.store.addComment(ctx, c); err != nil {
		return err
	}
	if err := s.recordComment(ctx, verb, n, c); err != nil {
		return err
	}
	rev, err := s.store.revisionHead(ctx, n.DraftRevision)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, called, news{kind: "mentioned", note: n, comment: &c.ID, title: rev.Title, text: c.Body}); err != nil {
		return err
	}
	writers, err := s.writers(ctx, n, rev)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(append(talkers(thread), writers...), func(p Person) bool { return among(called, p.ID) })
	return s.tell(ctx, others, news{kind: kind, note: n, comment: &c.ID, title: rev.Title, text: c.Body})
}

// writers are who wrote the pending text or, where nothing is pending, the
// text as it is; and who gave it to review.
func (s *Desk) writers(ctx context.Context, n *Note, r *Revision) ([]Person, error) {
	p, err := s.pens(ctx, n, r)
	if err == nil && len(p) == 0 {
		p, err = s.store.pens(ctx, n.ID, 0, r.Number)
	}
	if err != nil {
		return nil, err
	}
	sub, err := s.store.openSubmission(ctx, n)
	if err != nil || sub == nil {
		return p.and(), err
	}
	return p.and(sub.Submitter()), nil
}

// talkers are the staff users who said something in a thread or were called.
func talkers(thread []*Comment) (out []Person) {
	for _, c := range thread {
		if c.ByKind == string(actor.Staff) {
			out = append(out, c.By())
		}
		out = append(out, c.Mentions...)
	}
	return out
}

// recordComment journals what happened to a comment, never its words.
func (s *Desk) recordComment(ctx context.Context, verb string, n *Note, c *Comment) error {
	return s.record(ctx, verb, n, map[string]any{"comment": c.ID, "thread": c.ThreadID})
}
