package adminapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// NoteFilter is what notes can be found by. It is exported because huma does
// not look into embedded structs that are not.
type NoteFilter struct {
	Status   string    `query:"status" enum:"draft,in_review,scheduled,published,retracted,archived,any" doc:"Left out: all but archived ones"`
	Kind     string    `query:"kind" enum:"newsletter,research-note,perspective,forecast,data"`
	Gate     string    `query:"gate" enum:"public,members,paid,plans"`
	Series   string    `query:"series" maxLength:"96" doc:"Slug"`
	Issue    string    `query:"issue" maxLength:"96" doc:"Slug; needs its series"`
	Topic    string    `query:"topic" maxLength:"96" doc:"Slug"`
	Author   string    `query:"author" maxLength:"96" doc:"Slug"`
	Words    string    `query:"q" maxLength:"100" doc:"Beginnings of words in title or abstract, drafts too; all must be there"`
	Title    string    `query:"title" maxLength:"100" doc:"Beginnings of words in the title, drafts too; all must be there"`
	Editor   string    `query:"editor" maxLength:"36" doc:"Saved at least once by this staff user; me is whoever asks"`
	From     time.Time `query:"changed_from" doc:"Last changed then or later"`
	To       time.Time `query:"changed_to" doc:"Last changed before"`
	Review   string    `query:"review" enum:"open,approved" doc:"In review, and not or already approved"`
	Reviewer string    `query:"reviewer" maxLength:"36" doc:"In review and given to this staff user, or to nobody in particular; me is whoever asks"`
}

type listNotesInput struct {
	NoteFilter
	Sort    string `query:"sort" enum:"changed,published,title" default:"changed" doc:"Newest first, those never published last; titles from A"`
	Reverse bool   `query:"reverse" doc:"The other way round"`
	Cursor  string `query:"cursor" maxLength:"2000" doc:"Only together with the sort it was given out for"`
	Limit   int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

// ListedNote is a note of the list with what it belongs to: for a note that
// readers see, as they see it.
type ListedNote struct {
	NoteSummary
	Series    *Ref      `json:"series,omitempty"`
	Issue     *Ref      `json:"issue,omitempty"`
	Authors   []Ref     `json:"authors"`
	Topics    []Ref     `json:"topics"`
	CreatedAt time.Time `json:"created_at"`
}

type listNotesOutput struct {
	Body struct {
		Notes []ListedNote `json:"notes"`
		Next  string       `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
	}
}

func (s *service) listNotes(ctx context.Context, in *listNotesInput) (*listNotesOutput, error) {
	f, err := in.NoteFilter.filter(ctx)
	if err != nil {
		return nil, err
	}
	f.Sort, f.Reverse, f.After, f.Limit = content.Sort(in.Sort), in.Reverse, in.Cursor, in.Limit
	notes, next, err := s.Desk.List(ctx, f)
	if err != nil {
		return nil, err
	}
	standing, err := s.Desk.Standings(ctx, notes...)
	if err != nil {
		return nil, err
	}
	there, err := s.Desk.Present(ctx, ids(notes)...)
	if err != nil {
		return nil, err
	}
	belong, err := s.Desk.Belongings(ctx, notes...)
	if err != nil {
		return nil, err
	}
	var out listNotesOutput
	out.Body.Next, out.Body.Notes = next, make([]ListedNote, len(notes))
	for i, n := range notes {
		out.Body.Notes[i] = listed(n, standing[n.ID], belong[n.ID])
		out.Body.Notes[i].Present = people(there[n.ID])
	}
	return &out, nil
}

func listed(n *content.Note, st content.Standing, b content.Belongings) ListedNote {
	out := ListedNote{NoteSummary: summaryOf(n, st), Authors: []Ref{}, Topics: []Ref{}, CreatedAt: n.CreatedAt}
	if b.Series != nil {
		out.Series = &Ref{b.Series.Slug, b.Series.Name}
	}
	if b.Issue != nil {
		out.Issue = &Ref{b.Issue.Slug, b.Issue.Label}
	}
	for _, a := range b.Authors {
		out.Authors = append(out.Authors, Ref{a.Slug, a.Name})
	}
	for _, t := range b.Topics {
		out.Topics = append(out.Topics, Ref{t.Slug, t.Name})
	}
	return out
}

func (in *NoteFilter) filter(ctx context.Context) (content.Filter, error) {
	f := content.Filter{
		Status: content.Status(in.Status), Kind: content.Kind(in.Kind), Gate: access.GateKind(in.Gate),
		Series: in.Series, Issue: in.Issue, Topic: in.Topic, Author: in.Author, Title: in.Title, Words: in.Words,
		ChangedFrom: in.From, Changed: in.To, Review: content.SubmissionState(in.Review),
	}
	switch in.Status {
	case "any":
		f.Status = ""
	case "":
		f.Unarchived = true
	}
	var bad fault.Fields
	f.Reviewer = colleague(ctx, &bad, "reviewer", in.Reviewer)
	f.Editor = colleague(ctx, &bad, "editor", in.Editor)
	return f, bad.Err()
}

// colleague reads a parameter that names a staff user.
func colleague(ctx context.Context, bad *fault.Fields, name, value string) uuid.UUID {
	switch value {
	case "":
		return uuid.Nil
	case "me":
		return actor.From(ctx).ID
	}
	id, err := uuid.Parse(value)
	bad.Check(err == nil && id != uuid.Nil, name, "bad_id", "me, or the id of a staff user.")
	return id
}

func ids(notes []*content.Note) []uuid.UUID {
	out := make([]uuid.UUID, len(notes))
	for i, n := range notes {
		out[i] = n.ID
	}
	return out
}
