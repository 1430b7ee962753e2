package content

import (
	"bytes"
	"context"
	"slices"

	"github.com/google/uuid"
)

// Seen is something that readers see, as changes name it.
type Seen struct{ Kind, Subject string }

// MarkShowing remembers that something changed which is shown in these revisions
// and issues, in the transaction that changed it: notes of which one of the
// revisions is live, the issues they stand in, and these issues. It lists them.
func (l *Library) MarkShowing(ctx context.Context, revisions, issues []uuid.UUID) ([]Seen, error) {
	notes, err := l.store.liveIn(ctx, revisions)
	if err != nil {
		return nil, err
	}
	out := make([]Seen, 0, len(notes))
	for _, n := range notes {
		c := PublicChange{Kind: ChangedNote, Subject: n.ID.String(), Slug: n.Slug, At: l.clock.Now(), Pending: true, Fresh: true}
		if _, err := l.store.mark(ctx, c, true); err != nil {
			return nil, err
		}
		out = append(out, Seen{c.Kind, c.Subject})
		if n.IssueID != nil {
			issues = append(issues, *n.IssueID)
		}
	}
	return l.markIssues(ctx, issues, out)
}

func (l *Library) markIssues(ctx context.Context, ids []uuid.UUID, out []Seen) ([]Seen, error) {
	if len(ids) == 0 {
		return out, nil
	}
	cat, err := l.store.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range slices.Compact(ids) {
		i := l.out(find(cat.issues, &id))
		if i == nil || addressOf(cat, i) == "" {
			continue // no reader has seen it
		}
		if err := l.markIssueOf(ctx, PublicChange{Kind: ChangedIssue, At: l.clock.Now(), Pending: true, Fresh: true}, cat, i); err != nil {
			return nil, err
		}
		out = append(out, Seen{ChangedIssue, addressOf(cat, i)})
	}
	return out, nil
}

// liveIn lists the notes of which readers see one of these revisions, by id.
func (s store) liveIn(ctx context.Context, revisions []uuid.UUID) (out []*Note, err error) {
	for part := range slices.Chunk(revisions, 500) {
		var notes []*Note
		const live = "id IN (SELECT note_id FROM revisions WHERE id IN ?) AND live_revision IN ? AND status = ?"
		if err := s.db.Read(ctx).Select("id", "slug", "issue_id").Where(live, part, part, Published).Find(&notes).Error; err != nil {
			return nil, err
		}
		out = append(out, notes...)
	}
	slices.SortFunc(out, func(a, b *Note) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out, nil
}
