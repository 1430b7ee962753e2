package content

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/fault"
)

// index puts what readers see of a note into the search, in the transaction of
// the context.
func (s *Desk) index(ctx context.Context, n *Note, r *Revision, t revisionText) error {
	cat, err := s.known.holding(ctx, r)
	if err != nil {
		return err
	}
	d := search.Document{
		Note: n.ID, PublishedAt: *n.PublishedAt, Gate: gateName(n.Meta), Title: n.Title, Abstract: n.Abstract,
		Belongs: []uuid.UUID{n.Kind.id()}, Public: r.publicText(&t), Whole: t.Plain,
	}
	belongs := func(id uuid.UUID, name string) {
		d.Belongs, d.Names = append(d.Belongs, id), append(d.Names, name)
	}
	for _, a := range cat.authorsOf(r.Authors) {
		belongs(a.ID, a.Name)
	}
	for _, x := range cat.topicsOf(r.Topics) {
		belongs(x.ID, x.Name)
	}
	if x := find(cat.series, n.SeriesID); x != nil {
		belongs(x.ID, x.Name)
	}
	if x := find(cat.issues, n.IssueID); x != nil {
		d.Belongs = append(d.Belongs, x.ID)
		if x.PublishedAt != nil { // nobody is told of an issue in the making
			d.Names = append(d.Names, x.Label)
		}
	}
	return s.Search.Put(ctx, d)
}

// openIssueWith dates the issue of a note that is published.
func (s *Desk) openIssueWith(ctx context.Context, n *Note) (opened bool, err error) {
	opened, err = s.store.openIssue(ctx, *n.IssueID, *n.PublishedAt)
	if err != nil || !opened {
		return opened, err
	}
	return true, errors.Join(s.renamed(ctx, *n.IssueID), s.DB.Announce(ctx, topicNews, ""))
}

// renamed has the notes that belong to something found by its present name.
func (s *Desk) renamed(ctx context.Context, id uuid.UUID) error {
	if err := s.Search.Outdate(ctx, id); err != nil {
		return err
	}
	return s.DB.Enqueue(ctx, ReindexArgs{}, nil)
}

const reindexLook = 500 // notes are looked at at a time

// Reindex builds the search's documents that are missing or old, newest first.
// It is safe to stop and to repeat, and says how many it built.
func (s *Desk) Reindex(ctx context.Context) (done int, err error) {
	from := cursor{time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max}
	for {
		page, err := s.store.publishedFrom(ctx, from, reindexLook)
		if err != nil || len(page) == 0 {
			return done, err
		}
		last := page[len(page)-1]
		from = cursor{*last.PublishedAt, last.ID}
		ids := make([]uuid.UUID, len(page))
		for i, n := range page {
			ids[i] = n.ID
		}
		if ids, err = s.Search.Missing(ctx, ids); err != nil {
			return done, err
		}
		for _, id := range ids { // one a transaction, so that no note is held while another is waited for
			if err := s.DB.Tx(ctx, func(ctx context.Context) error { return s.reindexNote(ctx, id) }); err != nil {
				return done, err
			}
			done++
		}
	}
}

// reindexNote locks the note first, so that a publication at the same time
// comes before or after, and the newest text stays.
func (s *Desk) reindexNote(ctx context.Context, id uuid.UUID) error {
	n, err := s.store.noteForUpdate(ctx, id)
	if fault.HasCode(err, errNoNote.Code) {
		return nil
	}
	if err != nil || n.Status != Published {
		return err
	}
	r, text, err := s.store.revision(ctx, *n.LiveRevision)
	if err != nil {
		return err
	}
	return s.index(ctx, n, r, text)
}
