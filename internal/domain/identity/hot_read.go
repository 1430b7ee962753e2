package identity

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"

	"lighttrends/internal/platform/db"
)

// hotRead is one statement that runs all the time. On SQLite it is prepared
// once, at its first use, because the tables need not exist before. On
// Postgres the driver keeps prepared statements with each connection by
// itself, and a second layer would only take them away from it.
type hotRead struct {
	db    *db.DB
	query string // with ? for its arguments

	mu    sync.Mutex
	ready *sql.Stmt // SQLite
	text  string    // Postgres
}

func (h *hotRead) row(ctx context.Context, args ...any) (*sql.Row, error) {
	h.mu.Lock()
	stmt, text, err := h.ready, h.text, error(nil)
	if stmt == nil && text == "" {
		stmt, text, err = h.prepare(ctx)
	}
	h.mu.Unlock()
	switch {
	case err != nil:
		return nil, err
	case stmt != nil:
		return stmt.QueryRowContext(ctx, args...), nil
	}
	return h.db.SQL().QueryRowContext(ctx, text, args...), nil
}

func (h *hotRead) prepare(ctx context.Context) (_ *sql.Stmt, _ string, err error) {
	if h.db.Engine() == db.Postgres {
		h.text = numbered(h.query)
		return nil, h.text, nil
	}
	h.ready, err = h.db.SQL().PrepareContext(ctx, h.query)
	return h.ready, "", err
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
