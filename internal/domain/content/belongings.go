package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Belongings is what a note of the desk's list belongs to: what readers see of
// it, and before that its draft.
type Belongings struct {
	Series  *Series
	Issue   *Issue
	Authors []*Author
	Topics  []*Topic
}

// Belongings finds it for the notes of a list.
func (s *Desk) Belongings(ctx context.Context, notes ...*Note) (map[uuid.UUID]Belongings, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(notes))
	for i, n := range notes {
		ids[i] = n.ID
	}
	authors, topics, err := s.store.links(ctx, ids)
	if err != nil {
		return nil, err
	}
	cat, err := s.store.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]Belongings, len(notes))
	for _, n := range notes {
		out[n.ID] = Belongings{
			Series: find(cat.series, n.SeriesID), Issue: find(cat.issues, n.IssueID),
			Authors: cat.authorsOf(authors[n.ID]), Topics: cat.topicsOf(topics[n.ID]),
		}
	}
	return out, nil
}
