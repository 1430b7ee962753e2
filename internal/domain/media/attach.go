package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"path"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Notes guards the notes that files are attached to.
type Notes interface {
	// ChangeBeside says whether the actor may change what hangs on a note, keeps
	// other such changes away until the transaction ends, and lets readers'
	// copies of the note go.
	ChangeBeside(ctx context.Context, note uuid.UUID) error
}

// Attach puts a file beside a note, after those that are there.
func (s *Shelf) Attach(ctx context.Context, note uuid.UUID, file Upload, in AttachmentInput) (*Attachment, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, err
	}
	a, raw, err := s.receive(ctx, note, file, in)
	if err != nil {
		return nil, err
	}
	// The file comes before its row. Without the row a daily job removes it.
	if err := s.Files.Put(ctx, a.key(), bytes.NewReader(raw), a.Bytes, a.ContentType); err != nil {
		return nil, err
	}
	err = s.beside(ctx, note, func(ctx context.Context, there []*Attachment) error {
		if len(there) >= MaxAttachments {
			return errTooMany
		}
		if len(there) > 0 {
			a.Position = there[len(there)-1].Position + 1
		}
		return s.store.insertAttachment(ctx, a)
	}, "attachment.added", a)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// receive reads a file and finds out what it is.
func (s *Shelf) receive(ctx context.Context, note uuid.UUID, file Upload, in AttachmentInput) (*Attachment, []byte, error) {
	if err := file.Validate(); err != nil {
		return nil, nil, err
	}
	if err := in.Validate(); err != nil {
		return nil, nil, err
	}
	raw, err := file.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	kind, err := typeOf(raw)
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(raw)
	a := &Attachment{
		ID: db.NewID(), NoteID: note, Filename: kind.fit(file.Filename), ContentType: kind.contentType,
		Bytes: int64(len(raw)), SHA256: sum[:], Access: in.Access, CreatedAt: s.Clock.Now(), Stored: db.NewID(),
	}
	a.CreatedBy, a.CreatedByName = me(ctx)
	a.describe(in)
	return a, raw, nil
}

// AttachedName is the name that a file of this name and content bears beside a
// note.
func AttachedName(name string, content []byte) string {
	kind, err := typeOf(content)
	if err != nil {
		return name
	}
	return kind.fit(cleanName(name))
}

// describe is the change behind DescribeAttachment.
func (a *Attachment) describe(in AttachmentInput) {
	a.Title, a.Access = in.Title, in.Access
	if a.Title == "" {
		a.Title = strings.TrimSuffix(a.Filename, path.Ext(a.Filename))
	}
	a.Words, a.NameKey = folded(a.Filename+" "+a.Title), folded(a.Filename)
}

// DescribeAttachment changes what an attachment is called and who may have it.
func (s *Shelf) DescribeAttachment(ctx context.Context, note, id uuid.UUID, in AttachmentInput) (*Attachment, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	return s.changeAttachment(ctx, note, id, "attachment.changed", func(a *Attachment) error {
		a.describe(in)
		return nil
	})
}

// Detach takes a file away from a note; it is gone for readers at once.
func (s *Shelf) Detach(ctx context.Context, note, id uuid.UUID) error {
	now := s.Clock.Now()
	_, err := s.changeAttachment(ctx, note, id, "attachment.removed", func(a *Attachment) error {
		a.DeletedAt = &now
		return nil
	})
	return err
}

func (s *Shelf) changeAttachment(ctx context.Context, note, id uuid.UUID, verb string, change func(*Attachment) error) (*Attachment, error) {
	a := &Attachment{}
	err := s.beside(ctx, note, func(ctx context.Context, there []*Attachment) error {
		for _, one := range there {
			if one.ID == id {
				*a = *one
				if err := change(a); err != nil {
					return err
				}
				return s.store.updateAttachment(ctx, a)
			}
		}
		return errNoAttachment
	}, verb, a)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// errOtherFile is for a file that would make another promise than its name.
var errOtherFile = fault.New(fault.Conflict, "attachment_other_type", "The new file is of another type. Take the old one away and attach the new one instead.")

// ReplaceAttachment gives an attachment another file of the same type, under
// the same address and name. Readers get it at once; the old file is removed
// by the daily job.
func (s *Shelf) ReplaceAttachment(ctx context.Context, note, id uuid.UUID, file Upload) (*Attachment, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, err
	}
	fresh, raw, err := s.receive(ctx, note, file, AttachmentInput{})
	if err != nil {
		return nil, err
	}
	if err := s.Files.Put(ctx, fresh.key(), bytes.NewReader(raw), fresh.Bytes, fresh.ContentType); err != nil {
		return nil, err
	}
	return s.changeAttachment(ctx, note, id, "attachment.replaced", func(a *Attachment) error {
		if a.ContentType != fresh.ContentType {
			return errOtherFile
		}
		a.Bytes, a.SHA256, a.Stored = fresh.Bytes, fresh.SHA256, fresh.Stored
		return nil
	})
}

// ArrangeAttachments puts the files of a note in this order. It takes them all.
func (s *Shelf) ArrangeAttachments(ctx context.Context, note uuid.UUID, order []uuid.UUID) ([]*Attachment, error) {
	var out []*Attachment
	err := s.beside(ctx, note, func(ctx context.Context, there []*Attachment) error {
		byID := map[uuid.UUID]*Attachment{}
		for _, a := range there {
			byID[a.ID] = a
		}
		if len(order) != len(there) {
			return errOrder
		}
		for i, id := range order {
			a := byID[id]
			if a == nil {
				return errOrder
			}
			delete(byID, id)
			a.Position = i
			if err := s.store.updateAttachment(ctx, a); err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	}, "attachment.arranged", &Attachment{NoteID: note})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// beside changes the files of a note while nobody else does.
func (s *Shelf) beside(ctx context.Context, note uuid.UUID, do func(ctx context.Context, there []*Attachment) error, verb string, a *Attachment) error {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		// Before the note's own news: whoever makes its page anew then finds no
		// old list to make it from.
		if err := s.DB.Announce(ctx, topicAttached, note.String()); err != nil {
			return err
		}
		if err := s.Notes.ChangeBeside(ctx, note); err != nil {
			return err
		}
		there, err := s.store.attachmentsNow(ctx, note)
		if err != nil {
			return err
		}
		if err := do(ctx, there); err != nil {
			return err
		}
		return s.recordAttachment(ctx, verb, a)
	})
}

// recordAttachment journals a change under the note it belongs to. The title
// may stand behind an embargo, so only staff's journal names the file.
func (s *Shelf) recordAttachment(ctx context.Context, verb string, a *Attachment) error {
	payload := map[string]any{"note": a.NoteID.String()}
	if a.Filename != "" {
		payload["filename"], payload["access"] = a.Filename, a.Access
	}
	id := a.ID
	if id == uuid.Nil {
		id = a.NoteID
	}
	return s.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "attachment", ID: id.String(), Payload: payload})
}
