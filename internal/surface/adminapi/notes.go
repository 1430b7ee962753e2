package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

type noteOutput struct {
	ETag     string `header:"ETag" doc:"Send it in If-Match with the next change"`
	Location string `header:"Location"`
	Replayed string `header:"Idempotency-Replayed" doc:"true when the answer is that of an earlier request with the same Idempotency-Key"`
	Body     Note
}

// NoteID names a note. It is exported because huma does not look into embedded
// structs that are not.
type NoteID struct {
	ID uuid.UUID `path:"id" format:"uuid"`
}

func (s *service) notes() {
	const tag = "Notes"
	add(s, route{method: http.MethodGet, path: "/notes", id: "list-notes", tag: tag, need: actor.NotesRead,
		summary: "List notes", text: "Last changed first, unless sorted otherwise. A filter that names nothing there is, or that is not known, is 422."}, s.listNotes)
	add(s, route{method: http.MethodPost, path: "/notes", id: "create-note", tag: tag, need: actor.NotesWrite, status: http.StatusCreated,
		summary: "Create a note", text: "Makes a draft. With an Idempotency-Key the same request can be sent again without making a second note."}, s.createNote)
	add(s, route{method: http.MethodGet, path: "/notes/{id}", id: "get-note", tag: tag, need: actor.NotesRead,
		summary: "Get a note with its working revision"}, s.getNote)
	add(s, route{method: http.MethodPatch, path: "/notes/{id}", id: "change-note", tag: tag, need: actor.NotesWrite,
		summary: "Change a note", text: "Saves a new revision of the draft; what readers see stays until it is published. Needs If-Match: 428 without, 412 when the note was changed in the meantime."}, s.changeNote)
	add(s, route{method: http.MethodPut, path: "/notes/{id}/publication", id: "publish-note", tag: tag, need: actor.NotesPublish,
		summary: "Publish the draft", text: "Of a note that readers see, this is an update: silent, minor or major. Publishing what is live already changes nothing. If-Match is checked when it is sent."}, s.publishNote)
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/publication", id: "retract-note", tag: tag, need: actor.NotesRetract,
		summary: "Retract a note", text: "Readers lose it at once; its address answers 410 with the reason."}, s.retractNote)
}

type createNoteInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"255" doc:"Any text of your own; a repeat within a day gets the first answer"`
	Body NoteFields
}

func (s *service) createNote(ctx context.Context, in *createNoteInput) (*noteOutput, error) {
	if in.Body.Title == nil {
		var f fault.Fields
		f.Required("/title", "")
		return nil, f.Err()
	}
	var input content.Input
	if err := in.Body.over(&input); err != nil {
		return nil, err
	}
	if in.Key == "" {
		view, err := s.Desk.Create(ctx, input)
		return s.made(view, err)
	}
	id, again, err := s.createOnce(ctx, "create-note "+actor.From(ctx).ID.String(), in.Key, in.Body, func(ctx context.Context) (uuid.UUID, error) {
		view, err := s.Desk.Create(ctx, input)
		if err != nil {
			return uuid.Nil, err
		}
		return view.Note.ID, nil
	})
	if err != nil {
		return nil, err
	}
	out, err := s.made(s.Desk.Draft(ctx, id))
	if err == nil && again {
		out.Replayed = "true"
	}
	return out, err
}

func (s *service) made(v *content.DraftView, err error) (*noteOutput, error) {
	out, err := s.note(v, err)
	if err == nil {
		out.Location = Prefix + "/notes/" + out.Body.ID
	}
	return out, err
}

func (s *service) note(v *content.DraftView, err error) (*noteOutput, error) {
	if err != nil {
		return nil, err
	}
	return &noteOutput{ETag: v.Note.ETag(), Body: s.noteOf(v)}, nil
}

func (s *service) getNote(ctx context.Context, in *NoteID) (*noteOutput, error) {
	return s.note(s.Desk.Draft(ctx, in.ID))
}

type changeNoteInput struct {
	NoteID
	IfMatch string `header:"If-Match" doc:"The ETag the change was made from"`
	Body    NoteFields
}

func (s *service) changeNote(ctx context.Context, in *changeNoteInput) (*noteOutput, error) {
	from, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	old, err := s.Desk.Draft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	input := old.Input()
	if err := in.Body.over(&input); err != nil {
		return nil, err
	}
	if from == 0 {
		// A change names only some fields, so it must not be laid over a draft
		// that somebody saves in between.
		from = old.Note.Version
	}
	return s.note(s.Desk.Save(ctx, in.ID, from, input))
}

type publishInput struct {
	NoteID
	IfMatch string `header:"If-Match"`
	Body    *struct {
		At     *time.Time `json:"at,omitempty" doc:"Date of a first publication that lies in the past, for notes that appeared elsewhere"`
		Change string     `json:"change,omitempty" enum:"silent,minor,major" doc:"Of an update; minor when left out"`
		Notice string     `json:"notice,omitempty" maxLength:"1000" doc:"With major: what was wrong and what is right now, in plain text for readers"`
	} `required:"false"`
}

func (s *service) publishNote(ctx context.Context, in *publishInput) (*noteOutput, error) {
	p := content.Publish{}
	var err error
	if in.IfMatch != "" {
		if p.Version, err = version(in.IfMatch); err != nil {
			return nil, err
		}
	}
	if in.Body != nil {
		set(&p.At, in.Body.At)
		p.Change, p.Notice = content.Change(in.Body.Change), in.Body.Notice
	}
	return s.note(s.Desk.Publish(ctx, in.ID, p))
}

type retractInput struct {
	NoteID
	IfMatch string `header:"If-Match"`
	Reason  string `query:"reason" maxLength:"500" doc:"Shown to readers at the note's address"`
}

func (s *service) retractNote(ctx context.Context, in *retractInput) (*noteOutput, error) {
	var from int64
	var err error
	if in.IfMatch != "" {
		if from, err = version(in.IfMatch); err != nil {
			return nil, err
		}
	}
	return s.note(s.Desk.Retract(ctx, in.ID, from, in.Reason))
}
