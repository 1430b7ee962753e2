package memberapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
)

// KeptLibrary is what a member keeps for themselves, and what is remembered of
// their reading.
type KeptLibrary struct {
	Remembers bool         `json:"remembers" doc:"Whether what is read is remembered"`
	VisitedOn string       `json:"visited_on,omitempty" doc:"The last day the member was here"`
	BeforeOn  string       `json:"visited_before_on,omitempty"`
	Folders   []Folder     `json:"folders"`
	Saved     []SavedNote  `json:"saved"`
	Read      []ReadNote   `json:"read"`
	Follows   []Followed   `json:"follows"`
	FeedSince *time.Time   `json:"feed_since,omitempty" doc:"When the secret address of the own feed was made"`
	Shares    []SharedNote `json:"shares"`
}

// Folder is one of the member's own.
type Folder struct {
	ID    string `json:"id" format:"uuid"`
	Name  string `json:"name"`
	Notes int    `json:"notes"`
}

// SavedNote is a note that is kept for later. Who may not read it on has its
// title and abstract all the same, as everybody.
type SavedNote struct {
	Note     string    `json:"note" format:"uuid"`
	Slug     string    `json:"slug,omitempty" doc:"Absent when the note was withdrawn"`
	Title    string    `json:"title,omitempty"`
	Abstract string    `json:"abstract,omitempty"`
	Folder   string    `json:"folder,omitempty" format:"uuid"`
	SavedAt  time.Time `json:"saved_at"`
}

// ReadNote is a note that was opened in full.
type ReadNote struct {
	Note    string    `json:"note" format:"uuid"`
	Slug    string    `json:"slug,omitempty" doc:"Absent when the note was withdrawn"`
	Title   string    `json:"title,omitempty"`
	Version int       `json:"version" doc:"That was opened last"`
	FirstAt time.Time `json:"first_at"`
	LastAt  time.Time `json:"last_at"`
	Percent int       `json:"percent" doc:"How far they came"`
	Block   int       `json:"paragraph,omitempty" doc:"Where they stopped, counted from 1"`
}

// Followed is a topic, an author or a series.
type Followed struct {
	Kind  string    `json:"kind" enum:"topic,author,series"`
	ID    string    `json:"id" format:"uuid"`
	Slug  string    `json:"slug,omitempty"`
	Since time.Time `json:"since"`
}

// SharedNote is a note that others were let read by a link.
type SharedNote struct {
	ID       string         `json:"id" format:"uuid"`
	Note     string         `json:"note" format:"uuid"`
	MadeAt   time.Time      `json:"made_at"`
	Expires  time.Time      `json:"expires_at"`
	Revoked  *time.Time     `json:"revoked_at,omitempty"`
	Most     int            `json:"most" doc:"In how many browsers it may be opened"`
	Openings []ShareOpening `json:"openings"`
}

// ShareOpening is a browser in which a shared note was opened.
type ShareOpening struct {
	At      time.Time `json:"at"`
	Network string    `json:"network,omitempty" example:"203.0.113.0/24" doc:"Roughly from where"`
}

// keepLibrary puts all of it into the member's file.
func (s *service) keepLibrary(ctx context.Context, member uuid.UUID, doc *Kept) (err error) {
	if s.Reading == nil {
		return nil
	}
	l := &doc.Library
	habits, err := s.Reading.Habits(ctx, member)
	if err != nil {
		return err
	}
	l.Remembers, l.VisitedOn, l.BeforeOn = !habits.Forgetful, habits.VisitedOn, habits.BeforeOn
	if l.Folders, err = s.foldersOf(ctx, member); err != nil {
		return err
	}
	if l.Saved, err = every(func(after string) ([]SavedNote, string, error) { return s.savedOf(ctx, member, uuid.Nil, after, 0) }); err != nil {
		return err
	}
	if l.Read, err = every(func(after string) ([]ReadNote, string, error) { return s.readOf(ctx, member, after, 0) }); err != nil {
		return err
	}
	if l.Follows, err = s.followsOf(ctx, member); err != nil {
		return err
	}
	feed, err := s.Reading.Feed(ctx, member)
	if err != nil {
		return err
	}
	if feed != nil {
		l.FeedSince = &feed.MadeAt
	}
	l.Shares, err = s.sharesOf(ctx, member)
	return err
}

// every collects the pages of a list.
func every[T any](page func(after string) ([]T, string, error)) ([]T, error) {
	all := []T{}
	for after := ""; ; {
		some, next, err := page(after)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if after = next; next == "" {
			return all, nil
		}
	}
}

func (s *service) foldersOf(ctx context.Context, member uuid.UUID) ([]Folder, error) {
	all, err := s.Reading.Folders(ctx, member)
	out := make([]Folder, len(all))
	for i, f := range all {
		out[i] = Folder{f.ID.String(), f.Name, f.Notes}
	}
	return out, err
}

func (s *service) savedOf(ctx context.Context, member, folder uuid.UUID, after string, limit int) ([]SavedNote, string, error) {
	rows, next, err := s.Reading.Kept(ctx, member, folder, after, limit)
	if err != nil {
		return nil, "", err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.NoteID
	}
	known, err := s.Library.ByID(ctx, ids...)
	out := make([]SavedNote, len(rows))
	for i, r := range rows {
		out[i] = SavedNote{Note: r.NoteID.String(), SavedAt: r.SavedAt}
		if n := known[r.NoteID]; n != nil {
			out[i].Slug, out[i].Title, out[i].Abstract = n.Slug, n.Title, n.Abstract
		}
		if r.FolderID != nil {
			out[i].Folder = r.FolderID.String()
		}
	}
	return out, next, err
}

func (s *service) readOf(ctx context.Context, member uuid.UUID, after string, limit int) ([]ReadNote, string, error) {
	rows, next, err := s.Reading.History(ctx, member, after, limit)
	if err != nil {
		return nil, "", err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.NoteID
	}
	known, err := s.Library.ByID(ctx, ids...)
	out := make([]ReadNote, len(rows))
	for i, r := range rows {
		out[i] = ReadNote{Note: r.NoteID.String(), Version: r.Version, FirstAt: r.FirstAt, LastAt: r.LastAt, Percent: r.Percent, Block: r.Block}
		if n := known[r.NoteID]; n != nil {
			out[i].Slug, out[i].Title = n.Slug, n.Title
		}
	}
	return out, next, err
}

func (s *service) followsOf(ctx context.Context, member uuid.UUID) ([]Followed, error) {
	all, err := s.Reading.Follows(ctx, member)
	if err != nil {
		return nil, err
	}
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	slugs := map[uuid.UUID]string{}
	for _, t := range cat.Topics {
		slugs[t.ID] = t.Slug
	}
	for _, a := range cat.Authors {
		slugs[a.ID] = a.Slug
	}
	for _, x := range cat.Series {
		slugs[x.ID] = x.Slug
	}
	out := make([]Followed, len(all))
	for i, f := range all {
		out[i] = Followed{string(f.Kind), f.SubjectID.String(), slugs[f.SubjectID], f.Since}
	}
	return out, nil
}

// mostShares is how many shares are listed: more than a year of the most that
// an owner can allow.
const mostShares = 1500

func (s *service) sharesOf(ctx context.Context, member uuid.UUID) ([]SharedNote, error) {
	all, err := s.Reading.SharesOf(ctx, member, mostShares)
	out := make([]SharedNote, len(all))
	for i := range all {
		out[i] = sharedNote(&all[i])
	}
	return out, err
}

func sharedNote(x *library.Shared) SharedNote {
	out := SharedNote{ID: x.ID.String(), Note: x.NoteID.String(), MadeAt: x.MadeAt, Expires: x.ExpiresAt, Revoked: x.RevokedAt, Most: x.Most, Openings: []ShareOpening{}}
	for _, o := range x.Openings {
		out.Openings = append(out.Openings, ShareOpening{o.At, o.Network})
	}
	return out
}
