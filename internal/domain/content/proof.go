package content

import (
	"context"
	"slices"
	"time"

	"lighttrends/internal/domain/access"
)

// Proof is a draft as readers would see it, were it published at this moment:
// the teaser, and the decision about the rest for the kind of reader that the
// link was made for. It is never kept: a draft changes under its readers.
type Proof struct {
	*Teaser
	Decision  access.Decision
	Audience  Audience
	Plan      string
	ExpiresAt time.Time
	Brief     bool       // the desk looks itself
	Live      bool       // readers see an earlier state of the note
	Appears   *time.Time // when it is scheduled to; nil for never
}

// Proof finds the draft behind the token of a preview link. counts says that
// somebody has opened it. Whatever the token, the work is one look-up by its
// hash; a link that has ended is Gone and says why.
func (l *Library) Proof(ctx context.Context, token string, counts bool) (*Proof, error) {
	link, err := l.store.previewByHash(ctx, hashOf(token))
	if err != nil {
		return nil, err
	}
	now := l.clock.Now()
	if err := link.dead(now); err != nil {
		return nil, err
	}
	note, err := l.store.note(ctx, link.NoteID)
	if err != nil {
		return nil, err
	}
	t, err := l.draft(ctx, note, now)
	if err != nil {
		return nil, err
	}
	appears, err := l.appears(ctx, note.ID)
	if err != nil {
		return nil, err
	}
	if counts && !link.Brief {
		if err := l.store.db.Tx(ctx, func(ctx context.Context) error { return l.store.countOpening(ctx, link.ID, now) }); err != nil {
			return nil, err
		}
	}
	return &Proof{
		Teaser: t, Decision: access.Decide(t.gate, link.grants(), now), Audience: link.Audience, Plan: link.Plan,
		ExpiresAt: link.ExpiresAt, Brief: link.Brief, Live: note.Status == Published, Appears: appears,
	}, nil
}

// draft makes the teaser that readers would get. The gate is that of the draft,
// and opens the draft's revision.
func (l *Library) draft(ctx context.Context, n *Note, now time.Time) (*Teaser, error) {
	rev, err := l.store.revisionHead(ctx, n.DraftRevision)
	if err != nil {
		return nil, err
	}
	cat, err := l.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	versions, err := l.store.versions(ctx, n.ID)
	if err != nil {
		return nil, err
	}
	meta, at := n.metaOf(rev), now
	if n.PublishedAt != nil {
		at = *n.PublishedAt
	}
	t := &Teaser{
		Summary: Summary{
			ID: n.ID, Slug: rev.Slug, Meta: meta, Version: n.Version, PublishedAt: at, ChangedAt: now, RevisedAt: n.RevisedAt,
			Series: find(cat.series, meta.SeriesID), Issue: l.out(find(cat.issues, meta.IssueID)),
			Authors: cat.authorsOf(rev.Authors), Topics: cat.topicsOf(rev.Topics),
			gate: access.Gate{Note: n.ID, Revision: rev.ID, Kind: meta.Gate, Plans: meta.GatePlans, Opens: at},
		},
		HTML: rev.TeaserHTML, Plain: rev.TeaserText, Contents: rev.TeaserContents,
		Shown: VersionInfo{Number: n.LiveVersion + 1, At: now},
	}
	for _, v := range versions {
		t.Versions = append(t.Versions, infoOf(&v.Version))
	}
	t.Versions = slices.Insert(t.Versions, 0, t.Shown)
	return t, nil
}
