package portal

import (
	"context"

	"lighttrends/internal/domain/content"
)

// relatedShown is how many related notes stand under one.
const relatedShown = 4

// fillAround finds what stands near a note. One that is in no issue has its
// neighbours by date, in its series. A draft has none yet, and a version in the
// record leads on from its time only within its issue.
func (p *Portal) fillAround(ctx context.Context, v *noteView, t *content.Teaser) error {
	if t.Pending() || !t.Newest() {
		return nil
	}
	a, err := p.Library.Around(ctx, &t.Summary)
	if err != nil {
		return err
	}
	if v.Issue == nil {
		v.Steps, v.Before, v.After = "series", bare(a.Before), bare(a.After)
	}
	l := p.language(ctx)
	v.Related, err = content.Derive(ctx, &a.Derived, "portal related "+l.Tag, func(context.Context) (relatedLinks, error) {
		var out relatedLinks
		for _, n := range a.Related {
			if len(out) < relatedShown && !v.Before.is(n) && !v.After.is(n) {
				out = append(out, relatedLink{notePath(n.Slug), n.Title, kindIn(l, n.Kind) + ", " + l.Date(n.PublishedAt)})
			}
		}
		return out, nil
	})
	return err
}

// relatedLink is a related note in words. They are made once, because every
// page of a note shows some.
type relatedLink struct{ Href, Title, Text string }

type relatedLinks []relatedLink

// Size implements content.Sized.
func (r relatedLinks) Size() (n int) {
	for _, l := range r {
		n += 64 + len(l.Href) + len(l.Title) + len(l.Text)
	}
	return n
}

// bare is a note as a link, without the tag that says who may read it.
func bare(n *content.Summary) *entry {
	if n == nil {
		return nil
	}
	return &entry{Summary: n}
}

// is tells whether an entry is of this note.
func (e *entry) is(n *content.Summary) bool { return e != nil && e.ID == n.ID }
