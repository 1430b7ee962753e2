package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

type txKey struct{}

type transaction struct {
	db    *DB
	gorm  *gorm.DB
	news  []bulletin // announced
	later later      // written at its end
	seen  map[any]any
	after []func() // run once the commit is durable
}

var errOutsideTx = errors.New("db: a write outside of a transaction")

// Tx runs fn in a transaction. Inside another Tx of the same database it joins
// that one: there is one commit, at the outermost end. An error or a panic
// rolls everything back.
func (d *DB) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	return d.tx(ctx, fn)
}

// seenTries bounds how often [DB.TxOnSeen] begins anew.
const seenTries = 4

// TxOnSeen is a Tx in which nothing is written over that has changed since it
// was read there: it begins anew then, so fn may run several times. On Postgres
// it is REPEATABLE READ, where such a write fails
// (https://www.postgresql.org/docs/current/transaction-iso.html). On SQLite
// there is one writer, who has begun before he reads.
func (d *DB) TxOnSeen(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	var how []*sql.TxOptions
	if d.engine == Postgres {
		how = append(how, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	}
	for range seenTries {
		var pg *pgconn.PgError
		if err = d.tx(ctx, fn, how...); d.InTx(ctx) || !errors.As(err, &pg) || pg.Code != serializationFailure {
			return err
		}
	}
	return err
}

const serializationFailure = "40001"

func (d *DB) tx(ctx context.Context, fn func(ctx context.Context) error, how ...*sql.TxOptions) error {
	if d.current(ctx) != nil {
		return fn(ctx)
	}
	t := &transaction{db: d}
	err := d.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		t.gorm = tx
		if err := fn(context.WithValue(ctx, txKey{}, t)); err != nil {
			return err
		}
		return d.send(tx, t.news, &t.later)
	}, how...)
	if err != nil {
		return err
	}
	for _, f := range t.after {
		f()
	}
	return nil
}

func (d *DB) current(ctx context.Context) *transaction {
	if t, ok := ctx.Value(txKey{}).(*transaction); ok && t.db == d {
		return t
	}
	return nil
}

// InTx tells whether the context carries a transaction of this database.
func (d *DB) InTx(ctx context.Context) bool { return d.current(ctx) != nil }

// Read gives a handle for reading: the transaction's, if there is one.
func (d *DB) Read(ctx context.Context) *gorm.DB {
	if t := d.current(ctx); t != nil {
		return t.gorm.WithContext(ctx)
	}
	return d.read.WithContext(ctx)
}

// Write gives the transaction's handle. Outside of a Tx every use of it fails.
func (d *DB) Write(ctx context.Context) *gorm.DB {
	if t := d.current(ctx); t != nil {
		return t.gorm.WithContext(ctx)
	}
	refused := d.read.WithContext(ctx)
	_ = refused.AddError(errOutsideTx)
	return refused
}

// AfterCommit runs f once the transaction's commit is durable, and not at all
// if it rolls back. Outside of a Tx it runs at once.
func (d *DB) AfterCommit(ctx context.Context, f func()) {
	if t := d.current(ctx); t != nil {
		t.after = append(t.after, f)
		return
	}
	f()
}

// Apart is the context without its transaction and without its end, for writes
// that follow a commit.
func Apart(ctx context.Context) context.Context {
	return context.WithValue(context.WithoutCancel(ctx), txKey{}, nil)
}

// Lock has what goes by a name done by one transaction at a time, until this one
// ends. On SQLite there is one writer, so it is so already.
func (d *DB) Lock(ctx context.Context, name string) error {
	if d.engine == SQLite {
		return nil
	}
	return d.Write(ctx).Exec("SELECT pg_advisory_xact_lock(?)", lockOf(name)).Error
}

// Once reads something once in a transaction, in which it does not change: the
// second time it gives what was read first. Outside of one it reads each time.
func Once[T any](ctx context.Context, d *DB, key any, read func(ctx context.Context) (T, error)) (T, error) {
	t := d.current(ctx)
	if t == nil {
		return read(ctx)
	}
	if v, ok := t.seen[key].(T); ok {
		return v, nil
	}
	v, err := read(ctx)
	if err == nil {
		if t.seen == nil {
			t.seen = map[any]any{}
		}
		t.seen[key] = v
	}
	return v, err
}

// Forget has Once read anew: what it read has been changed.
func (d *DB) Forget(ctx context.Context, key any) {
	if t := d.current(ctx); t != nil {
		delete(t.seen, key)
	}
}

// IsNotFound tells whether a read found no row.
func IsNotFound(err error) bool { return errors.Is(err, gorm.ErrRecordNotFound) }

// IsDuplicate tells whether a write met a row with the same unique value.
func IsDuplicate(err error) bool { return errors.Is(err, gorm.ErrDuplicatedKey) }
