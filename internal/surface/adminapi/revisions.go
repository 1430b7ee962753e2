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
	Number       int        `json:"number"`
	Title        string     `json:"title"`
	Words        int        `json:"words"`
	Why          string     `json:"why,omitempty"`
	Name         string     `json:"name,omitempty" doc:"Given by hand"`
	CreatedAt    time.Time  `json:"created_at"`
	SavedAt      time.Time  `json:"saved_at" doc:"The last autosave in it"`
	CreatedBy    string     `json:"created_by"`
	CreatedByID  string     `json:"created_by_id,omitempty" format:"uuid"`
	Autosave     bool       `json:"autosave"`
	RestoredFrom int        `json:"restored_from,omitempty" doc:"Number of the revision it brought back"`
	Submitted    bool       `json:"submitted" doc:"Reviewers were asked about this one"`
	Approved     bool       `json:"approved"`
	Live         bool       `json:"live" doc:"Readers see this one"`
	LiveVersion  int        `json:"live_version,omitempty" doc:"Readers see it, or saw it, as this version"`
	PublishedAt  *time.Time `json:"published_at,omitempty"`
}

// RevisionText is one saved state with its text.
type RevisionText struct {
	Revision
	Abstract string `json:"abstract"`
	Body     string `json:"body"`
	HTML     string `json:"html"`
}

func (s *service) revisions() {
	add(s, route{method: http.MethodGet, path: "/notes/{id}/revisions", id: "list-revisions", tag: "Revisions", need: actor.NotesRead,
		summary: "List the saved states of a note", text: "Newest first. Autosaves of one person within five minutes are one revision; one that was named, submitted, scheduled or published never changes."}, s.listRevisions)
	add(s, route{method: http.MethodGet, path: "/notes/{id}/revisions/{number}", id: "get-revision", tag: "Revisions", need: actor.NotesRead,
		summary: "Get one saved state"}, s.getRevision)
	add(s, route{method: http.MethodPut, path: "/notes/{id}/revisions/{number}/name", id: "name-revision", of: "/notes/{id}/revisions/{number}", tag: "Revisions", need: actor.NotesWrite,
		summary: "Give a saved state a name", text: "An empty name takes it away. The note's version stays."}, s.nameRevision)
	add(s, route{method: http.MethodPost, path: "/notes/{id}/revisions/{number}/restoration", id: "restore-revision", tag: "Revisions", need: actor.NotesWrite,
		summary: "Bring a saved state back", text: "It becomes a new revision of the draft; those in between stay. Needs If-Match."}, s.restore)
	add(s, route{method: http.MethodGet, path: "/notes/{id}/comparison", id: "compare-revisions", tag: "Revisions", need: actor.NotesRead,
		summary: "Compare two saved states", text: "The source line by line with the words in them, and the rendered text block by block, side by side."}, s.compare)
	add(s, route{method: http.MethodGet, path: "/notes/{id}/versions", id: "list-versions", tag: "Notes", need: actor.NotesRead,
		summary: "List what readers saw", text: "Newest first. Each can be cited at its address as long as the note is not retracted."}, s.listVersions)
}

type listRevisionsOutput struct {
	Body struct {
		Revisions []Revision `json:"revisions"`
	}
}

func (s *service) listRevisions(ctx context.Context, in *NoteID) (*listRevisionsOutput, error) {
	note, history, err := s.Desk.History(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var out listRevisionsOutput
	out.Body.Revisions = make([]Revision, len(history))
	for i, e := range history {
		out.Body.Revisions[i] = revisionOf(note, e)
	}
	return &out, nil
}

func revisionOf(n *content.Note, e content.Entry) Revision {
	out := Revision{
		Number: e.Number, Title: e.Title, Words: e.Words, Why: e.Why, Name: e.Name, CreatedAt: e.CreatedAt, SavedAt: e.SavedAt, CreatedBy: e.CreatedByName,
		Autosave: e.Autosave, RestoredFrom: e.RestoredFrom, Submitted: e.Submitted, Approved: e.Approved,
		Live: n.LiveRevision != nil && *n.LiveRevision == e.ID,
	}
	if e.CreatedBy != nil {
		out.CreatedByID = e.CreatedBy.String()
	}
	if e.Version != nil {
		out.LiveVersion, out.PublishedAt = e.Version.Number, &e.Version.PublishedAt
	}
	return out
}

type getRevisionInput struct {
	NoteID
	Number int `path:"number" minimum:"1"`
}

type (
	revisionTextOutput struct{ Body RevisionText }
	revisionOutput     struct{ Body Revision }
	nameInput          struct {
		NoteID
		Number int `path:"number" minimum:"1"`
		Body   struct {
			Name string `json:"name" maxLength:"100"`
		}
	}
	restoreInput struct {
		NoteID
		Number  int    `path:"number" minimum:"1"`
		IfMatch string `header:"If-Match" doc:"The ETag of the note it is brought back into"`
		Body    *struct {
			Why string `json:"why,omitempty" maxLength:"500"`
		} `required:"false"`
	}
)

func (s *service) getRevision(ctx context.Context, in *getRevisionInput) (*revisionTextOutput, error) {
	v, err := s.Desk.Revision(ctx, in.ID, in.Number)
	if err != nil {
		return nil, err
	}
	note, history, err := s.Desk.History(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	e := content.Entry{Revision: v.Revision}
	for _, x := range history {
		if x.Number == in.Number {
			e = x
		}
	}
	return &revisionTextOutput{RevisionText{revisionOf(note, e), v.Revision.Abstract, v.Body, v.HTML}}, nil
}

func (s *service) nameRevision(ctx context.Context, in *nameInput) (*revisionOutput, error) {
	note, rev, err := s.Desk.NameRevision(ctx, in.ID, in.Number, in.Body.Name)
	if err != nil {
		return nil, err
	}
	return &revisionOutput{revisionOf(note, content.Entry{Revision: rev})}, nil
}

func (s *service) restore(ctx context.Context, in *restoreInput) (*noteOutput, error) {
	from, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	why := ""
	if in.Body != nil {
		why = in.Body.Why
	}
	return s.note(s.Desk.Restore(ctx, in.ID, from, in.Number, why))
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
