package content

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// touched is a comment that is about to change, with its thread, first comment
// first.
type touched struct {
	note   *Note
	c      *Comment
	thread []*Comment
}

// change is load, check, do, save for every verb on a comment that is there.
// version is that of the comment; 0 asks for no check.
func (s *Desk) changeComment(ctx context.Context, note, id uuid.UUID, version int64, do func(context.Context, touched) error) (*Comment, error) {
	if err := mayComment(ctx); err != nil {
		return nil, err
	}
	var out *Comment
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		n, err := s.store.note(ctx, note)
		if err != nil {
			return err
		}
		thread, err := s.threadOf(ctx, note, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(thread, func(c *Comment) bool { return c.ID == id })
		out = thread[at]
		if version != 0 && version != out.Version {
			f := fault.New(fault.PreconditionFailed, "stale_version", "This comment was changed in the meantime. Nothing was overwritten.")
			f.Current = out.ETag()
			return f
		}
		return do(ctx, touched{n, out, thread})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// threadOf locks and reads the thread a comment stands in.
func (s *Desk) threadOf(ctx context.Context, note, id uuid.UUID) ([]*Comment, error) {
	c, err := s.store.comment(ctx, note, id)
	if err != nil {
		return nil, err
	}
	return s.store.threadForUpdate(ctx, c.ThreadID)
}

// Edit changes the words of one's own comment. Who is called in it for the
// first time is told.
func (s *Desk) Edit(ctx context.Context, note, id uuid.UUID, version int64, in Remark) (*Comment, error) {
	if err := mayComment(ctx); err != nil {
		return nil, err
	}
	in.Anchor = Anchor{}
	if err := in.check(); err != nil {
		return nil, err
	}
	called, err := s.mentioned(ctx, in.Mentions)
	if err != nil {
		return nil, err
	}
	return s.changeComment(ctx, note, id, version, func(ctx context.Context, t touched) error {
		if !t.c.Own(actor.From(ctx)) {
			return errNotYours
		}
		before := t.c.Mentions
		if err := t.c.edit(in.Body, called, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.store.saveComment(ctx, t.c); err != nil {
			return err
		}
		if err := s.recordComment(ctx, "note.comment_edited", t.note, t.c); err != nil {
			return err
		}
		rev, err := s.store.revisionHead(ctx, t.note.DraftRevision)
		if err != nil {
			return err
		}
		fresh := slices.DeleteFunc(slices.Clone(called), func(p Person) bool { return among(before, p.ID) })
		return s.tell(ctx, fresh, news{kind: "mentioned", note: t.note, comment: &t.c.ID, title: rev.Title, text: t.c.Body})
	})
}

// Delete takes the words of one's own comment away, also out of what others
// were told. A thread in which nothing is left disappears.
func (s *Desk) Delete(ctx context.Context, note, id uuid.UUID, version int64) error {
	_, err := s.changeComment(ctx, note, id, version, func(ctx context.Context, t touched) error {
		if !t.c.Own(actor.From(ctx)) {
			return errNotYours
		}
		if t.c.DeletedAt != nil {
			return nil
		}
		t.c.erase(s.Clock.Now())
		if err := s.store.saveComment(ctx, t.c); err != nil {
			return err
		}
		head := t.thread[0]
		if !slices.ContainsFunc(t.thread, func(c *Comment) bool { return c.DeletedAt == nil }) {
			head.Hidden = true
			if err := s.store.saveComment(ctx, head); err != nil {
				return err
			}
		}
		if err := s.store.dropNews(ctx, id); err != nil {
			return err
		}
		return s.recordComment(ctx, "note.comment_deleted", t.note, t.c)
	})
	return err
}

// Resolve closes a thread: what it asked for is done, or will not be.
func (s *Desk) Resolve(ctx context.Context, note, id uuid.UUID, version int64) (*Comment, error) {
	return s.settle(ctx, note, id, version, true)
}

// Reopen opens a resolved thread.
func (s *Desk) Reopen(ctx context.Context, note, id uuid.UUID, version int64) (*Comment, error) {
	return s.settle(ctx, note, id, version, false)
}

func (s *Desk) settle(ctx context.Context, note, id uuid.UUID, version int64, close bool) (*Comment, error) {
	return s.changeComment(ctx, note, id, version, func(ctx context.Context, t touched) error {
		if !t.c.head() {
			return errNotThread
		}
		if t.c.Hidden {
			return errGoneComment
		}
		t.c.Replies = t.thread[1:]
		if (t.c.ResolvedAt != nil) == close {
			return nil
		}
		verb, kind := "note.comment_reopened", "comment_reopened"
		if close {
			by, _, name := me(ctx)
			t.c.resolve(by, name, s.Clock.Now())
			verb, kind = "note.comment_resolved", "comment_resolved"
		} else {
			t.c.reopen()
		}
		if err := s.store.saveComment(ctx, t.c); err != nil {
			return err
		}
		if err := s.recordComment(ctx, verb, t.note, t.c); err != nil {
			return err
		}
		rev, err := s.store.revisionHead(ctx, t.note.DraftRevision)
		if err != nil {
			return err
		}
		return s.tell(ctx, talkers(t.thread), news{kind: kind, note: t.note, comment: &t.c.ID, title: rev.Title, text: t.c.Body})
	})
}
