package content

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/memo"
)

// names gives the catalogue to those who look up names in it. Writing a note
// does so several times, and the catalogue seldom changes: one is kept until a
// change of it is announced.
type names struct {
	store store
	kept  *memo.Copies[*Catalogue]
}

func newNames(d *db.DB) *names {
	n := &names{store{d}, memo.New(8*mib, func(*Catalogue) uint32 { return 1 })}
	d.Subscribe(topicNews, func(slug string) {
		if slug == "" { // what is announced by its slug is a note alone
			n.kept.Drop("")
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

// catalogue is the catalogue as it is known here. A transaction that finds none
// reads it for itself and has it kept afterwards: what it alone knows may still
// fail, and to ask for a second connection while it holds one is to wait for
// ever when all others do the same.
func (n *names) catalogue(ctx context.Context) (*Catalogue, error) {
	if ctx.Value(renamedKey{}) != nil {
		return n.store.catalogue(ctx)
	}
	if !n.store.db.InTx(ctx) {
		return n.kept.Get(ctx, "", n.store.catalogue)
	}
	if cat, ok := n.kept.Peek(""); ok {
		return cat, nil
	}
	n.store.db.AfterCommit(ctx, func() { n.warm(ctx) })
	return n.store.catalogue(ctx)
}

// warmFor bounds a read that nobody needs at once.
const warmFor = 5 * time.Second

// warm reads the catalogue for those who come next.
func (n *names) warm(ctx context.Context) {
	ctx, done := context.WithTimeout(db.Apart(ctx), warmFor)
	defer done()
	_, _ = n.kept.Get(ctx, "", n.store.catalogue) // a statement that fails is logged
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
