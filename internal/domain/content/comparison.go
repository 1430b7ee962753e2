package content

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content/compare"
)

// Comparison is what differs between two revisions of a note.
type Comparison struct {
	Note     *Note
	From, To Entry
	Fields   []FieldChange
	Source   []compare.Hunk
	Rendered []compare.Row
}

// FieldChange is a field other than the text that differs.
type FieldChange struct {
	Field    string
	From, To string
	Words    []compare.Span
}

// Compare shows staff what differs between two revisions, by their numbers.
func (s *Desk) Compare(ctx context.Context, id uuid.UUID, from, to int) (*Comparison, error) {
	a, err := s.Revision(ctx, id, from)
	if err != nil {
		return nil, err
	}
	b, err := s.Revision(ctx, id, to)
	if err != nil {
		return nil, err
	}
	note, history, err := s.History(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &Comparison{
		Note: note, From: Entry{Revision: a.Revision}, To: Entry{Revision: b.Revision},
		Source: compare.Source(a.Body, b.Body), Rendered: []compare.Row{},
	}
	for _, e := range history {
		switch e.Number {
		case from:
			out.From = e
		case to:
			out.To = e
		}
	}
	if from == to {
		out.To = out.From
	}
	if a.HTML != b.HTML {
		out.Rendered = compare.Rendered(a.HTML, b.HTML)
	}
	old, now := a.fields(), b.fields()
	for i, f := range old {
		if f.text != now[i].text {
			out.Fields = append(out.Fields, FieldChange{f.name, f.text, now[i].text, compare.Words(f.text, now[i].text)})
		}
	}
	return out, nil
}

type field struct{ name, text string }

// fields writes everything but the text as words.
func (v *DraftView) fields() []field {
	r := v.Revision
	var series, issue, cover, authors, topics string
	if v.Series != nil {
		series = v.Series.Name
	}
	if v.Issue != nil {
		issue = v.Issue.Label
	}
	if r.CoverID != nil {
		cover = r.CoverID.String()
	}
	for _, a := range v.Authors {
		authors += ", " + a.Name
	}
	for _, t := range v.Topics {
		topics += ", " + t.Name
	}
	return []field{
		{"title", r.Title}, {"slug", r.Slug}, {"abstract", r.Abstract}, {"kind", string(r.Kind)}, {"series", series}, {"issue", issue},
		{"position", strconv.Itoa(r.Position)}, {"authors", strings.TrimPrefix(authors, ", ")}, {"topics", strings.TrimPrefix(topics, ", ")},
		{"gate", string(r.Gate)}, {"gate_plans", strings.Join(r.GatePlans, ", ")}, {"cover", cover}, {"cover_alt", r.CoverAlt},
		{"seo_title", r.SEOTitle}, {"seo_description", r.SEODescription},
	}
}
