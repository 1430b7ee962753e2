package book

import (
	"context"
	"database/sql"
	_ "embed" // for schema.sql
	"errors"
	"fmt"
	"sync"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

//go:embed schema.sql
var schema string

// ErrNone says that there is no such object.
var ErrNone = errors.New("stripelocal: no such object")

// Book is the store. It is safe for several goroutines.
type Book struct {
	db     *sql.DB
	blanks object.Blanks
	writer sync.Mutex
	wake   chan struct{}
}

// Open creates the tables that are missing.
func Open(ctx context.Context, db *sql.DB) (*Book, error) {
	blanks, err := object.LoadBlanks()
	if err != nil {
		return nil, err
	}
	b := &Book{db: db, blanks: blanks, wake: make(chan struct{}, 1)}
	err = b.whileBusy(ctx, func() error {
		_, err := db.ExecContext(ctx, schema)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("stripelocal: create tables: %w", err)
	}
	return b, nil
}

// Wake fires after deliveries were queued. Several may come as one.
func (b *Book) Wake() <-chan struct{} { return b.wake }

// queryer is a database or a transaction.
type queryer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Tx reads and writes as one. From Book.Read it only reads, without a lock.
type Tx struct {
	ctx    context.Context
	q      queryer
	blanks object.Blanks
	queued bool
}

// Read gives a Tx for reading outside a transaction.
func (b *Book) Read(ctx context.Context) *Tx { return &Tx{ctx: ctx, q: b.db, blanks: b.blanks} }

// Write runs fn in one transaction: all of it is kept, or nothing when fn
// returns an error or panics. fn may run again when the database was busy.
// There must be no network call in it.
func (b *Book) Write(ctx context.Context, fn func(*Tx) error) error {
	b.writer.Lock()
	defer b.writer.Unlock()
	return b.whileBusy(ctx, func() error { return b.once(ctx, fn) })
}

func (b *Book) once(ctx context.Context, fn func(*Tx) error) error {
	tx, err := b.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // does nothing after a commit
	// Take the write lock before the first read, so that no other writer of
	// the same file comes between reading and writing.
	if _, err := tx.ExecContext(ctx, `UPDATE stripelocal_settings SET value = value WHERE name = 'lock'`); err != nil {
		return err
	}
	t := &Tx{ctx: ctx, q: tx, blanks: b.blanks}
	if err := fn(t); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if t.queued {
		select {
		case b.wake <- struct{}{}:
		default:
		}
	}
	return nil
}

// busyPatience is how long a locked database is waited for. The file may
// belong to the application too, which writes on its own.
const busyPatience = 15 * time.Second

func (b *Book) whileBusy(ctx context.Context, fn func() error) error {
	pause := 2 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		err := fn()
		if !isBusy(err) || waited > busyPatience {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		pause = min(2*pause, 200*time.Millisecond)
	}
}

// Passing tells whether an error came from the database or its connection,
// and so may pass by itself, rather than from what was asked of it.
func Passing(err error) bool {
	var coded interface{ Code() int }
	return errors.As(err, &coded) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) || errors.Is(err, context.Canceled)
}

// isBusy knows SQLITE_BUSY (5) and SQLITE_LOCKED (6) of any driver that tells
// the code (https://www.sqlite.org/rescode.html).
func isBusy(err error) bool {
	var coded interface{ Code() int }
	if !errors.As(err, &coded) {
		return false
	}
	primary := coded.Code() & 0xff
	return primary == 5 || primary == 6
}
