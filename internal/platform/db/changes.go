package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"sync"
	"sync/atomic"
	"time"
)

// lookEvery is how long what another process wrote to a SQLite file may go
// unseen by [DB.Changes].
const lookEvery = 100 * time.Millisecond

// changes counts the commits to a SQLite file.
type changes struct {
	count atomic.Int64
	seen  atomic.Bool // others were looked for a moment ago

	mu      sync.Mutex // of what follows
	conn    *sql.Conn  // keeps to one connection: the version counts what others than it wrote
	version int64
}

// Changes gives a number that is another one as soon as anything may have been
// written since. What this process commits counts before the commit is
// acknowledged, what another one commits within a tenth of a second (of which
// only commands run beside a server write to its file). known is false where
// nobody can tell: on Postgres other servers write, and each has to be asked.
func (d *DB) Changes(ctx context.Context) (n int64, known bool) {
	c := d.changes
	if c == nil {
		return 0, false
	}
	if !c.seen.Load() && c.seen.CompareAndSwap(false, true) {
		err := c.look(ctx, d.readSQL)
		time.AfterFunc(lookEvery, func() { c.seen.Store(false) })
		if err != nil {
			c.count.Add(1) // somebody may have written
			return 0, false
		}
	}
	return c.count.Load(), true
}

// look asks SQLite whether others have written
// (https://www.sqlite.org/pragma.html#pragma_data_version).
func (c *changes) look(ctx context.Context, read *sql.DB) (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == nil {
		if c.conn, err = read.Conn(ctx); err != nil {
			return err
		}
	}
	var now int64
	if err = c.conn.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA data_version").Scan(&now); err != nil {
		_ = c.conn.Close()
		c.conn = nil
		return err
	}
	if now != c.version {
		c.version = now
		c.count.Add(1)
	}
	return nil
}

// close lets go of the connection.
func (c *changes) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != nil {
		_ = c.conn.Close()
		c.conn = nil
	}
}

// countedTx counts its commit.
type countedTx struct {
	driver.Tx
	changes *changes
}

// Commit implements driver.Tx. One that fails may have been written all the same.
func (t countedTx) Commit() error {
	defer t.changes.count.Add(1)
	return t.Tx.Commit()
}
