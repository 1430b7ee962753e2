package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// MaxSelected is how many notes one act may be about.
const MaxSelected = 1000

// Selected is a note as a choice of many names it.
type Selected struct {
	ID            uuid.UUID
	Version       int64
	Status        Status
	Title         string
	LiveRevision  *uuid.UUID
	DraftRevision uuid.UUID
}

// Changed tells whether the draft differs from what readers see.
func (x *Selected) Changed() bool {
	return x.LiveRevision != nil && *x.LiveRevision != x.DraftRevision
}

// Select names every note that a filter finds, in the state in which it stands
// now; more says that there are more than MaxSelected, and then names none. An
// act on the choice is about these notes and no others, whatever comes to fit
// the filter afterwards.
func (s *Desk) Select(ctx context.Context, f Filter) (out []*Selected, more bool, err error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, false, err
	}
	at, err := s.places(ctx, f)
	if err != nil {
		return nil, false, err
	}
	f.Sort, f.Reverse, f.After, f.Limit = ByChange, false, "", MaxSelected
	out, err = s.store.selected(ctx, f, at)
	if err != nil || len(out) <= MaxSelected {
		return out, false, err
	}
	return nil, true, nil
}
