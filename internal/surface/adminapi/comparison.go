package adminapi

import (
	"context"

	"lighttrends/internal/domain/content/compare"
)

// Comparison is what differs between two revisions.
type Comparison struct {
	From     Revision      `json:"from"`
	To       Revision      `json:"to"`
	Fields   []FieldChange `json:"fields" doc:"Only those that differ"`
	Source   []Hunk        `json:"source"`
	Rendered []Row         `json:"rendered" doc:"HTML, block by block; words that differ stand in del and ins"`
}

// FieldChange is a field other than the text that differs.
type FieldChange struct {
	Field string `json:"field" example:"title"`
	From  string `json:"from"`
	To    string `json:"to"`
	Words []Span `json:"words"`
}

// Span is a piece of a line.
type Span struct {
	Op   string `json:"op" enum:"same,del,add"`
	Text string `json:"text"`
}

// Hunk is a run of lines with changes in it and three around them.
type Hunk struct {
	FromLine int    `json:"from_line"`
	ToLine   int    `json:"to_line"`
	Lines    []Line `json:"lines"`
}

// Line is a line of one or both sides.
type Line struct {
	Op       string `json:"op" enum:"same,del,add,change"`
	FromLine int    `json:"from_line,omitempty"`
	ToLine   int    `json:"to_line,omitempty"`
	From     []Span `json:"from,omitempty"`
	To       []Span `json:"to,omitempty"`
}

// Row is a block on each side, or a run of blocks that are the same.
type Row struct {
	Op       string `json:"op" enum:"same,del,add,change,skip"`
	FromHTML string `json:"from_html,omitempty"`
	ToHTML   string `json:"to_html,omitempty"`
	Count    int    `json:"count,omitempty" doc:"Of blocks that are the same and left out, with skip"`
}

type (
	compareInput struct {
		NoteID
		From int `query:"from" minimum:"1" required:"true" doc:"Number of a revision"`
		To   int `query:"to" minimum:"1" required:"true"`
	}
	compareOutput struct{ Body Comparison }
)

func spans(list []compare.Span) []Span {
	out := make([]Span, len(list))
	for i, x := range list {
		out[i] = Span{string(x.Op), x.Text}
	}
	return out
}

func (s *service) compare(ctx context.Context, in *compareInput) (*compareOutput, error) {
	c, err := s.Desk.Compare(ctx, in.ID, in.From, in.To)
	if err != nil {
		return nil, err
	}
	out := Comparison{From: revisionOf(c.Note, c.From), To: revisionOf(c.Note, c.To), Fields: []FieldChange{}, Source: []Hunk{}, Rendered: []Row{}}
	for _, f := range c.Fields {
		out.Fields = append(out.Fields, FieldChange{f.Field, f.From, f.To, spans(f.Words)})
	}
	for _, h := range c.Source {
		hunk := Hunk{FromLine: h.From, ToLine: h.To}
		for _, l := range h.Lines {
			hunk.Lines = append(hunk.Lines, Line{string(l.Op), l.From, l.To, spans(l.Left), spans(l.Right)})
		}
		out.Source = append(out.Source, hunk)
	}
	for _, r := range c.Rendered {
		out.Rendered = append(out.Rendered, Row{string(r.Op), r.Left, r.Right, r.Count})
	}
	return &compareOutput{out}, nil
}
