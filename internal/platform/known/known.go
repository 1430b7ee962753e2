// Package known keeps one thing of the database in memory that is asked for all
// the time and seldom changes, until a change of it is announced.
package known

import (
	"context"
	"time"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/memo"
)

// One is such a thing. It is safe for concurrent use; what it gives is shared.
type One[T any] struct {
	db   *db.DB
	read func(context.Context) (*T, error)
	kept *memo.Copies[*T]
}

// New makes one of what read reads.
func New[T any](d *db.DB, read func(context.Context) (*T, error)) *One[T] {
	return &One[T]{d, read, memo.New(1<<10, func(*T) uint32 { return 1 })}
}

// Get gives it as it is kept. A transaction that finds none reads it for itself
// and has it read anew afterwards: what it alone knows may still fail, what it
// sees may be as old as it is, and to ask for a second connection while it holds
// one is to wait for ever when all others do the same.
func (o *One[T]) Get(ctx context.Context) (*T, error) {
	if !o.db.InTx(ctx) {
		return o.kept.Get(ctx, "", o.read)
	}
	if v, ok := o.kept.Peek(""); ok {
		return v, nil
	}
	o.db.AfterCommit(ctx, func() { o.warm(ctx) })
	return o.read(ctx)
}

// Drop forgets it: it has changed.
func (o *One[T]) Drop() { o.kept.Drop("") }

// warmFor bounds a read that nobody needs at once.
const warmFor = 5 * time.Second

// warm reads it for those who come next.
func (o *One[T]) warm(ctx context.Context) {
	ctx, done := context.WithTimeout(db.Apart(ctx), warmFor)
	defer done()
	_, _ = o.kept.Get(ctx, "", o.read) // a statement that fails is logged
}
