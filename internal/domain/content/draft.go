package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Draft gives staff the working revision of a note with its whole text.
func (s *Desk) Draft(ctx context.Context, id uuid.UUID) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	note, err := s.store.note(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.at(ctx, note, note.DraftRevision)
}

func (s *Desk) at(ctx context.Context, note *Note, revision uuid.UUID) (*DraftView, error) {
	rev, text, err := s.store.revision(ctx, revision)
	if err != nil {
		return nil, err
	}
	return s.view(ctx, note, rev, text)
}

// DraftBySlug is Draft by the note's present address.
func (s *Desk) DraftBySlug(ctx context.Context, slug string) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	note, err := s.store.noteBySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	return s.at(ctx, note, note.DraftRevision)
}

// Live gives staff the revision that readers see now; a note that was never
// published has none.
func (s *Desk) Live(ctx context.Context, id uuid.UUID) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	note, err := s.store.note(ctx, id)
	if err != nil {
		return nil, err
	}
	if note.LiveRevision == nil {
		return nil, errNoNote
	}
	return s.at(ctx, note, *note.LiveRevision)
}

// Catalogue gives staff all series, issues, topics and authors as they are now.
func (s *Desk) Catalogue(ctx context.Context) (*Catalogue, error) { return s.store.catalogue(ctx) }

// Revisions lists the saved states of a note, newest first, without texts.
func (s *Desk) Revisions(ctx context.Context, id uuid.UUID) ([]*Revision, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	if _, err := s.store.note(ctx, id); err != nil {
		return nil, err
	}
	return s.store.revisions(ctx, id)
}

// Revision gives staff one saved state with its whole text.
func (s *Desk) Revision(ctx context.Context, id uuid.UUID, number int) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	note, err := s.store.note(ctx, id)
	if err != nil {
		return nil, err
	}
	rev, err := s.store.revisionID(ctx, id, number)
	if err != nil {
		return nil, err
	}
	return s.at(ctx, note, rev)
}

// Input is the input that would make this draft again; changes are laid over it.
func (v *DraftView) Input() Input {
	rev := v.Revision
	in := Input{
		Title: rev.Title, Slug: rev.Slug, Abstract: rev.Abstract, Body: v.Body, Kind: rev.Kind, Position: rev.Position,
		Gate: rev.Gate, GatePlans: rev.GatePlans, Cover: rev.CoverID, CoverAlt: rev.CoverAlt,
		SEOTitle: rev.SEOTitle, SEODescription: rev.SEODescription,
	}
	if v.Series != nil {
		in.Series = v.Series.Slug
	}
	if v.Issue != nil {
		in.Issue = v.Issue.Slug
	}
	for _, a := range v.Authors {
		in.Authors = append(in.Authors, a.Slug)
	}
	for _, t := range v.Topics {
		in.Topics = append(in.Topics, t.Slug)
	}
	return in
}
