package content

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// schedules are what waits for one note, at most one of each action.
type schedules []*Schedule

func (l schedules) of(a Action) *Schedule {
	for _, x := range l {
		if x.Action == a {
			return x
		}
	}
	return nil
}

func (l schedules) only(actions ...Action) (out schedules) {
	for _, x := range l {
		if slices.Contains(actions, x.Action) {
			out = append(out, x)
		}
	}
	return out
}

func (l schedules) with(x *Schedule) schedules {
	if l.of(x.Action) != nil {
		return l // it is the very one
	}
	return append(slices.Clone(l), x)
}

// inOrder tells whether whatever appears does so before it is retracted.
func (l schedules) inOrder() bool {
	end := l.of(DoRetract)
	for _, x := range l.only(DoPublish, DoUpdate) {
		if end != nil && !x.At.Before(end.At) {
			return false
		}
	}
	return true
}

// dueBatch bounds what one run takes on; the next run comes in seconds.
const dueBatch = 100

// RunDue does everything whose moment has come, also long ago, and says how
// many it did. Any number of nodes may run it at once: each schedule takes
// effect in one transaction, under the lock of its note, by whoever finds it
// waiting.
func (s *Desk) RunDue(ctx context.Context) (int, error) {
	ids, err := s.store.due(ctx, s.Clock.Now(), dueBatch)
	if err != nil {
		return 0, err
	}
	n := 0
	var bad []error
	for _, id := range ids {
		did, err := s.run(ctx, id)
		if f := fault.Of(err); f != nil && f.Kind != fault.Internal && ctx.Err() == nil {
			err = s.giveUp(ctx, id, f) // trying again would fail in the same way
		}
		if err != nil {
			bad = append(bad, err) // one that fails keeps no other from its moment
		}
		if did {
			n++
		}
	}
	return n, errors.Join(bad...)
}

// underLock gives do a schedule that is due, together with its locked note.
func (s *Desk) underLock(ctx context.Context, id uuid.UUID, do func(context.Context, *Note, *Schedule) error) error {
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := s.store.schedule(ctx, id)
		if err != nil {
			return err
		}
		n, err := s.store.noteForUpdate(ctx, x.NoteID)
		if err != nil {
			return err
		}
		// Only now nobody else can change it.
		if x, err = s.store.schedule(ctx, id); err != nil || x.State != waiting || x.At.After(s.Clock.Now()) {
			return err
		}
		return do(ctx, n, x)
	})
}

func (s *Desk) run(ctx context.Context, id uuid.UUID) (did bool, err error) {
	err = s.underLock(ctx, id, func(ctx context.Context, n *Note, x *Schedule) error {
		did = true
		if err := s.end(ctx, x, done, ""); err != nil {
			return err
		}
		if x.Action == DoRetract {
			if n.Status != Published {
				return errNotPublished
			}
			n.retract(x.Reason, s.Clock.Now())
			return s.takeDown(ctx, n)
		}
		r, text, err := s.store.revision(ctx, *x.RevisionID)
		if err != nil {
			return err
		}
		if err := s.publishable(r, text.Body); err != nil {
			return err
		}
		by := x.By()
		return s.goLive(ctx, n, r, text, Publish{At: x.At, Change: x.Change, Notice: x.Notice, moment: x.At, by: &by})
	})
	return did && err == nil, err
}

// giveUp ends a schedule that cannot be done, and tells whom it concerns.
func (s *Desk) giveUp(ctx context.Context, id uuid.UUID, why *fault.Error) error {
	return s.underLock(ctx, id, func(ctx context.Context, n *Note, x *Schedule) error {
		if err := s.end(ctx, x, failed, why.Message); err != nil {
			return err
		}
		if x.Action == DoPublish {
			n.unschedule()
		}
		n.touch(s.Clock.Now())
		if err := s.store.saveNote(ctx, n); err != nil {
			return err
		}
		if err := s.record(ctx, "note.schedule_failed", n, map[string]any{"action": x.Action, "at": x.At, "code": why.Code}); err != nil {
			return err
		}
		if err := s.orphaned(ctx, n); err != nil {
			return err
		}
		return s.tell(ctx, []Person{x.By()}, news{kind: "schedule_failed", note: n, title: n.Title, text: why.Message})
	})
}
