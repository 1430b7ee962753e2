package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/actor"
)

// ChangeBeside says whether the actor may change what hangs on a note without
// being part of its revisions, such as attached files. Such a change is seen
// as soon as the note is, so past drafting it takes the right to publish; and
// with four eyes asked for it is refused there, for nobody looks at it again:
// files go into the draft, before its review. The note stays locked until the transaction ends, and readers' copies of it go.
func (s *Desk) ChangeBeside(ctx context.Context, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return err
	}
	note, err := s.store.noteForUpdate(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case note.Status == Archived:
		return errArchived
	case note.Status != Draft:
		if err := actor.Require(ctx, actor.NotesPublish); err != nil {
			return err
		}
		rules, err := s.rules(ctx)
		if err != nil {
			return err
		}
		if rules.FourEyes {
			return errFilesFourEyes
		}
	}
	return s.DB.Announce(ctx, topicNews, note.Slug)
}

// Gate gives what stands in front of a note now, for access.Decide. A note
// that readers cannot see has a gate that denies everybody.
func (l *Library) Gate(ctx context.Context, id uuid.UUID) (access.Gate, error) {
	note, err := l.store.note(ctx, id)
	if err != nil {
		return access.Gate{}, err
	}
	return note.gateFor(), nil
}

// ByID finds published notes by id, those that readers can see and in no
// order, for pages that say what somebody has.
func (l *Library) ByID(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]*Summary, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	notes, err := l.store.publishedByID(ctx, ids, l.clock.Now())
	if err != nil {
		return nil, err
	}
	sums, err := l.summaries(ctx, notes)
	out := make(map[uuid.UUID]*Summary, len(sums))
	for _, s := range sums {
		out[s.ID] = s
	}
	return out, err
}
