package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// The writer of a SQLite file runs the same few dozen statements all the time,
// and reading their text took a fifth of its processor time. GORM's own store
// of prepared statements is no way out, for it hides the *sql.Tx that the job
// queue needs. So the connection keeps them, below database/sql.

// keptStatements is how many are kept; each takes some kilobytes.
const keptStatements = 96

// longestKept keeps scripts, such as migrations, out.
const longestKept = 8 << 10

// connector opens connections to one file that keep their statements.
type connector struct {
	dsn     string
	changes *changes
}

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	inner, err := (&sqlite.Driver{}).Open(c.dsn)
	if err != nil {
		return nil, err
	}
	able, ok := inner.(ableConn)
	if !ok {
		return nil, errors.Join(errors.New("db: the SQLite driver has changed"), inner.Close())
	}
	return &keepingConn{ableConn: able, changes: c.changes, seen: map[string]bool{}, kept: map[string]*keptStmt{}}, nil
}

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return &sqlite.Driver{} }

func openKeeping(dsn string, c *changes) *sql.DB { return sql.OpenDB(connector{dsn, c}) }

// ableConn is all that the driver's connections can do.
type ableConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// keepingConn keeps statements that come a second time. database/sql uses a
// connection from one goroutine at a time.
type keepingConn struct {
	ableConn
	changes *changes
	seen    map[string]bool
	kept    map[string]*keptStmt
}

type ableStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// keptStmt is busy while its rows are open; whoever wants to run it then gets
// one of their own.
type keptStmt struct {
	ableStmt
	busy bool
}

// BeginTx implements driver.ConnBeginTx.
func (c *keepingConn) BeginTx(ctx context.Context, how driver.TxOptions) (driver.Tx, error) {
	tx, err := c.ableConn.BeginTx(ctx, how)
	if err != nil {
		return nil, err
	}
	return countedTx{tx, c.changes}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *keepingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s := c.keep(ctx, query)
	if s == nil {
		return c.ableConn.ExecContext(ctx, query, args)
	}
	result, err := s.ExecContext(ctx, args)
	if err != nil {
		c.drop(query)
	}
	return result, err
}

// QueryContext implements driver.QueryerContext.
func (c *keepingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s := c.keep(ctx, query)
	if s == nil {
		return c.ableConn.QueryContext(ctx, query, args)
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		c.drop(query)
		return nil, err
	}
	rows, ok := found.(ableRows)
	if !ok {
		return nil, errors.Join(errors.New("db: the SQLite driver has changed"), found.Close())
	}
	s.busy = true
	return &keptRows{rows, s}, nil
}

// Close implements driver.Conn.
func (c *keepingConn) Close() error {
	for query := range c.kept {
		c.drop(query)
	}
	return c.ableConn.Close()
}

// keep gives the kept statement of a query; nil means that it is to be run
// without one.
func (c *keepingConn) keep(ctx context.Context, query string) *keptStmt {
	if s := c.kept[query]; s != nil {
		if s.busy {
			return nil
		}
		return s
	}
	if len(query) > longestKept || !c.seen[query] {
		c.note(query)
		return nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil // running it will say the same
	}
	able, ok := made.(ableStmt)
	if !ok || !c.room() {
		_ = made.Close()
		return nil
	}
	s := &keptStmt{ableStmt: able}
	c.kept[query] = s
	return s
}

// note remembers that a query came once. Texts that never come again, such as
// lists of changing length, must not pile up.
func (c *keepingConn) note(query string) {
	if len(query) > longestKept {
		return
	}
	if len(c.seen) >= 4*keptStatements {
		clear(c.seen)
	}
	c.seen[query] = true
}

// room makes sure that one more statement can be kept.
func (c *keepingConn) room() bool {
	for query, s := range c.kept {
		if len(c.kept) < keptStatements {
			break
		}
		if !s.busy {
			c.drop(query)
		}
	}
	return len(c.kept) < keptStatements
}

func (c *keepingConn) drop(query string) {
	_ = c.kept[query].Close() // what it failed with has been told
	delete(c.kept, query)
}

// ableRows is all that the driver's rows can do.
type ableRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

type keptRows struct {
	ableRows
	of *keptStmt
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	r.of.busy = false
	return r.ableRows.Close()
}
