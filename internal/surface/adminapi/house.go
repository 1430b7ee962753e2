package adminapi

import (
	"context"
	"net/http"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
)

type profileBody struct{ Body publication.Profile }

func (s *service) house() {
	const tag = "Publication"
	add(s, route{method: http.MethodGet, path: "/publication", id: "get-publication", tag: tag, need: actor.NotesRead,
		summary: "What the publication says of itself"}, func(ctx context.Context, _ *struct{}) (*profileBody, error) {
		p, err := s.House.Profile(ctx)
		return &profileBody{p}, err
	})
	add(s, route{method: http.MethodPut, path: "/publication", id: "put-publication", tag: tag, need: actor.SettingsWrite,
		summary: "Change what the publication says of itself"}, func(ctx context.Context, in *profileBody) (*profileBody, error) {
		if err := s.House.Introduce(ctx, in.Body); err != nil {
			return nil, err
		}
		p, err := s.House.Profile(ctx)
		return &profileBody{p}, err
	})
}
