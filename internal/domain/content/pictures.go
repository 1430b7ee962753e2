package content

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Pictures keeps account of where pictures are shown, in the transaction that
// saves the place. spot and of name the place; chosen is a cover, texts are
// Markdown.
type Pictures interface {
	Refer(ctx context.Context, spot string, of uuid.UUID, chosen *uuid.UUID, texts ...string) error
	// ReferFirst is Refer for a place that has shown nothing before.
	ReferFirst(ctx context.Context, spot string, of uuid.UUID, chosen *uuid.UUID, texts ...string) error
}

func (s *Desk) referNote(ctx context.Context, r *Revision, t revisionText, fresh bool) error {
	switch {
	case s.Pictures == nil:
		return nil
	case fresh:
		return s.Pictures.ReferFirst(ctx, "revision", r.ID, r.CoverID, t.Body)
	}
	return s.Pictures.Refer(ctx, "revision", r.ID, r.CoverID, t.Body)
}

func (s *Desk) referIssue(ctx context.Context, x *Issue) error {
	if s.Pictures == nil {
		return nil
	}
	return s.Pictures.Refer(ctx, "issue", x.ID, x.CoverID, x.Editorial)
}

// Forget drops every copy of what readers see, because something that is shown
// in it has changed.
func (l *Library) Forget() { l.drop("") }

// Showing is a note that shows something, by the revisions in which it does.
type Showing struct {
	Note     *Note
	Draft    bool  // in what is being worked on, unless readers see that very state
	Live     bool  // in what readers see
	Versions []int // that can be cited and are not live, newest first
	Earlier  int   // other revisions
}

// ShownBy tells which notes these revisions belong to and what they are there,
// the notes changed last first.
func (s *Desk) ShownBy(ctx context.Context, revisions []uuid.UUID) ([]*Showing, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	byNote := map[uuid.UUID]*Showing{}
	for part := range slices.Chunk(revisions, 500) {
		if err := s.shownBy(ctx, part, byNote); err != nil {
			return nil, err
		}
	}
	out := make([]*Showing, 0, len(byNote))
	for _, x := range byNote {
		slices.SortFunc(x.Versions, func(a, b int) int { return b - a })
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b *Showing) int { return b.Note.UpdatedAt.Compare(a.Note.UpdatedAt) })
	return out, nil
}

func (s *Desk) shownBy(ctx context.Context, revisions []uuid.UUID, byNote map[uuid.UUID]*Showing) error {
	notes, owner, err := s.store.ownersOf(ctx, revisions)
	if err != nil {
		return err
	}
	versions, err := s.store.versionsOf(ctx, revisions)
	if err != nil {
		return err
	}
	for _, id := range revisions {
		n := notes[owner[id]]
		if n == nil {
			continue
		}
		x := byNote[n.ID]
		if x == nil {
			x = &Showing{Note: n}
			byNote[n.ID] = x
		}
		x.add(id, versions[id])
	}
	return nil
}

func (x *Showing) add(revision uuid.UUID, versions []int) {
	live := x.Note.LiveRevision != nil && *x.Note.LiveRevision == revision && !x.Note.withdrawn()
	draft := x.Note.DraftRevision == revision && !live
	x.Live, x.Draft = x.Live || live, x.Draft || draft
	for _, v := range versions {
		if !live || v != x.Note.LiveVersion {
			x.Versions = append(x.Versions, v)
		}
	}
	if !live && !draft && len(versions) == 0 {
		x.Earlier++
	}
}

// NotesByID gives staff several notes at once; what is not there is not in the
// map.
func (s *Desk) NotesByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Note, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.store.notesByID(ctx, ids)
}
