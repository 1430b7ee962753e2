package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/surface/transfer"
)

// cabinet lets imports and exports keep and take the files beside notes.
type cabinet struct{ shelf *media.Shelf }

// Take gives the files of a note with their content.
func (c cabinet) Take(ctx context.Context, note uuid.UUID) ([]transfer.File, error) {
	all, err := c.shelf.DeskAttached(ctx, note)
	if err != nil {
		return nil, err
	}
	out := make([]transfer.File, len(all))
	for i, a := range all {
		content, err := c.content(ctx, a)
		if err != nil {
			return nil, err
		}
		out[i] = transfer.File{Name: a.Filename, Title: a.Title, Access: string(a.Access), Content: content}
	}
	return out, nil
}

func (c cabinet) content(ctx context.Context, a *media.Attachment) ([]byte, error) {
	f, err := c.shelf.DeskOpenAttachment(ctx, a.NoteID, a.ID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("attachment %s: %w", a.ID, err)
	}
	return content, nil
}

// Keep puts a file beside a note. One of the same name gets the content and
// what is said of it, so that an import that comes twice makes no doubles.
func (c cabinet) Keep(ctx context.Context, note uuid.UUID, f transfer.File, kept []uuid.UUID) (uuid.UUID, bool, error) {
	in := media.AttachmentInput{Title: f.Title, Access: media.Audience(f.Access)}
	if err := in.Validate(); err != nil {
		return uuid.Nil, false, err
	}
	all, err := c.shelf.DeskAttached(ctx, note)
	if err != nil {
		return uuid.Nil, false, err
	}
	name := media.AttachedName(f.Name, f.Content)
	for _, a := range all {
		if a.Filename == name && !slices.Contains(kept, a.ID) {
			changed, err := c.change(ctx, a, f, in)
			return a.ID, changed, err
		}
	}
	a, err := c.shelf.Attach(ctx, note, media.Upload{Filename: f.Name, Body: bytes.NewReader(f.Content)}, in)
	if err != nil {
		return uuid.Nil, false, err
	}
	return a.ID, true, nil
}

// Arrange puts the files of a note in this order; the others stay behind them
// as they stood.
func (c cabinet) Arrange(ctx context.Context, note uuid.UUID, kept []uuid.UUID) error {
	all, err := c.shelf.DeskAttached(ctx, note)
	if err != nil {
		return err
	}
	order := slices.Clone(kept)
	there := make([]uuid.UUID, len(all))
	for i, a := range all {
		if there[i] = a.ID; !slices.Contains(kept, a.ID) {
			order = append(order, a.ID)
		}
	}
	if slices.Equal(order, there) {
		return nil
	}
	_, err = c.shelf.ArrangeAttachments(ctx, note, order)
	return err
}

func (c cabinet) change(ctx context.Context, a *media.Attachment, f transfer.File, in media.AttachmentInput) (changed bool, err error) {
	there, err := c.content(ctx, a)
	if err != nil {
		return false, err
	}
	if !bytes.Equal(there, f.Content) {
		if _, err := c.shelf.ReplaceAttachment(ctx, a.NoteID, a.ID, media.Upload{Filename: f.Name, Body: bytes.NewReader(f.Content)}); err != nil {
			return false, err
		}
		changed = true
	}
	if in.Title != "" && in.Title != a.Title || in.Access != a.Access {
		_, err = c.shelf.DescribeAttachment(ctx, a.NoteID, a.ID, in)
		changed = true
	}
	return changed, err
}
