package content

import (
	"context"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/markdown"
)

// Drawing is a text as the renderer would draw it, without being saved.
type Drawing struct {
	HTML           string
	Words, Minutes int
	Problems       []markdown.Problem
}

var errDrawingTooLong = fault.New(fault.TooLarge, "body_too_large", "The text is too long to be drawn.")

// maxDrawing bounds a text that is drawn while somebody types.
const maxDrawing = 200_000

// Draw draws a text for whoever writes it, such as a chart before it stands in
// a note. Nothing is kept.
func (s *Desk) Draw(ctx context.Context, body string) (Drawing, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return Drawing{}, err
	}
	if len(body) > maxDrawing {
		return Drawing{}, errDrawingTooLong
	}
	r := markdown.Render([]byte(body), markdown.Options{})
	return Drawing{HTML: r.FullHTML, Words: r.Stats.Words, Minutes: r.Stats.Minutes, Problems: r.Problems}, nil
}
