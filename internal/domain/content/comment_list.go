package content

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// ThreadState chooses threads.
type ThreadState string

// The states of a thread; empty means both.
const (
	OpenThreads     ThreadState = "open"
	ResolvedThreads ThreadState = "resolved"
)

// Threads lists what is said about a note, oldest thread first, each with its
// replies; next is the cursor of the following page.
func (s *Desk) Threads(ctx context.Context, note uuid.UUID, state ThreadState, after string, limit int) (page []*Comment, next string, err error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, "", err
	}
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	if _, err := s.store.note(ctx, note); err != nil {
		return nil, "", err
	}
	if limit = min(limit, 200); limit <= 0 {
		limit = 50
	}
	page, err = s.store.threads(ctx, note, state, from, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(page) > limit {
		page = page[:limit]
		last := page[limit-1]
		next = cursor{last.At, last.ID}.String()
	}
	return page, next, s.store.withReplies(ctx, page)
}

// Thread is one thread, named by any comment in it.
func (s *Desk) Thread(ctx context.Context, note, id uuid.UUID) (*Comment, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	c, err := s.store.comment(ctx, note, id)
	if err != nil {
		return nil, err
	}
	head, err := s.store.comment(ctx, note, c.ThreadID)
	if err != nil {
		return nil, err
	}
	if head.Hidden {
		return nil, errNoComment
	}
	return head, s.store.withReplies(ctx, []*Comment{head})
}

// Reanchored says where the passage of a thread stands now.
type Reanchored struct {
	Thread uuid.UUID
	Anchor Anchor
}

// Reanchor ties threads to where their passages stand in the text as it was
// saved. version is that of the note whose text they were found in: against
// another text they would be wrong, and nothing is written.
func (s *Desk) Reanchor(ctx context.Context, note uuid.UUID, version int64, moves []Reanchored) error {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return err
	}
	var f fault.Fields
	f.Check(len(moves) <= 1000, "/anchors", "too_many", "At most 1000.")
	for i := range moves {
		at := fmt.Sprintf("/anchors/%d", i)
		f.Required(at+"/quote", moves[i].Anchor.Quote)
		moves[i].Anchor.check(&f, at)
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		n, err := s.store.noteForUpdate(ctx, note)
		if err != nil {
			return err
		}
		if err := checkVersion(n, version); err != nil {
			return err
		}
		for _, m := range moves {
			if err := s.store.moveAnchor(ctx, note, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// Said is one comment as it is now, for whoever said it twice.
func (s *Desk) Said(ctx context.Context, note, id uuid.UUID) (*Comment, error) {
	if err := mayComment(ctx); err != nil {
		return nil, err
	}
	return s.store.comment(ctx, note, id)
}
