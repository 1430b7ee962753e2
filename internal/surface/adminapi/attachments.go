package adminapi

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Attachment is a file beside a note.
type Attachment struct {
	ID        string    `json:"id" format:"uuid"`
	Title     string    `json:"title"`
	Filename  string    `json:"filename"`
	Type      string    `json:"content_type"`
	Bytes     int64     `json:"bytes"`
	Access    string    `json:"access" enum:"note,public"`
	File      string    `json:"file" doc:"Where staff get it; readers get it at url"`
	URL       string    `json:"url" doc:"Where readers get it once the note is published"`
	CreatedAt time.Time `json:"created_at"`
}

type (
	// AttachmentID names a file of a note.
	AttachmentID struct {
		NoteID
		Attachment uuid.UUID `path:"attachment" format:"uuid"`
	}
	attachmentOutput  struct{ Body Attachment }
	attachmentsOutput struct {
		Body struct {
			Attachments []Attachment `json:"attachments"`
		}
	}
	attachInput struct {
		RawBody kit.Form[struct {
			File   huma.FormFile `form:"file" required:"true" doc:"PDF, XLSX without macros, or CSV in UTF-8; at most 20 MB"`
			Note   string        `form:"note" required:"true" doc:"Id of the note"`
			Title  string        `form:"title" required:"false" doc:"Everybody who sees the note reads it; without one the file's name is taken"`
			Access string        `form:"access" required:"false" doc:"note (the default): who may read the gated text; public: everybody"`
		}]
	}
	describeAttachmentInput struct {
		AttachmentID
		Body struct {
			Title  string `json:"title" maxLength:"200"`
			Access string `json:"access" enum:"note,public"`
		}
	}
	replaceAttachmentInput struct {
		Attachment uuid.UUID `path:"attachment" format:"uuid"`
		RawBody    kit.Form[struct {
			File huma.FormFile `form:"file" required:"true" doc:"Of the same type as the one that is there"`
			Note string        `form:"note" required:"true" doc:"Id of the note"`
		}]
	}
	arrangeAttachmentsInput struct {
		NoteID
		Body struct {
			Attachments []uuid.UUID `json:"attachments" maxItems:"20" doc:"All the note's files, in the new order"`
		}
	}
)

func (s *service) attachmentOf(a *media.Attachment) Attachment {
	return Attachment{
		ID: a.ID.String(), Title: a.Title, Filename: a.Filename, Type: a.ContentType, Bytes: a.Bytes, Access: string(a.Access), CreatedAt: a.CreatedAt,
		File: Prefix + "/notes/" + a.NoteID.String() + "/attachments/" + a.ID.String() + "/file", URL: s.BaseURL + a.Address(),
	}
}

func (s *service) attachments() {
	const tag = "Attachments"
	const past = "Beside a note that is past drafting this takes the right to publish, for readers see it at once."
	add(s, route{method: http.MethodGet, path: "/notes/{id}/attachments", id: "list-attachments", tag: tag, need: actor.NotesRead,
		summary: "List the files of a note", text: "In order."}, func(ctx context.Context, in *NoteID) (*attachmentsOutput, error) {
		return s.attachmentsAnswer(s.Media.DeskAttached(ctx, in.ID))
	})
	add(s, route{method: http.MethodPost, path: "/attachments", id: "attach-file", apart: true, tag: tag, need: actor.NotesWrite, status: http.StatusCreated, body: maxUpload,
		summary: "Attach a file to a note", text: "Its type is found by its content. " + past}, s.attach)
	add(s, route{method: http.MethodPut, path: "/attachments/{attachment}/file", id: "replace-attached-file", of: "/attachments/{attachment}", apart: true, tag: tag, need: actor.NotesWrite, body: maxUpload,
		summary: "Replace a file of a note", text: "Address, name and title stay; the type must stay, too. " + past}, s.replaceAttachment)
	add(s, route{method: http.MethodPut, path: "/notes/{id}/attachments", id: "arrange-attachments", tag: tag, need: actor.NotesWrite,
		summary: "Put the files of a note in order", text: past}, func(ctx context.Context, in *arrangeAttachmentsInput) (*attachmentsOutput, error) {
		return s.attachmentsAnswer(s.Media.ArrangeAttachments(ctx, in.ID, in.Body.Attachments))
	})
	add(s, route{method: http.MethodPut, path: "/notes/{id}/attachments/{attachment}", id: "describe-attachment", tag: tag, need: actor.NotesWrite,
		summary: "Change a file's title and who may have it", text: past}, func(ctx context.Context, in *describeAttachmentInput) (*attachmentOutput, error) {
		return s.attachmentAnswer(s.Media.DescribeAttachment(ctx, in.ID, in.Attachment, media.AttachmentInput{Title: in.Body.Title, Access: media.Audience(in.Body.Access)}))
	})
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/attachments/{attachment}", id: "detach-file", tag: tag, need: actor.NotesWrite, status: http.StatusNoContent,
		summary: "Take a file away from a note", text: past}, func(ctx context.Context, in *AttachmentID) (*None, error) {
		return &None{}, s.Media.Detach(ctx, in.ID, in.Attachment)
	})
	add(s, route{method: http.MethodGet, path: "/notes/{id}/attachments/{attachment}/file", id: "get-attached-file", replies: inFile("The file", "application/octet-stream"), tag: tag, need: actor.NotesRead,
		summary: "Get a file itself", text: "Also beside a draft."}, s.attachedFile)
}

func (s *service) attachmentAnswer(a *media.Attachment, err error) (*attachmentOutput, error) {
	if err != nil {
		return nil, err
	}
	return &attachmentOutput{s.attachmentOf(a)}, nil
}

func (s *service) attachmentsAnswer(all []*media.Attachment, err error) (*attachmentsOutput, error) {
	if err != nil {
		return nil, err
	}
	var out attachmentsOutput
	out.Body.Attachments = make([]Attachment, len(all))
	for i, a := range all {
		out.Body.Attachments[i] = s.attachmentOf(a)
	}
	return &out, nil
}

func (s *service) attach(ctx context.Context, in *attachInput) (*attachmentOutput, error) {
	form := &in.RawBody.Fields
	defer func() { _ = form.File.Close() }()
	note, err := noteOf(form.Note)
	if err != nil {
		return nil, err
	}
	return s.attachmentAnswer(s.Media.Attach(ctx, note, media.Upload{Filename: form.File.Filename, Body: form.File},
		media.AttachmentInput{Title: form.Title, Access: media.Audience(form.Access)}))
}

func noteOf(text string) (uuid.UUID, error) {
	id, err := uuid.Parse(text)
	if err != nil {
		var f fault.Fields
		f.Add("/note", "unknown", "There is no such note.")
		return uuid.Nil, f.Err()
	}
	return id, nil
}

func (s *service) replaceAttachment(ctx context.Context, in *replaceAttachmentInput) (*attachmentOutput, error) {
	form := &in.RawBody.Fields
	defer func() { _ = form.File.Close() }()
	note, err := noteOf(form.Note)
	if err != nil {
		return nil, err
	}
	return s.attachmentAnswer(s.Media.ReplaceAttachment(ctx, note, in.Attachment, media.Upload{Filename: form.File.Filename, Body: form.File}))
}

func (s *service) attachedFile(ctx context.Context, in *AttachmentID) (*huma.StreamResponse, error) {
	f, err := s.Media.DeskOpenAttachment(ctx, in.ID, in.Attachment)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(h huma.Context) {
		defer func() { _ = f.Close() }()
		h.SetHeader("Content-Type", f.ContentType)
		h.SetHeader("Content-Disposition", kit.Disposition("attachment", f.Name))
		_, _ = io.Copy(h.BodyWriter(), f) // a failed write is the client's loss
	}}, nil
}
