package db

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"
)

// Hot is a statement for reading that runs all the time, prepared by hand
// beside GORM. On SQLite it is prepared once, at its first use, because the
// tables need not exist before. On Postgres it goes straight to the driver,
// which keeps prepared statements with each connection by itself. It is safe
// for concurrent use.
type Hot struct {
	db   *DB
	text string

	mu   sync.Mutex
	stmt *sql.Stmt // SQLite only
}

// Hot makes one of a query with ? for its arguments and no other ? in it. It
// never sees what a transaction has not committed.
func (d *DB) Hot(query string) *Hot {
	if d.engine == Postgres {
		query = numbered(query)
	}
	return &Hot{db: d, text: query}
}

// Each runs it and calls row for every row, with a function that scans it.
func (h *Hot) Each(ctx context.Context, row func(scan func(dest ...any) error) error, args ...any) error {
	if h.db.engine == Postgres {
		rows, err := h.db.pool.Query(ctx, h.text, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := row(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	}
	stmt, err := h.prepared(ctx) //nolint:sqlclosecheck // it lives as long as the database
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (h *Hot) prepared(ctx context.Context) (_ *sql.Stmt, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stmt == nil {
		h.stmt, err = h.db.readSQL.PrepareContext(ctx, h.text)
	}
	return h.stmt, err
}

// numbered writes $1, $2 … for the question marks of a statement that has
// none in its texts.
func numbered(query string) string {
	var out strings.Builder
	for i, part := range strings.Split(query, "?") {
		if i > 0 {
			out.WriteString("$" + strconv.Itoa(i))
		}
		out.WriteString(part)
	}
	return out.String()
}
