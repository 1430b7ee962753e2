package search

import (
	"context"
	"strings"

	"github.com/google/uuid"
)

type row struct {
	NoteID  uuid.UUID
	Excerpt string
}

func (x *Index) insert(ctx context.Context, d Document) error {
	const statement = `INSERT INTO search_documents (note_id, title, abstract, names, body, published_at) VALUES (?, ?, ?, ?, ?, ?)`
	clean := strings.NewReplacer(markOpen, "", markClose, "", "\x00", "").Replace
	return x.db.Write(ctx).Exec(statement, d.Note, clean(d.Title), clean(d.Abstract), clean(d.Names), clean(d.Body), d.PublishedAt).Error
}

// findPostgres makes excerpts only for the rows of the page: ts_headline reads
// the whole text and is dear.
func (x *Index) findPostgres(ctx context.Context, terms []term, limit, offset int) (out []row, err error) {
	const query = `
WITH q AS (SELECT websearch_to_tsquery('english', ?) AS query),
hits AS (
    SELECT d.note_id, d.abstract, d.body, ts_rank_cd(d.words, q.query) AS rank, d.published_at
    FROM search_documents d, q
    WHERE d.words @@ q.query
    ORDER BY rank DESC, d.published_at DESC, d.note_id
    LIMIT ? OFFSET ?
)
SELECT note_id, ts_headline('english', abstract || ' ' || left(body, 20000), q.query,
    'StartSel=' || ? || ', StopSel=' || ? || ', MaxWords=36, MinWords=18, MaxFragments=1') AS excerpt
FROM hits, q
ORDER BY rank DESC, published_at DESC, note_id`
	return out, x.db.Read(ctx).Raw(query, websearch(terms), limit, offset, markOpen, markClose).Scan(&out).Error
}

// findSQLite weighs like findPostgres: title over abstract and names over text.
func (x *Index) findSQLite(ctx context.Context, terms []term, limit, offset int) (out []row, err error) {
	const query = `
SELECT note_id, snippet(search_documents, -1, ?, ?, '…', 30) AS excerpt
FROM search_documents
WHERE search_documents MATCH ?
ORDER BY bm25(search_documents, 0, 10, 4, 4, 1), published_at DESC, note_id
LIMIT ? OFFSET ?`
	return out, x.db.Read(ctx).Raw(query, markOpen, markClose, match(terms), limit, offset).Scan(&out).Error
}
