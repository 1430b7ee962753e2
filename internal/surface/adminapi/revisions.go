package adminapi

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
)

// Revision is one saved state of a note, without its text.
type Revision struct {
	Number    int       `json:"number"`
	Title     string    `json:"title"`
	Words     int       `json:"words"`
	Why       string    `json:"why,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	CreatedBy string    `json:"created_by"`
	Live      bool      `json:"live" doc:"Readers see this one"`
}

// Version is what readers saw from one moment on.
type Version struct {
	Version     int       `json:"version"`
	Revision    int       `json:"revision"`
	Change      string    `json:"change" enum:",silent,minor,major" doc:"Empty for the first"`
	Notice      string    `json:"notice,omitempty"`
	PublishedAt time.Time `json:"published_at"`
	PublishedBy Person    `json:"published_by"`
	URL         string    `json:"url"`
	Live        bool      `json:"live" doc:"Readers see this one"`
}

type versionsOutput struct {
	Body struct {
		Versions []Version `json:"versions"`
	}
}

func (s *service) listVersions(ctx context.Context, in *NoteID) (*versionsOutput, error) {
	note, list, err := s.Desk.Versions(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var out versionsOutput
	out.Body.Versions = make([]Version, len(list))
	for i, v := range list {
		out.Body.Versions[i] = Version{
			Version: v.Number, Revision: v.Revision, Change: string(v.Change), Notice: v.Notice, PublishedAt: v.PublishedAt, PublishedBy: personOf(v.By()),
			URL: fmt.Sprintf("%s/notes/%s/v/%d", s.BaseURL, note.Slug, v.Number), Live: v.Number == note.LiveVersion && note.Status == content.Published,
		}
	}
	return &out, nil
}

// RevisionText is one saved state with its text.
type RevisionText struct {
	Revision
	Abstract string `json:"abstract"`
	Body     string `json:"body"`
}

func (s *service) revisions() {
	add(s, route{method: http.MethodGet, path: "/notes/{id}/revisions", id: "list-revisions", tag: "Notes", need: actor.NotesRead,
		summary: "List the saved states of a note", text: "Newest first. A revision never changes."}, s.listRevisions)
	add(s, route{method: http.MethodGet, path: "/notes/{id}/revisions/{number}", id: "get-revision", tag: "Notes", need: actor.NotesRead,
		summary: "Get one saved state"}, s.getRevision)
	add(s, route{method: http.MethodGet, path: "/notes/{id}/versions", id: "list-versions", tag: "Notes", need: actor.NotesRead,
		summary: "List what readers saw", text: "Newest first. Each can be cited at its address as long as the note is not retracted."}, s.listVersions)
}

type listRevisionsOutput struct {
	Body struct {
		Revisions []Revision `json:"revisions"`
	}
}

func (s *service) listRevisions(ctx context.Context, in *NoteID) (*listRevisionsOutput, error) {
	view, err := s.Desk.Draft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	revs, err := s.Desk.Revisions(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var out listRevisionsOutput
	out.Body.Revisions = make([]Revision, len(revs))
	for i, r := range revs {
		out.Body.Revisions[i] = revisionOf(view.Note, r)
	}
	return &out, nil
}

func revisionOf(n *content.Note, r *content.Revision) Revision {
	return Revision{
		Number: r.Number, Title: r.Title, Words: r.Words, Why: r.Why, CreatedAt: r.CreatedAt, CreatedBy: r.CreatedByName,
		Live: n.LiveRevision != nil && *n.LiveRevision == r.ID,
	}
}

type getRevisionInput struct {
	NoteID
	Number int `path:"number" minimum:"1"`
}

type revisionOutput struct{ Body RevisionText }

func (s *service) getRevision(ctx context.Context, in *getRevisionInput) (*revisionOutput, error) {
	v, err := s.Desk.Revision(ctx, in.ID, in.Number)
	if err != nil {
		return nil, err
	}
	return &revisionOutput{RevisionText{revisionOf(v.Note, v.Revision), v.Revision.Abstract, v.Body}}, nil
}
