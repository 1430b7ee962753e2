package search

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

// Document is what is known of a note for searching: public words only.
type Document struct {
	Note        uuid.UUID
	Title       string
	Abstract    string
	Names       string // of its authors, topics, series and issue
	Body        string // plain text
	PublishedAt time.Time
}

// Index holds documents and finds them.
type Index struct{ db *db.DB }

// New opens the index.
func New(d *db.DB) *Index { return &Index{db: d} }

// Put stores a document in place of an earlier one of the same note, in the
// transaction of the context.
func (x *Index) Put(ctx context.Context, doc Document) error {
	if err := x.Drop(ctx, doc.Note); err != nil {
		return err
	}
	return x.insert(ctx, doc)
}

// Drop forgets a note, in the transaction of the context.
func (x *Index) Drop(ctx context.Context, note uuid.UUID) error {
	return x.db.Write(ctx).Exec("DELETE FROM search_documents WHERE note_id = ?", note).Error
}
