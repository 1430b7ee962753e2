package search

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

const (
	publicList = "search_public"
	gatedList  = "search_gated"
)

// list is one of the two indexes.
type list struct {
	engine db.Engine
	table  string
	hot    *db.Hot
}

func newList(d *db.DB, table string) *list {
	l := &list{engine: d.Engine(), table: table}
	if l.engine == db.Postgres {
		if table == publicList {
			table = "search_documents"
		}
		l.hot = d.Hot(strings.ReplaceAll(fourClasses, "LIST", table))
	} else {
		l.hot = d.Hot(strings.ReplaceAll(oneClass, "LIST", table))
	}
	return l
}

// oneClass walks FTS5's list backwards, which is newest first, and stops at
// the end of the page.
const oneClass = `
SELECT d.place, d.note_id
FROM LIST CROSS JOIN search_documents d ON d.place = LIST.rowid
WHERE LIST MATCH ? AND LIST.rowid < ?
ORDER BY LIST.rowid DESC
LIMIT ?`

// fourClasses asks for one class after the other in one round trip; a class
// whose limit is 0 is not run. A row that matches is a number and an id; its
// tokens lie elsewhere and are read for phrases only. The queries come as
// subselects, because a planner that looks into them would rather read the
// whole table than use the index for a common word.
const fourClasses = `
WITH c4 AS MATERIALIZED (
    SELECT 4 AS class, place, note_id FROM LIST
    WHERE words @@ (SELECT CAST(?::text AS tsquery)) AND (place, note_id) < (?::bigint, ?::uuid)
    ORDER BY place DESC, note_id DESC LIMIT ?::int
), c3 AS MATERIALIZED (
    SELECT 3 AS class, place, note_id FROM LIST
    WHERE words @@ (SELECT CAST(?::text AS tsquery)) AND (place, note_id) < (?::bigint, ?::uuid)
    ORDER BY place DESC, note_id DESC LIMIT LEAST(?::int, ?::int - (SELECT count(*) FROM c4))
), c2 AS MATERIALIZED (
    SELECT 2 AS class, place, note_id FROM LIST
    WHERE words @@ (SELECT CAST(?::text AS tsquery)) AND (place, note_id) < (?::bigint, ?::uuid)
    ORDER BY place DESC, note_id DESC LIMIT LEAST(?::int, ?::int - (SELECT count(*) FROM c4) - (SELECT count(*) FROM c3))
), c1 AS MATERIALIZED (
    SELECT 1 AS class, place, note_id FROM LIST
    WHERE words @@ (SELECT CAST(?::text AS tsquery)) AND (place, note_id) < (?::bigint, ?::uuid)
    ORDER BY place DESC, note_id DESC LIMIT LEAST(?::int, ?::int - (SELECT count(*) FROM c4) - (SELECT count(*) FROM c3) - (SELECT count(*) FROM c2))
)
SELECT class, place, note_id FROM c4 UNION ALL SELECT * FROM c3 UNION ALL SELECT * FROM c2 UNION ALL SELECT * FROM c1
ORDER BY 1 DESC, 2 DESC, 3 DESC`

// find gives the hits after one, in order, up to n.
func (l *list) find(ctx context.Context, ask [classTitle + 1]expression, after hit, n int) ([]hit, error) {
	if l.engine == db.Postgres {
		return l.findAtOnce(ctx, ask, after, n)
	}
	var out []hit
	for class := after.class; class >= classBegun && len(out) < n; class-- {
		if ask[class] == nil {
			continue
		}
		from := after.within(class)
		err := l.hot.Each(ctx, func(scan func(...any) error) error {
			h := hit{class: class}
			if err := scan(&h.place, &h.note); err != nil {
				return err
			}
			out = append(out, h)
			return nil
		}, fts5(ask[class]), from.place, n-len(out))
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// within is where a class goes on: after the hit in its own class, from the
// beginning in a later one.
func (h hit) within(class int) hit {
	if class == h.class {
		return h
	}
	return start
}

func (l *list) findAtOnce(ctx context.Context, ask [classTitle + 1]expression, after hit, n int) (out []hit, err error) {
	var args []any
	for class := classTitle; class >= classBegun; class-- {
		query, from, most := "", after.within(class), 0
		if ask[class] != nil && class <= after.class {
			query, most = tsquery(ask[class]), n
		}
		args = append(args, query, from.place, from.note, most)
		if class < classTitle {
			args = append(args, n)
		}
	}
	return out, l.hot.Each(ctx, func(scan func(...any) error) error {
		var h hit
		if err := scan(&h.class, &h.place, &h.note); err != nil {
			return err
		}
		out = append(out, h)
		return nil
	}, args...)
}

// Drop forgets a note, in the transaction of the context.
func (x *Index) Drop(ctx context.Context, note uuid.UUID) error {
	statements := []string{"DELETE FROM search_gated WHERE note_id = ?", "DELETE FROM search_documents WHERE note_id = ?"}
	if x.db.Engine() == db.SQLite {
		statements = []string{
			"DELETE FROM search_gated WHERE rowid = (SELECT place FROM search_documents WHERE note_id = ?)",
			"DELETE FROM search_public WHERE rowid = (SELECT place FROM search_documents WHERE note_id = ?)",
			"DELETE FROM search_documents WHERE note_id = ?",
		}
	}
	for _, s := range statements {
		if err := x.db.Write(ctx).Exec(s, note).Error; err != nil {
			return err
		}
	}
	return nil
}

func (x *Index) insert(ctx context.Context, d *Document) error {
	write := x.db.Write(ctx)
	if err := x.nameGate(ctx, d.Gate); err != nil {
		return err
	}
	if x.db.Engine() == db.Postgres {
		return x.insertVectors(write, d)
	}
	place, err := x.freePlace(ctx, d.place())
	if err != nil {
		return err
	}
	if err := write.Exec("INSERT INTO search_documents (note_id, place, version) VALUES (?, ?, ?)", d.Note, place, Version).Error; err != nil {
		return err
	}
	if err := write.Exec("INSERT INTO search_public (rowid, words) VALUES (?, ?)", place, strings.Join(d.tokens(d.Public), " ")).Error; err != nil || d.Gate == "" {
		return err
	}
	return write.Exec("INSERT INTO search_gated (rowid, words) VALUES (?, ?)", place, strings.Join(d.tokens(d.Whole), " ")).Error
}

// insertVectors writes both documents of a note in one statement.
func (x *Index) insertVectors(write *gorm.DB, d *Document) error {
	const public = "INSERT INTO search_documents (note_id, place, version, words) VALUES (?, ?, ?, CAST(? AS tsvector)) ON CONFLICT (note_id) DO UPDATE SET place = excluded.place, version = excluded.version, words = excluded.words"
	if d.Gate == "" {
		return write.Exec(public, d.Note, d.place(), Version, vector(d.tokens(d.Public))).Error
	}
	const both = "WITH public AS (" + public + ") INSERT INTO search_gated (note_id, place, words) VALUES (?, ?, CAST(? AS tsvector)) ON CONFLICT (note_id) DO UPDATE SET place = excluded.place, words = excluded.words"
	return write.Exec(both, d.Note, d.place(), Version, vector(d.tokens(d.Public)), d.Note, d.place(), vector(d.tokens(d.Whole))).Error
}

// nameGate lists a gate, once.
func (x *Index) nameGate(ctx context.Context, gate string) error {
	if _, known := x.gates.Load(gate); known || gate == "" {
		return nil
	}
	x.db.AfterCommit(ctx, func() { x.gates.Store(gate, true) })
	return x.db.Write(ctx).Exec("INSERT INTO search_gates (gate) VALUES (?) ON CONFLICT DO NOTHING", gate).Error
}

// freePlace finds a row's number near the one that is wanted. There is one
// writer, so it is still free when it is used.
func (x *Index) freePlace(ctx context.Context, wanted int64) (place int64, err error) {
	for place = wanted; ; place++ {
		var taken int
		if err := x.db.Read(ctx).Raw("SELECT COUNT(*) FROM search_documents WHERE place = ?", place).Scan(&taken).Error; err != nil || taken == 0 {
			return place, err
		}
	}
}

// Gates lists the gates that notes stand behind, or once stood.
func (x *Index) Gates(ctx context.Context) (out []string, err error) {
	return out, x.db.Read(ctx).Raw("SELECT gate FROM search_gates ORDER BY gate").Scan(&out).Error
}

// Missing picks the notes that have no document, or an old one.
func (x *Index) Missing(ctx context.Context, notes []uuid.UUID) ([]uuid.UUID, error) {
	var have []uuid.UUID
	err := x.db.Read(ctx).Raw("SELECT note_id FROM search_documents WHERE note_id IN ? AND version >= ?", notes, Version).Scan(&have).Error
	known := make(map[uuid.UUID]bool, len(have))
	for _, id := range have {
		known[id] = true
	}
	return slices.DeleteFunc(slices.Clone(notes), func(id uuid.UUID) bool { return known[id] }), err
}

// Outdate has the documents that belong to something built again: its name has
// changed. It is for the transaction of the context.
func (x *Index) Outdate(ctx context.Context, to uuid.UUID) error {
	statement, query := "UPDATE search_documents SET version = 0 WHERE words @@ CAST(? AS tsquery)", tsquery(token(idToken(belongs, to)))
	if x.db.Engine() == db.SQLite {
		statement, query = "UPDATE search_documents SET version = 0 WHERE place IN (SELECT rowid FROM search_public WHERE search_public MATCH ?)", fts5(token(idToken(belongs, to)))
	}
	return x.db.Write(ctx).Exec(statement, query).Error
}
