package content

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// maxInIssue is how many notes an issue holds at most: a page of a list.
const maxInIssue = 100

// metaOf is what a revision says of the note, but for the place in an issue
// where that was given to the note itself later on.
func (n *Note) metaOf(r *Revision) Meta {
	m := r.Meta
	if r.Number <= n.PlacedAfter {
		m.SeriesID, m.IssueID, m.Position = n.SeriesID, n.IssueID, n.Position
	}
	return m
}

// place puts the note into an issue, or with nil out of the one it is in. It
// is a matter of the issue, not of the text: no revision is made of it, and it
// holds at once.
func (n *Note) place(i *Issue, position, lastRevision int, now time.Time) (changed bool) {
	if i == nil {
		n.IssueID, n.Position = nil, 0
	} else {
		if n.IssueID != nil && *n.IssueID == i.ID && n.Position == position {
			return false
		}
		n.SeriesID, n.IssueID, n.Position = &i.SeriesID, &i.ID, position
	}
	n.PlacedAfter = lastRevision
	if n.Status == Published {
		n.ChangedAt = &now
	}
	n.touch(now)
	return true
}

// Arrange says which notes an issue holds, and in which order. Where readers
// see it, it takes the right to publish, too.
func (s *Desk) Arrange(ctx context.Context, id uuid.UUID, version int64, ids []uuid.UUID) (*IssueView, error) {
	if err := actor.Require(ctx, actor.TaxonomyWrite); err != nil {
		return nil, err
	}
	if len(ids) > maxInIssue {
		var f fault.Fields
		f.Add("/notes", "too_many", fmt.Sprintf("At most %d.", maxInIssue))
		return nil, f.Err()
	}
	var out *IssueView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := s.openIssue(ctx, id, version)
		if err != nil {
			return err
		}
		notes, err := s.toArrange(ctx, x, ids)
		if err != nil {
			return err
		}
		for _, n := range notes {
			position := slices.Index(ids, n.ID) + 1
			var in *Issue
			if position > 0 {
				in = x
			}
			if err := s.placeNote(ctx, n, in, position, x.PublishedAt != nil); err != nil {
				return err
			}
		}
		x.Version++
		x.UpdatedAt = s.Clock.Now()
		if err := s.store.put(ctx, x); err != nil {
			return err
		}
		if out, err = s.issueView(ctx, x); err != nil {
			return err
		}
		return s.recordIssue(ctx, out, "issue.arranged", map[string]any{"notes": ids})
	})
	return out, err
}

// toArrange locks the notes that are in the issue or are to be. All are locked
// in one order, so that two who arrange come one after the other.
func (s *Desk) toArrange(ctx context.Context, x *Issue, ids []uuid.UUID) ([]*Note, error) {
	now, err := s.store.notesOfIssue(ctx, x.ID)
	if err != nil {
		return nil, err
	}
	var f fault.Fields
	all := map[uuid.UUID]bool{}
	for i, id := range ids {
		f.Check(!all[id], fmt.Sprintf("/notes/%d", i), "twice", "This note is in the list twice.")
		all[id] = true
	}
	for _, n := range now {
		all[n.ID] = true
	}
	locked, err := s.lockNotes(ctx, all)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		n := locked[id]
		f.Check(n != nil, fmt.Sprintf("/notes/%d", i), "unknown", "There is no such note.")
		if n != nil && n.Status == Archived {
			return nil, errArchived
		}
	}
	out := make([]*Note, 0, len(locked))
	for _, n := range locked {
		out = append(out, n)
	}
	slices.SortFunc(out, byID)
	return out, f.Err()
}

func byID(a, b *Note) int { return bytes.Compare(a.ID[:], b.ID[:]) }

// lockNotes locks notes in the order of their ids; those that do not exist are
// left out.
func (s *Desk) lockNotes(ctx context.Context, set map[uuid.UUID]bool) (map[uuid.UUID]*Note, error) {
	ids := make([]uuid.UUID, 0, len(set))
	for id := range set {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	out := map[uuid.UUID]*Note{}
	for _, id := range ids {
		n, err := s.store.noteForUpdate(ctx, id)
		if fault.HasCode(err, errNoNote.Code) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[id] = n
	}
	return out, nil
}

// placeNote gives one note its place.
func (s *Desk) placeNote(ctx context.Context, n *Note, in *Issue, position int, out bool) error {
	next, err := s.store.nextRevision(ctx, n.ID)
	if err != nil || !n.place(in, position, next-1, s.Clock.Now()) {
		return err
	}
	if n.Status == Published || out && n.LiveRevision != nil {
		if err := actor.Require(ctx, actor.NotesPublish); err != nil {
			return err
		}
	}
	draft, err := s.store.revisionHead(ctx, n.DraftRevision)
	if err != nil {
		return err
	}
	if err := s.store.seal(ctx, draft); err != nil { // or an autosave would still be of before
		return err
	}
	if err := s.store.saveNote(ctx, n); err != nil {
		return err
	}
	if n.Status == Published { // the search knows the issue's name
		r, text, err := s.store.revision(ctx, *n.LiveRevision)
		if err != nil {
			return err
		}
		if err := s.index(ctx, n, r, text); err != nil {
			return err
		}
	}
	return s.record(ctx, "note.placed", n, map[string]any{"issue": n.IssueID, "position": n.Position})
}
