package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
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
func (c cabinet) Keep(ctx context.Context, note uuid.UUID, f transfer.File) (bool, error) {
	in := media.AttachmentInput{Title: f.Title, Access: media.Audience(f.Access)}
	if err := in.Validate(); err != nil {
		return false, err
	}
	all, err := c.shelf.DeskAttached(ctx, note)
	if err != nil {
		return false, err
	}
	for _, a := range all {
		if a.Filename == f.Name {
			return c.change(ctx, a, f, in)
		}
	}
	_, err = c.shelf.Attach(ctx, note, media.Upload{Filename: f.Name, Body: bytes.NewReader(f.Content)}, in)
	return err == nil, err
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

// Facts gives what the library says of a picture.
func (g gallery) Facts(ctx context.Context, id uuid.UUID) (f transfer.Facts, err error) {
	item, err := g.shelf.Item(ctx, id)
	if err != nil {
		return f, err
	}
	f.Alt, f.Caption = item.Alt, item.Caption
	if item.Focus != (media.Focus{X: 50, Y: 50}) {
		f.FocusX, f.FocusY = &item.Focus.X, &item.Focus.Y
	}
	all, _, err := g.shelf.Folders(ctx)
	byID := map[uuid.UUID]*media.Folder{}
	for _, folder := range all {
		byID[folder.ID] = folder
	}
	for at := item.FolderID; at != nil && byID[*at] != nil; at = byID[*at].ParentID {
		f.Folder = strings.TrimSuffix(byID[*at].Name+"/"+f.Folder, "/")
	}
	return f, err
}

// Order makes the library say so of a picture, with the folders that it takes.
func (g gallery) Order(ctx context.Context, id uuid.UUID, f transfer.Facts) error {
	now, err := g.Facts(ctx, id)
	if err != nil {
		return err
	}
	if f.Folder != "" && f.Folder != now.Folder {
		folder, err := g.folder(ctx, f.Folder)
		if err != nil {
			return err
		}
		if _, err := g.shelf.Move(ctx, id, folder); err != nil {
			return err
		}
	}
	if f.Alt != now.Alt || f.Caption != now.Caption {
		if _, err := g.shelf.Describe(ctx, id, media.Texts{Alt: f.Alt, Caption: f.Caption}); err != nil {
			return err
		}
	}
	focus := media.Focus{X: 50, Y: 50}
	if f.FocusX != nil && f.FocusY != nil {
		focus = media.Focus{X: *f.FocusX, Y: *f.FocusY}
	}
	if item, err := g.shelf.Item(ctx, id); err != nil || item.Focus == focus {
		return err
	}
	_, err = g.shelf.FocusOn(ctx, id, focus)
	return err
}

// folder finds a folder by the names on the way to it, and makes what is not
// there.
func (g gallery) folder(ctx context.Context, way string) (at *uuid.UUID, err error) {
	all, _, err := g.shelf.Folders(ctx)
	if err != nil {
		return nil, err
	}
next:
	for name := range strings.SplitSeq(way, "/") {
		for _, f := range all {
			if f.Name == name && (f.ParentID == nil) == (at == nil) && (at == nil || *f.ParentID == *at) {
				at = &f.ID
				continue next
			}
		}
		made, err := g.shelf.MakeFolder(ctx, media.FolderInput{Name: name, Parent: at})
		if err != nil {
			return nil, err
		}
		at, all = &made.ID, append(all, made)
	}
	if at == nil {
		return nil, fault.New(fault.Invalid, "folder_missing", "A folder has a name.")
	}
	return at, nil
}
