package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// MediaFile is a file of the library: a picture, or one attached to a note.
type MediaFile struct {
	Kind       string      `json:"kind" enum:"picture,pdf,sheet,data"`
	ID         string      `json:"id" format:"uuid"`
	Picture    *Picture    `json:"picture,omitempty"`
	Attachment *Attachment `json:"attachment,omitempty"`
	Note       *Place      `json:"note,omitempty" doc:"That the file is attached to"`
	CreatedAt  time.Time   `json:"created_at"`
	CreatedBy  string      `json:"created_by,omitempty"`
}

// MediaFolder is a folder of the library.
type MediaFolder struct {
	ID       string `json:"id" format:"uuid"`
	Parent   string `json:"parent,omitempty" format:"uuid" doc:"Absent at the top"`
	Name     string `json:"name"`
	Pictures int    `json:"pictures" doc:"Directly in it" etag:"-"`
}

// FolderFields say how a folder is called and where it lies.
type FolderFields struct {
	Name   string `json:"name" minLength:"1" maxLength:"80"`
	Parent string `json:"parent,omitempty" maxLength:"36" doc:"Id of the folder it lies in; nothing for the top"`
}

type (
	mediaInput struct {
		PicturesQuery
		Kind string `query:"kind" enum:"picture,pdf,sheet,data"`
	}
	mediaOutput struct {
		Body struct {
			Files []MediaFile `json:"files"`
			Next  string      `json:"next,omitempty"`
		}
	}
	foldersOutput struct {
		Body struct {
			Folders []MediaFolder `json:"folders" doc:"All, by name"`
			Loose   int           `json:"loose" doc:"Pictures in no folder"`
		}
	}
	folderOutput struct{ Body MediaFolder }
	// FolderID names a folder.
	FolderID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	makeFolderInput   struct{ Body FolderFields }
	changeFolderInput struct {
		FolderID
		Body FolderFields
	}
	removeFolderInput struct {
		FolderID
		Contents string `query:"contents" enum:"refuse,up" default:"refuse" doc:"What becomes of what is in it: up moves it to where the folder lies"`
	}
)

func (s *service) library() {
	const tag = "Pictures"
	add(s, route{method: http.MethodGet, path: "/media", id: "list-media", tag: tag, need: actor.NotesRead,
		summary: "List files of all kinds", text: "Pictures, and the files attached to notes. Folders and unused are about pictures alone."}, s.listMedia)
	add(s, route{method: http.MethodGet, path: "/media-folders", id: "list-media-folders", tag: tag, need: actor.NotesRead,
		summary: "List the folders of the library"}, s.listFolders)
	add(s, route{method: http.MethodPost, path: "/media-folders", id: "make-media-folder", tag: tag, need: actor.MediaWrite, status: http.StatusCreated,
		summary: "Make a folder"}, func(ctx context.Context, in *makeFolderInput) (*folderOutput, error) {
		fields, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		return folderAnswer(s.Media.MakeFolder(ctx, fields))
	})
	add(s, route{method: http.MethodPut, path: "/media-folders/{id}", id: "change-media-folder", tag: tag, need: actor.MediaWrite,
		summary: "Rename or move a folder"}, func(ctx context.Context, in *changeFolderInput) (*folderOutput, error) {
		fields, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		return folderAnswer(s.Media.ChangeFolder(ctx, in.ID, fields))
	})
	add(s, route{method: http.MethodDelete, path: "/media-folders/{id}", id: "delete-media-folder", tag: tag, need: actor.MediaWrite, status: http.StatusNoContent,
		summary: "Delete a folder", text: "One that is not empty is refused with the code folder_not_empty, unless its contents are to move up. No picture is ever deleted by this."}, func(ctx context.Context, in *removeFolderInput) (*None, error) {
		return &None{}, s.Media.RemoveFolder(ctx, in.ID, in.Contents == "up")
	})
}

func (in *PicturesQuery) query() (media.Query, error) {
	q := media.Query{After: in.Cursor, Limit: in.Limit, Words: in.Words, Unused: in.Unused, Order: media.Order(in.Sort), Reverse: in.Reverse}
	if q.Loose = in.Folder == "none"; q.Loose {
		return q, nil
	}
	var err error
	q.Folder, err = folderOf(in.Folder)
	return q, err
}

// folderOf reads the id of a folder; nothing is none.
func folderOf(text string) (*uuid.UUID, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // no folder
	}
	id, err := uuid.Parse(text)
	if err != nil {
		var f fault.Fields
		f.Add("/folder", "unknown", "There is no such folder.")
		return nil, f.Err()
	}
	return &id, nil
}

func (f *FolderFields) input() (media.FolderInput, error) {
	parent, err := folderOf(f.Parent)
	return media.FolderInput{Name: f.Name, Parent: parent}, err
}

func mediaFolderOf(f *media.Folder) MediaFolder {
	out := MediaFolder{ID: f.ID.String(), Name: f.Name, Pictures: f.Pictures}
	if f.ParentID != nil {
		out.Parent = f.ParentID.String()
	}
	return out
}

func folderAnswer(f *media.Folder, err error) (*folderOutput, error) {
	if err != nil {
		return nil, err
	}
	return &folderOutput{mediaFolderOf(f)}, nil
}

func (s *service) listFolders(ctx context.Context, _ *None) (*foldersOutput, error) {
	all, loose, err := s.Media.Folders(ctx)
	if err != nil {
		return nil, err
	}
	var out foldersOutput
	out.Body.Loose, out.Body.Folders = loose, make([]MediaFolder, len(all))
	for i, f := range all {
		out.Body.Folders[i] = mediaFolderOf(f)
	}
	return &out, nil
}

func (s *service) listMedia(ctx context.Context, in *mediaInput) (*mediaOutput, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	q.Kind = media.Kind(in.Kind)
	page, err := s.Media.Library(ctx, q)
	if err != nil {
		return nil, err
	}
	var out mediaOutput
	out.Body.Next, out.Body.Files = page.Next, make([]MediaFile, len(page.Entries))
	for i, e := range page.Entries {
		out.Body.Files[i] = s.fileOf(e)
	}
	return &out, nil
}

func (s *service) fileOf(e media.Entry) MediaFile {
	if e.Item != nil {
		p := pictureOf(e.Item)
		return MediaFile{Kind: string(media.Pictures), ID: p.ID, Picture: &p, CreatedAt: p.CreatedAt, CreatedBy: p.CreatedBy}
	}
	a := s.attachmentOf(e.Attachment)
	out := MediaFile{Kind: string(media.KindOf(e.Attachment)), ID: a.ID, Attachment: &a, CreatedAt: a.CreatedAt, CreatedBy: e.Attachment.CreatedByName}
	if e.Note != nil {
		n := placeOf(*e.Note)
		out.Note = &n
	}
	return out
}
