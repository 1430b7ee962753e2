package content

import (
	"context"
	"time"
)

// foldWithin is how long the autosaves of one person make one revision,
// counted from the first of them.
const foldWithin = 5 * time.Minute

// fold makes r a further state of the draft revision before it, if both are
// autosaves of one person and nothing refers to that state. Readers and
// reviewers have never seen it, so all that is lost is how a sentence looked
// a minute ago.
func (s *Desk) fold(ctx context.Context, n *Note, r *Revision) (folded bool, err error) {
	if !r.Autosave {
		return false, nil
	}
	last, err := s.store.revisionHead(ctx, n.DraftRevision)
	if err != nil || !last.takes(r) || n.LiveRevision != nil && *n.LiveRevision == last.ID {
		return false, err
	}
	r.ID, r.Number, r.CreatedAt = last.ID, last.Number, last.CreatedAt
	if r.Why == "" {
		r.Why = last.Why
	}
	return true, nil
}

// takes tells whether another save can become a part of this revision.
func (r *Revision) takes(next *Revision) bool {
	return r.Autosave && !r.Sealed && r.CreatedBy != nil && next.CreatedBy != nil && *r.CreatedBy == *next.CreatedBy &&
		r.CreatedByKind == next.CreatedByKind && next.SavedAt.Sub(r.CreatedAt) < foldWithin
}
