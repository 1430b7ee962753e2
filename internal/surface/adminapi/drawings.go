package adminapi

import (
	"context"
	"net/http"

	"lighttrends/internal/platform/actor"
)

// Drawing is a text as readers would see it.
type Drawing struct {
	HTML     string        `json:"html"`
	Words    int           `json:"words"`
	Minutes  int           `json:"minutes"`
	Problems []BodyProblem `json:"problems"`
}

type (
	drawInput struct {
		Body struct {
			Body string `json:"body" doc:"Markdown; at most 200,000 bytes"`
		}
	}
	drawingOutput struct{ Body Drawing }
)

func (s *service) drawings() {
	add(s, route{method: http.MethodPost, path: "/drawings", id: "draw-text", pure: true, tag: "Notes", need: actor.NotesWrite,
		summary: "Draw a text", text: "As readers would see it, charts included. Nothing is saved."}, s.draw)
}

func (s *service) draw(ctx context.Context, in *drawInput) (*drawingOutput, error) {
	d, err := s.Desk.Draw(ctx, in.Body.Body)
	if err != nil {
		return nil, err
	}
	out := Drawing{HTML: d.HTML, Words: d.Words, Minutes: d.Minutes, Problems: []BodyProblem{}}
	for _, p := range d.Problems {
		out.Problems = append(out.Problems, BodyProblem{p.Line, p.Code, p.Message})
	}
	return &drawingOutput{out}, nil
}
