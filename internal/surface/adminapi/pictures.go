package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/surface/kit"
)

// Picture is an uploaded picture.
type Picture struct {
	ID        string    `json:"id" format:"uuid"`
	URL       string    `json:"url" doc:"Use it in a note's Markdown: it shows the edition of the day"`
	Src       string    `json:"src" doc:"This edition; what it names never changes"`
	Srcset    string    `json:"srcset,omitempty" doc:"Smaller prints of this edition" etag:"-"`
	Card      string    `json:"card" doc:"Cut for the cards that other sites show, around the focus"`
	Filename  string    `json:"filename"`
	Type      string    `json:"content_type"`
	Bytes     int64     `json:"bytes"`
	Width     int       `json:"width"`
	Height    int       `json:"height"`
	Alt       string    `json:"alt"`
	Caption   string    `json:"caption"`
	State     string    `json:"state" enum:"processing,ready,failed" doc:"The picture can be used in every state; smaller widths follow" etag:"-"`
	Folder    string    `json:"folder,omitempty" format:"uuid" doc:"Absent: in none"`
	Focus     Focus     `json:"focus"`
	Edition   int       `json:"edition" doc:"How often its file was given"`
	CreatedAt time.Time `json:"created_at"`
	CreatedBy string    `json:"created_by,omitempty" doc:"Name of who uploaded it"`
	EditionAt time.Time `json:"edition_at" doc:"When this edition came"`
	EditionBy string    `json:"edition_by,omitempty"`
}

// Focus is the point of a picture that no crop may lose.
type Focus struct {
	X int `json:"x" minimum:"0" maximum:"100" doc:"Per cent of the width, from the left"`
	Y int `json:"y" minimum:"0" maximum:"100" doc:"Per cent of the height, from the top"`
}

func pictureOf(i *media.Item) Picture {
	p := Picture{
		ID: i.ID.String(), URL: i.Path(), Src: i.Address(0), Srcset: i.Srcset(), Card: i.CardAddress(), Filename: i.Filename, Type: i.ContentType,
		Bytes: i.Bytes, Width: i.Width, Height: i.Height, Alt: i.Alt, Caption: i.Caption, State: string(i.State), Focus: Focus{i.Focus.X, i.Focus.Y},
		Edition: i.Edition, CreatedAt: i.CreatedAt, CreatedBy: i.CreatedByName, EditionAt: i.EditionAt, EditionBy: i.EditionByName,
	}
	if i.FolderID != nil {
		p.Folder = i.FolderID.String()
	}
	return p
}

type (
	pictureOutput struct {
		Status int
		Body   Picture
	}
	// PicturesQuery asks for a page of the library.
	PicturesQuery struct {
		Cursor  string `query:"cursor" maxLength:"1200"`
		Limit   int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
		Words   string `query:"q" maxLength:"200" doc:"Parts of file name, alt text, caption or title; all of them"`
		Folder  string `query:"folder" maxLength:"36" doc:"Id of a folder, or none. With q, the folders in it are searched, too"`
		Unused  bool   `query:"unused" doc:"Pictures that are shown nowhere"`
		Sort    string `query:"sort" enum:"newest,name,size" default:"newest"`
		Reverse bool   `query:"reverse"`
	}
	picturesOutput struct {
		Body struct {
			Pictures []Picture `json:"pictures"`
			Next     string    `json:"next,omitempty"`
		}
	}
	// PictureID names a picture.
	PictureID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	describeInput struct {
		PictureID
		Body struct {
			Alt      string `json:"alt" maxLength:"500" doc:"What it shows, for those who do not see it. Texts that show it already keep what they say"`
			Caption  string `json:"caption" maxLength:"1000"`
			Filename string `json:"filename,omitempty" maxLength:"200" doc:"For downloads; without it the name stays"`
		}
	}
	uploadInput struct {
		RawBody kit.Form[struct {
			File    huma.FormFile `form:"file" required:"true" doc:"JPEG, PNG, GIF or WebP, at most 20 MB and 16 megapixels"`
			Alt     string        `form:"alt" required:"false"`
			Caption string        `form:"caption" required:"false"`
			Folder  string        `form:"folder" required:"false" doc:"Id of a folder of the library"`
		}]
	}
)

func (s *service) pictures() {
	const tag = "Pictures"
	s.pictureChanges()
	add(s, route{method: http.MethodGet, path: "/pictures", id: "list-pictures", tag: tag, need: actor.NotesRead,
		summary: "List pictures", text: "Newest first unless asked otherwise."}, s.listPictures)
	add(s, route{method: http.MethodPost, path: "/pictures", id: "upload-picture", apart: true, tag: tag, need: actor.MediaWrite, status: http.StatusCreated, body: maxUpload,
		summary: "Upload a picture", text: "It is read by its content, drawn again without metadata and kept in several widths. The same bytes again answer 200 with the picture that is there."}, s.upload)
	add(s, route{method: http.MethodGet, path: "/pictures/{id}", id: "get-picture", tag: tag, need: actor.NotesRead, summary: "Get a picture"},
		func(ctx context.Context, in *PictureID) (*pictureOutput, error) {
			return answer(s.Media.Item(ctx, in.ID))
		})
	add(s, route{method: http.MethodPut, path: "/pictures/{id}", id: "describe-picture", tag: tag, need: actor.MediaWrite, summary: "Change the texts of a picture"},
		func(ctx context.Context, in *describeInput) (*pictureOutput, error) {
			return answer(s.Media.Describe(ctx, in.ID, media.Texts{Filename: in.Body.Filename, Alt: in.Body.Alt, Caption: in.Body.Caption}))
		})
	add(s, route{method: http.MethodDelete, path: "/pictures/{id}", id: "delete-picture", tag: tag, need: actor.MediaWrite, status: http.StatusNoContent,
		summary: "Delete a picture", text: "One that is shown somewhere is kept: the answer is 409 with the code media_in_use, and its errors name the places."}, func(ctx context.Context, in *PictureID) (*None, error) {
		return &None{}, s.Media.Delete(ctx, in.ID)
	})
}

func answer(i *media.Item, err error) (*pictureOutput, error) {
	if err != nil {
		return nil, err
	}
	return &pictureOutput{Status: http.StatusOK, Body: pictureOf(i)}, nil
}

func (s *service) listPictures(ctx context.Context, in *PicturesQuery) (*picturesOutput, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	page, err := s.Media.List(ctx, q)
	if err != nil {
		return nil, err
	}
	var out picturesOutput
	out.Body.Next, out.Body.Pictures = page.Next, make([]Picture, len(page.Items))
	for i, item := range page.Items {
		out.Body.Pictures[i] = pictureOf(item)
	}
	return &out, nil
}

func (s *service) upload(ctx context.Context, in *uploadInput) (*pictureOutput, error) {
	form := &in.RawBody.Fields
	defer func() { _ = form.File.Close() }()
	folder, err := folderOf(form.Folder)
	if err != nil {
		return nil, err
	}
	item, fresh, err := s.Media.Upload(ctx, media.Upload{Filename: form.File.Filename, Alt: form.Alt, Caption: form.Caption, Folder: folder, Body: form.File})
	out, err := answer(item, err)
	if err == nil && fresh {
		out.Status = http.StatusCreated
	}
	return out, err
}
