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
	URL       string    `json:"url" doc:"Use it in a note's Markdown"`
	Srcset    string    `json:"srcset,omitempty"`
	Filename  string    `json:"filename"`
	Type      string    `json:"content_type"`
	Bytes     int64     `json:"bytes"`
	Width     int       `json:"width"`
	Height    int       `json:"height"`
	Alt       string    `json:"alt"`
	Caption   string    `json:"caption"`
	State     string    `json:"state" enum:"processing,ready,failed" doc:"The picture can be used in every state; smaller widths follow"`
	CreatedAt time.Time `json:"created_at"`
}

func pictureOf(i *media.Item) Picture {
	return Picture{
		ID: i.ID.String(), URL: i.Address(0), Srcset: i.Srcset(), Filename: i.Filename, Type: i.ContentType, Bytes: i.Bytes,
		Width: i.Width, Height: i.Height, Alt: i.Alt, Caption: i.Caption, State: string(i.State), CreatedAt: i.CreatedAt,
	}
}

type (
	pictureOutput struct {
		Status int
		Body   Picture
	}
	picturesInput struct {
		Cursor string `query:"cursor" maxLength:"64"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
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
			Alt     string `json:"alt" maxLength:"500" doc:"What it shows, for those who do not see it"`
			Caption string `json:"caption" maxLength:"1000"`
		}
	}
	uploadInput struct {
		RawBody kit.Form[struct {
			File    huma.FormFile `form:"file" required:"true" doc:"JPEG, PNG, GIF or WebP, at most 20 MB and 16 megapixels"`
			Alt     string        `form:"alt" required:"false"`
			Caption string        `form:"caption" required:"false"`
		}]
	}
)

func (s *service) pictures() {
	const tag = "Pictures"
	add(s, route{method: http.MethodGet, path: "/pictures", id: "list-pictures", tag: tag, need: actor.NotesRead,
		summary: "List pictures", text: "Newest first."}, s.listPictures)
	add(s, route{method: http.MethodPost, path: "/pictures", id: "upload-picture", tag: tag, need: actor.MediaWrite, status: http.StatusCreated, body: maxUpload,
		summary: "Upload a picture", text: "It is read by its content, drawn again without metadata and kept in several widths. The same bytes again answer 200 with the picture that is there."}, s.upload)
	add(s, route{method: http.MethodGet, path: "/pictures/{id}", id: "get-picture", tag: tag, need: actor.NotesRead, summary: "Get a picture"},
		func(ctx context.Context, in *PictureID) (*pictureOutput, error) {
			return answer(s.Media.Item(ctx, in.ID))
		})
	add(s, route{method: http.MethodPut, path: "/pictures/{id}", id: "describe-picture", tag: tag, need: actor.MediaWrite, summary: "Change the texts of a picture"},
		func(ctx context.Context, in *describeInput) (*pictureOutput, error) {
			return answer(s.Media.Describe(ctx, in.ID, in.Body.Alt, in.Body.Caption))
		})
	add(s, route{method: http.MethodDelete, path: "/pictures/{id}", id: "delete-picture", tag: tag, need: actor.MediaWrite, status: http.StatusNoContent,
		summary: "Delete a picture"}, func(ctx context.Context, in *PictureID) (*None, error) {
		return &None{}, s.Media.Delete(ctx, in.ID)
	})
}

func answer(i *media.Item, err error) (*pictureOutput, error) {
	if err != nil {
		return nil, err
	}
	return &pictureOutput{Status: http.StatusOK, Body: pictureOf(i)}, nil
}

func (s *service) listPictures(ctx context.Context, in *picturesInput) (*picturesOutput, error) {
	page, err := s.Media.List(ctx, media.Query{After: in.Cursor, Limit: in.Limit})
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
	item, fresh, err := s.Media.Upload(ctx, media.Upload{Filename: form.File.Filename, Alt: form.Alt, Caption: form.Caption, Body: form.File})
	out, err := answer(item, err)
	if err == nil && fresh {
		out.Status = http.StatusCreated
	}
	return out, err
}
