package content

import (
	"context"
	"errors"

	"github.com/google/uuid"
)

// Snapshot is a note as it stands inside of a transaction.
type Snapshot struct {
	Status   Status
	Slug     string
	Title    string   // of the live version, or of the draft if there is none
	Public   *Summary // what everybody may know; nil while no reader sees the note
	Live     int64    // number of the version readers see; 0 for none
	Revision uuid.UUID
}

// Snapshot reads a note past every copy in memory, so that it sees what the
// running transaction has just written, and keeps none of it: the transaction
// may still fail. It answers nil for a note that does not exist.
func (l *Library) Snapshot(ctx context.Context, id uuid.UUID) (*Snapshot, error) {
	n, err := l.noteAtHand(ctx, id)
	if errors.Is(err, errNoNote) {
		return nil, nil //nolint:nilnil // nothing to tell is no error
	}
	if err != nil {
		return nil, err
	}
	out := &Snapshot{Status: n.Status, Slug: n.Slug, Title: n.Title}
	if n.LiveRevision == nil || n.PublishedAt == nil || n.withdrawn() {
		return out, nil
	}
	cat, err := l.known.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	sums, err := l.describedAtHand(ctx, cat, n)
	if err != nil {
		return nil, err
	}
	if err := l.visible(sums[0].gate); err != nil {
		return out, nil //nolint:nilerr // what no reader sees is told without its public part
	}
	out.Public, out.Live, out.Revision = sums[0], int64(n.LiveVersion), *n.LiveRevision
	out.Title = sums[0].Title
	return out, nil
}

type (
	atHandKey   struct{}
	liveHandKey struct{}
)

// withNote is for what follows from a change in its transaction, and needs the
// note as it was just written.
func withNote(ctx context.Context, n *Note) context.Context {
	return context.WithValue(ctx, atHandKey{}, n)
}

// withLive is for what follows from a publication in its transaction, and needs
// what went live.
func withLive(ctx context.Context, r *Revision) context.Context {
	return context.WithValue(ctx, liveHandKey{}, r)
}

// describedAtHand describes a note of which the running transaction may have
// published a revision.
func (l *Library) describedAtHand(ctx context.Context, cat *Catalogue, n *Note) ([]*Summary, error) {
	r, ok := ctx.Value(liveHandKey{}).(*Revision)
	if !ok || r.ID != *n.LiveRevision {
		return l.described(ctx, cat, []*Note{n})
	}
	return l.describedWith(ctx, cat, []*Note{n}, map[uuid.UUID][]uuid.UUID{n.ID: r.Authors}, map[uuid.UUID][]uuid.UUID{n.ID: r.Topics})
}

// noteAtHand is the note that the running transaction has just written, or the
// one in the database.
func (l *Library) noteAtHand(ctx context.Context, id uuid.UUID) (*Note, error) {
	if n, ok := ctx.Value(atHandKey{}).(*Note); ok && n.ID == id {
		written := *n
		return &written, nil
	}
	return l.store.note(ctx, id)
}
