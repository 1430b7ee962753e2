package content

import (
	"context"

	"lighttrends/internal/platform/markdown"
)

// DraftView is a note as staff see it: the working revision and its text.
type DraftView struct {
	Note     *Note
	Revision *Revision
	Body     string
	HTML     string // the whole text, rendered
	Series   *Series
	Issue    *Issue
	Authors  []*Author
	Topics   []*Topic
	Standing                    // review
	Problems []markdown.Problem // what the renderer found in this save; nil when read back
}

func (s *Desk) view(ctx context.Context, n *Note, r *Revision, t revisionText) (*DraftView, error) {
	standing, err := s.Standings(ctx, n)
	if err != nil {
		return nil, err
	}
	return s.viewOf(ctx, n, r, t, standing[n.ID])
}

func (s *Desk) viewOf(ctx context.Context, n *Note, r *Revision, t revisionText, standing Standing) (*DraftView, error) {
	cat, err := s.known.holding(ctx, r)
	if err != nil {
		return nil, err
	}
	if r.ID == n.DraftRevision || n.LiveRevision != nil && r.ID == *n.LiveRevision {
		placed := *r
		placed.Meta = n.metaOf(r)
		r = &placed
	}
	return &DraftView{
		Note: n, Revision: r, Body: t.Body, HTML: t.HTML, Standing: standing,
		Series: find(cat.series, r.SeriesID), Issue: find(cat.issues, r.IssueID),
		Authors: cat.authorsOf(r.Authors), Topics: cat.topicsOf(r.Topics),
	}, nil
}
