package content

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/known"
)

// names gives the catalogue to those who look up names in it. Writing a note
// does so several times, and the catalogue seldom changes: one is kept until a
// change of it is announced.
type names struct {
	store store
	kept  *known.One[Catalogue]
}

func newNames(d *db.DB) *names {
	s := store{d}
	n := &names{s, known.New(d, s.catalogue)}
	d.Subscribe(topicNews, func(slug string) {
		if slug == "" { // what is announced by its slug is a note alone
			n.kept.Drop()
		}
	})
	return n
}

// renamedKey marks the context of a transaction that has changed the catalogue.
type renamedKey struct{}

// withRenamed is for what follows in a transaction that changed the catalogue:
// it must see what nobody else sees yet.
func withRenamed(ctx context.Context) context.Context {
	return context.WithValue(ctx, renamedKey{}, true)
}

// catalogue is the catalogue as it is known here.
func (n *names) catalogue(ctx context.Context) (*Catalogue, error) {
	if ctx.Value(renamedKey{}) != nil {
		return n.store.catalogue(ctx)
	}
	return n.kept.Get(ctx)
}

// holding is a catalogue that holds all that a revision names, also what the
// running transaction has made.
func (n *names) holding(ctx context.Context, r *Revision) (*Catalogue, error) {
	cat, err := n.catalogue(ctx)
	if err != nil || cat.holds(r) {
		return cat, err
	}
	return n.store.catalogue(ctx)
}

// holds tells whether all names of a revision are in the catalogue.
func (c *Catalogue) holds(r *Revision) bool {
	return (r.SeriesID == nil || find(c.series, r.SeriesID) != nil) && (r.IssueID == nil || find(c.issues, r.IssueID) != nil) &&
		all(c.authors, r.Authors) && all(c.topics, r.Topics)
}

func all[T any](m map[uuid.UUID]*T, ids []uuid.UUID) bool {
	return !slices.ContainsFunc(ids, func(id uuid.UUID) bool { return m[id] == nil })
}
