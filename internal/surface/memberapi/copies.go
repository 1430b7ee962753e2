package memberapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/copies"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// Copies makes PDF copies of notes, and knows whose they are.
type Copies interface {
	Make(ctx context.Context, a copies.Ask) (*copies.File, error)
	Of(ctx context.Context, member uuid.UUID, limit int) ([]copies.Copy, error)
}

func (s *service) copies() {
	kit.Register(s.api, huma.Operation{
		OperationID: "get-note-copy", Method: http.MethodGet, Path: Prefix + "/notes/{slug}/copy", Tags: []string{"Notes"}, Security: secured(),
		Summary: "Get a PDF copy of a note",
		Description: "For members who may read the full text. Each answer is a copy of its own: it carries the member's name and a new serial, " +
			"which X-Copy-Serial repeats. How many may be made in an hour is limited.",
		Responses: map[string]*huma.Response{"200": {Description: "The copy", Content: map[string]*huma.MediaType{
			"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}},
		}}},
		Errors: append(anywhere(), 404, 410, 422, 429),
	}, s.copyNote)
}

type copyInput struct {
	Slug    string `path:"slug" maxLength:"200"`
	Version int    `query:"version" minimum:"0" maximum:"1000000" doc:"The number it is cited by; absent is the newest"`
	Paper   string `query:"paper" default:"a4" enum:"a4,letter"`
}

func (s *service) copyNote(ctx context.Context, in *copyInput) (*huma.StreamResponse, error) {
	c := kit.Ctx(ctx)
	c.Set("Cache-Control", "private, no-store")
	who := kit.VisitorOf(c)
	if who.Actor.Kind != actor.Member {
		return nil, errNobody
	}
	t, err := s.note(ctx, in.Slug)
	if err == nil && in.Version != 0 {
		t, err = s.Library.Version(ctx, t.Slug, in.Version)
	}
	if err != nil {
		return nil, err
	}
	d, err := s.Gatekeeper.Decide(ctx, t.Access(), access.Reader{Member: who.Actor.ID, Epoch: who.Epoch})
	if err != nil {
		return nil, err
	}
	name := who.Name
	if name == "" {
		name = who.Email
	}
	file, err := s.Copies.Make(ctx, copies.Ask{Note: t, Decision: d, Reader: copies.Reader{Member: who.Actor.ID, Name: name}, Paper: copies.Paper(in.Paper), Language: phrase.Known(who.Language)})
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(h huma.Context) {
		h.SetHeader("Content-Type", "application/pdf")
		h.SetHeader("Content-Disposition", kit.Disposition("attachment", file.Name))
		h.SetHeader("X-Copy-Serial", file.String())
		_, _ = h.BodyWriter().Write(file.PDF) // a failed write is the client's loss
	}}, nil
}
