package mcp

import (
	"context"
	"encoding/json"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
)

type issuesArgs struct {
	Series string `json:"series"`
	Limit  int    `json:"limit"`
}

// issue is an issue that has appeared.
type issue struct {
	Series string      `json:"series"`
	Label  string      `json:"label"`
	Title  string      `json:"title,omitempty"`
	Number int         `json:"number,omitempty"`
	URL    string      `json:"url"`
	Notes  []issueNote `json:"notes"`
}

type issueNote struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

func (s *service) listIssues(ctx context.Context, args json.RawMessage) (any, error) {
	var in issuesArgs
	if err := read(args, &in); err != nil {
		return nil, err
	}
	if err := within("limit", &in.Limit, 6, 24); err != nil {
		return nil, err
	}
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if in.Series != "" && cat.SeriesBySlug(in.Series) == nil {
		return nil, fault.New(fault.NotFound, "series_not_found", "There is no such series; list_topics names them.")
	}
	out := struct {
		Issues []issue `json:"issues"`
	}{[]issue{}}
	for _, i := range cat.Issues {
		of := cat.SeriesOf(i)
		if len(out.Issues) == in.Limit {
			break
		}
		if of == nil || i.PublishedAt == nil || i.PublishedAt.After(s.Now()) || in.Series != "" && of.Slug != in.Series {
			continue
		}
		page, err := s.Library.List(ctx, content.Query{Issue: i.ID, Limit: 100})
		if err != nil {
			return nil, err
		}
		x := issue{Series: of.Name, Label: i.Label, Title: i.Title, Number: i.Number, URL: s.BaseURL + "/issues/" + of.Slug + "/" + i.Slug, Notes: []issueNote{}}
		for _, n := range page.InIssueOrder() {
			x.Notes = append(x.Notes, issueNote{n.Slug, n.Title})
		}
		out.Issues = append(out.Issues, x)
	}
	return out, nil
}

// named is something that a search can be narrowed by.
type named struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

func (s *service) listTopics(ctx context.Context, args json.RawMessage) (any, error) {
	if err := read(args, &struct{}{}); err != nil {
		return nil, err
	}
	cat, err := s.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var out struct {
		Topics  []named `json:"topics"`
		Authors []named `json:"authors"`
		Series  []named `json:"series"`
	}
	out.Topics, out.Authors, out.Series = []named{}, []named{}, []named{}
	for _, t := range cat.Topics {
		out.Topics = append(out.Topics, named{t.Slug, t.Name})
	}
	for _, a := range cat.Authors {
		out.Authors = append(out.Authors, named{a.Slug, a.Name})
	}
	for _, x := range cat.Series {
		out.Series = append(out.Series, named{x.Slug, x.Name})
	}
	return out, nil
}
