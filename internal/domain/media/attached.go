package media

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/actor"
)

// topicAttached announces that the files of a note have changed.
const topicAttached = "attachments"

// Attached lists the files beside a note, in order. It says nothing about who
// may have them or see the note; the list is for those who see the note.
func (s *Shelf) Attached(ctx context.Context, note uuid.UUID) ([]*Attachment, error) {
	return s.attached.Get(ctx, note.String(), func(ctx context.Context) ([]*Attachment, error) {
		return s.store.attachments(ctx, note)
	})
}

// DeskAttached lists them for staff, drafts' files included.
func (s *Shelf) DeskAttached(ctx context.Context, note uuid.UUID) ([]*Attachment, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.store.attachments(ctx, note)
}

// DeskAttachment gives one file for staff, a draft's too.
func (s *Shelf) DeskAttachment(ctx context.Context, id uuid.UUID) (*Attachment, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.store.attachment(ctx, id)
}

// Gates knows what stands in front of a note.
type Gates interface {
	Gate(ctx context.Context, note uuid.UUID) (access.Gate, error)
}

// Gatekeeper decides.
type Gatekeeper interface {
	Decide(ctx context.Context, g access.Gate, r access.Reader) (access.Decision, error)
}

// OpenAttachment opens a file for a reader. It is the only way by which an
// attachment reaches one: the gate is that of its note at this moment, and the
// decision is made by the function that decides about the note's text. Beside
// a note that readers cannot see there is no file, whatever its audience.
func (s *Shelf) OpenAttachment(ctx context.Context, id uuid.UUID, r access.Reader) (*File, error) {
	a, err := s.store.attachment(ctx, id)
	if err != nil {
		return nil, err
	}
	gate, err := s.Gates.Gate(ctx, a.NoteID)
	if err != nil {
		return nil, err
	}
	gate = a.Gate(gate)
	d, err := s.Gatekeeper.Decide(ctx, gate, r)
	switch {
	case err != nil:
		return nil, err
	case d.Level() == access.Denied:
		return nil, errNoAttachment
	case !d.Full():
		return nil, errNoAccess
	}
	f, err := s.openAttached(ctx, a)
	if err == nil {
		f.Private = gate.Kind != access.Public
	}
	return f, err
}

// DeskOpenAttachment opens a file of this note for staff who may read drafts.
func (s *Shelf) DeskOpenAttachment(ctx context.Context, note, id uuid.UUID) (*File, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	a, err := s.store.attachment(ctx, id)
	if err != nil {
		return nil, err
	}
	if a.NoteID != note {
		return nil, errNoAttachment
	}
	return s.openAttached(ctx, a)
}

func (s *Shelf) openAttached(ctx context.Context, a *Attachment) (*File, error) {
	body, info, err := s.Files.Get(ctx, a.key())
	if err != nil {
		return nil, err
	}
	return &File{ReadSeekCloser: body, ContentType: a.ContentType, Size: info.Size, ETag: a.etag(), Name: a.Filename, Modified: a.CreatedAt, Private: true}, nil
}
