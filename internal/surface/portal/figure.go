package portal

import (
	"context"
	"html/template"
	"regexp"
)

// figureView is the chart that stands for an issue, with the note it is from.
type figureView struct {
	entry
	HTML template.HTML
}

// inIssue finds a chart in the HTML of a note, as the markdown room writes it.
var inIssue = regexp.MustCompile(`(?s)<figure class="chart">.*?</figure>`)

// figure is the first chart that stands above the paywall in a note of an
// issue, or nil. What is below cannot come here: it looks at previews only.
func (p *Portal) figure(ctx context.Context, notes []entry) (*figureView, error) {
	for _, n := range notes[:min(len(notes), 12)] {
		t, err := p.Library.Note(ctx, n.Slug)
		switch {
		case err != nil && notThere(err):
			continue // withdrawn a moment ago
		case err != nil:
			return nil, err
		}
		if chart := inIssue.FindString(t.HTML); chart != "" {
			return &figureView{n, template.HTML(p.speech(ctx).of(chart))}, nil //nolint:gosec // drawn by the markdown room
		}
	}
	return nil, nil
}
