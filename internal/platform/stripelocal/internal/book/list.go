package book

import (
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

// Filter is one condition on the keys of an object.
type Filter struct {
	Name   string
	Values []string // any of these; none means the name is there at all
	Not    bool     // turns the condition around
}

// Is keeps objects with this value.
func Is(name string, values ...string) Filter { return Filter{Name: name, Values: values} }

// IsNot keeps objects without any of these values; without values, objects
// that do not have the name at all.
func IsNot(name string, values ...string) Filter {
	return Filter{Name: name, Values: values, Not: true}
}

// Query asks for one page of objects, newest first.
type Query struct {
	Object   string
	Filters  []Filter
	From, To int64  // bounds of created, both included; To 0 means no bound
	After    string // id of the last object of the page before
	Before   string // id of the first object of the page after
	Limit    int    // 0 means all
}

// Row is one stored object.
type Row struct {
	ID     string
	Doc    json.RawMessage
	clock  string
	hidden sql.NullString
}

// Into reads the row into an object.
func (r Row) Into(rec object.Record) error { return fill(rec, r.clock, string(r.Doc), r.hidden) }

// List answers one page and whether there is more beyond it. ErrNone says
// that After or Before names no object of this kind.
func (t *Tx) List(q Query) (rows []Row, more bool, err error) {
	where, args := q.where()
	order := "DESC"
	for _, edge := range []struct{ id, op string }{{q.After, "<"}, {q.Before, ">"}} {
		if edge.id == "" {
			continue
		}
		created, seq, err := t.place(q.Object, edge.id)
		if err != nil {
			return nil, false, err
		}
		where += " AND (o.created, o.seq) " + edge.op + " (?, ?)"
		args = append(args, created, seq)
		if edge.op == ">" {
			order = "ASC"
		}
	}
	limit := math.MaxInt32
	if q.Limit > 0 {
		limit = q.Limit
	}
	rows, err = t.rows(`SELECT o.id, o.clock, o.doc, o.hidden FROM stripelocal_objects o WHERE `+where+
		` ORDER BY o.created `+order+`, o.seq `+order+` LIMIT ?`, append(args, limit+1)...)
	if more = len(rows) > limit; more {
		rows = rows[:limit]
	}
	if order == "ASC" {
		slices.Reverse(rows)
	}
	return rows, more, err
}

func (q Query) where() (string, []any) {
	where, args := `o.gone = 0 AND o.object = ?`, []any{q.Object}
	if q.From > 0 {
		where, args = where+` AND o.created >= ?`, append(args, q.From)
	}
	if q.To > 0 && q.To < math.MaxInt64 {
		where, args = where+` AND o.created <= ?`, append(args, q.To)
	}
	for _, f := range q.Filters {
		part, values := f.where(q.Object)
		where, args = where+" AND "+part, append(args, values...)
	}
	return where, args
}

func (f Filter) where(kind string) (string, []any) {
	in, args := `SELECT seq FROM stripelocal_keys WHERE object = ? AND name = ?`, []any{kind, f.Name}
	if len(f.Values) > 0 {
		in += ` AND value IN (?` + strings.Repeat(`, ?`, len(f.Values)-1) + `)`
		for _, v := range f.Values {
			args = append(args, v)
		}
	}
	if f.Not {
		return `o.seq NOT IN (` + in + `)`, args
	}
	return `o.seq IN (` + in + `)`, args
}

func (t *Tx) place(kind, id string) (created, seq int64, err error) {
	err = t.q.QueryRowContext(t.ctx, `SELECT created, seq FROM stripelocal_objects WHERE id = ? AND object = ?`, id, kind).Scan(&created, &seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, ErrNone
	}
	return created, seq, err
}

func (t *Tx) rows(query string, args ...any) ([]Row, error) {
	rows, err := t.q.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []Row
	for rows.Next() {
		var r Row
		var doc string
		if err := rows.Scan(&r.ID, &r.clock, &doc, &r.hidden); err != nil {
			return nil, err
		}
		r.Doc = json.RawMessage(doc)
		out = append(out, r)
	}
	return out, rows.Err()
}

// All reads every object a query finds into T, newest first.
func All[T any, P interface {
	*T
	object.Record
}](t *Tx, q Query) ([]P, error) {
	rows, _, err := t.List(q)
	if err != nil {
		return nil, err
	}
	out := make([]P, 0, len(rows))
	for _, r := range rows {
		rec := P(new(T))
		if err := r.Into(rec); err != nil {
			return nil, err
		}
		out = append(out, rec)
	}
	return out, nil
}

// Count tells how many objects a query finds.
func (t *Tx) Count(q Query) (n int, err error) {
	where, args := q.where()
	err = t.q.QueryRowContext(t.ctx, `SELECT count(*) FROM stripelocal_objects o WHERE `+where, args...).Scan(&n)
	return n, err
}
