package adminapi

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Place is where a picture is shown.
type Place struct {
	Kind     string `json:"kind" enum:"note,issue,publication"`
	ID       string `json:"id,omitempty" format:"uuid" doc:"Of the note or issue"`
	Title    string `json:"title"`
	Draft    bool   `json:"draft" doc:"In what is being worked on, where that is not what readers see"`
	Live     bool   `json:"live" doc:"Readers see it there"`
	Versions []int  `json:"versions" doc:"Of a note: past versions that can be cited, newest first"`
	Earlier  int    `json:"earlier" doc:"Of a note: other revisions that show it"`
}

func placeOf(p media.Place) Place {
	out := Place{Kind: p.Kind, Title: p.Title, Draft: p.Draft, Live: p.Live, Versions: append([]int{}, p.Versions...), Earlier: p.Earlier}
	if p.ID != uuid.Nil {
		out.ID = p.ID.String()
	}
	return out
}

// PictureEdition is what a picture was before its file was replaced.
type PictureEdition struct {
	Edition int       `json:"edition"`
	Src     string    `json:"src"`
	Bytes   int64     `json:"bytes"`
	Width   int       `json:"width"`
	Height  int       `json:"height"`
	At      time.Time `json:"at" doc:"When it came"`
	By      string    `json:"by,omitempty"`
}

// PictureBulk is one act on many pictures.
type PictureBulk struct {
	Action   string      `json:"action" enum:"move,delete"`
	Pictures []uuid.UUID `json:"pictures" minItems:"1" maxItems:"100"`
	Folder   string      `json:"folder,omitempty" maxLength:"36" doc:"With move: id of the folder, or nothing for none"`
}

type (
	usesOutput struct {
		Body struct {
			Places   []Place          `json:"places"`
			Editions []PictureEdition `json:"editions" doc:"What it was before, newest first. Versions of notes from then go on showing it"`
		}
	}
	focusInput struct {
		PictureID
		Body Focus
	}
	replaceInput struct {
		PictureID
		RawBody kit.Form[struct {
			File huma.FormFile `form:"file" required:"true" doc:"It must become the same type of picture"`
		}]
	}
	pictureBulkInput  struct{ Body PictureBulk }
	pictureBulkOutput struct {
		Body struct {
			Results []BulkResult `json:"results" doc:"In the order asked for"`
		}
	}
)

func (s *service) pictureChanges() {
	const tag = "Pictures"
	add(s, route{method: http.MethodGet, path: "/pictures/{id}/uses", id: "list-picture-uses", tag: tag, need: actor.NotesRead,
		summary: "Where a picture is shown", text: "In drafts, in what readers see, in the record, in issues and by the publication itself."}, s.pictureUses)
	add(s, route{method: http.MethodPut, path: "/pictures/{id}/focus", id: "focus-picture", of: "/pictures/{id}", tag: tag, need: actor.MediaWrite,
		summary: "Set the point that no crop may lose"}, func(ctx context.Context, in *focusInput) (*pictureOutput, error) {
		return answer(s.Media.FocusOn(ctx, in.ID, media.Focus{X: in.Body.X, Y: in.Body.Y}))
	})
	add(s, route{method: http.MethodPut, path: "/pictures/{id}/file", id: "replace-picture", of: "/pictures/{id}", apart: true, tag: tag, need: actor.MediaWrite, body: maxUpload,
		summary: "Replace the file of a picture", text: "Id and address stay. What readers see shows the new one at once, which takes the right to publish; versions of notes from before keep the old one."}, s.replacePicture)
	add(s, route{method: http.MethodPost, path: "/pictures/bulk", id: "change-pictures", apart: true, tag: tag, need: actor.MediaWrite,
		summary: "Move or delete many pictures", text: "Each by itself: some may be done and others refused. A repeat changes nothing more."}, s.changePictures)
}

func (s *service) pictureUses(ctx context.Context, in *PictureID) (*usesOutput, error) {
	places, err := s.Media.Uses(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	past, err := s.Media.Editions(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var out usesOutput
	out.Body.Places, out.Body.Editions = make([]Place, len(places)), make([]PictureEdition, len(past))
	for i, p := range places {
		out.Body.Places[i] = placeOf(p)
	}
	for i, e := range past {
		out.Body.Editions[i] = PictureEdition{e.Edition, e.Address(0), e.Bytes, e.Width, e.Height, e.EditionAt, e.EditionByName}
	}
	return &out, nil
}

func (s *service) replacePicture(ctx context.Context, in *replaceInput) (*pictureOutput, error) {
	form := &in.RawBody.Fields
	defer func() { _ = form.File.Close() }()
	return answer(s.Media.Replace(ctx, in.ID, media.Upload{Filename: form.File.Filename, Body: form.File}))
}

func (s *service) changePictures(ctx context.Context, in *pictureBulkInput) (*pictureBulkOutput, error) {
	folder, err := folderOf(in.Body.Folder)
	if err != nil {
		return nil, err
	}
	var out pictureBulkOutput
	for _, id := range in.Body.Pictures {
		if in.Body.Action == "move" {
			_, err = s.Media.Move(ctx, id, folder)
		} else {
			err = s.Media.Delete(ctx, id)
		}
		r := BulkResult{ID: id.String(), Outcome: "done"}
		if err != nil {
			var f *fault.Error
			if !errors.As(err, &f) || f.Kind == fault.Internal || f.Kind == fault.Unavailable || f.Code == "folder_not_found" {
				return nil, err
			}
			r.Outcome, r.Code, r.Detail = "refused", f.Code, f.Message
		}
		out.Body.Results = append(out.Body.Results, r)
	}
	return &out, nil
}
