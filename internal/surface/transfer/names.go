package transfer

import (
	"context"

	"lighttrends/internal/domain/content"
)

// names resolves the names of a header and makes what is not there yet.
func (r *importRun) names(ctx context.Context, in *content.Input, h header, d document) (err error) {
	if h.Series != "" {
		if in.Series, err = r.series(ctx, h.Series); err != nil {
			return d.place(err, map[string]string{"/name": "series", "/slug": "series"})
		}
	}
	if h.Issue != "" {
		if h.Series == "" {
			return &fileFault{d.at("issue"), "issue: needs a series"}
		}
		if in.Issue, err = r.issueOf(ctx, in.Series, h.Issue); err != nil {
			return d.place(err, map[string]string{"/label": "issue"})
		}
	}
	for _, name := range h.Authors {
		slug, err := r.author(ctx, name)
		if err != nil {
			return d.place(err, map[string]string{"/name": "authors", "/slug": "authors"})
		}
		in.Authors = append(in.Authors, slug)
	}
	for _, name := range h.Topics {
		slug, err := r.topic(ctx, name)
		if err != nil {
			return d.place(err, map[string]string{"/name": "topics", "/slug": "topics"})
		}
		in.Topics = append(in.Topics, slug)
	}
	return nil
}

// slugOf finds what a name stands for, or makes it.
func (r *importRun) slugOf(ctx context.Context, known func(*content.Catalogue) string, put func() (string, error)) (string, error) {
	if r.catalogue == nil {
		cat, err := r.Desk.Catalogue(ctx)
		if err != nil {
			return "", err
		}
		r.catalogue = cat
	}
	if slug := known(r.catalogue); slug != "" {
		return slug, nil
	}
	r.catalogue = nil
	return put()
}

func (r *importRun) series(ctx context.Context, name string) (string, error) {
	return r.slugOf(ctx, func(c *content.Catalogue) string {
		for _, s := range c.Series {
			if s.Name == name || s.Slug == name {
				return s.Slug
			}
		}
		return ""
	}, func() (string, error) {
		s, err := r.Desk.PutSeries(ctx, content.Label{Name: name})
		return s.Slug, err
	})
}

func (r *importRun) issueOf(ctx context.Context, series, label string) (string, error) {
	return r.slugOf(ctx, func(c *content.Catalogue) string {
		month, ok := content.MonthOf(label)
		s := c.SeriesBySlug(series)
		if !ok || s == nil {
			return ""
		}
		if i := c.IssueBySlug(s.ID, month.Format("2006-01")); i != nil {
			return i.Slug
		}
		return ""
	}, func() (string, error) {
		i, err := r.Desk.PutIssue(ctx, content.IssueInput{Series: series, Label: label})
		if err != nil {
			return "", err
		}
		return i.Slug, nil
	})
}

func (r *importRun) author(ctx context.Context, name string) (string, error) {
	return r.slugOf(ctx, func(c *content.Catalogue) string {
		for _, a := range c.Authors {
			if a.Name == name || a.Slug == name {
				return a.Slug
			}
		}
		return ""
	}, func() (string, error) {
		a, err := r.Desk.PutAuthor(ctx, content.Label{Name: name})
		return a.Slug, err
	})
}

func (r *importRun) topic(ctx context.Context, name string) (string, error) {
	return r.slugOf(ctx, func(c *content.Catalogue) string {
		for _, t := range c.Topics {
			if t.Name == name || t.Slug == name {
				return t.Slug
			}
		}
		return ""
	}, func() (string, error) {
		t, err := r.Desk.PutTopic(ctx, content.Label{Name: name})
		return t.Slug, err
	})
}
