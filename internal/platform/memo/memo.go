// Package memo keeps copies in memory: a bounded cache that a change empties.
// What depends on who asks belongs in it only under a key that changes with
// the answer, such as a member's access epoch.
package memo

import (
	"cmp"
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
)

// copyFor bounds how long a copy may live without being asked about again. It
// is a second line: copies are dropped when a change is announced.
const copyFor = time.Minute

// Copies are bounded by weight. A value that was read while a change was
// announced is not kept: it may be the old one.
type Copies[T any] struct {
	mu         sync.Mutex
	generation uint64
	// One type of cache serves every T: the compiler makes a copy of the whole
	// library for each, and this is half a megabyte of program.
	cache *otter.Cache[string, any]
}

// New makes room for copies of maxWeight bytes in all; weigh says how many one
// takes, about.
func New[T any](maxWeight uint64, weigh func(T) uint32) *Copies[T] {
	return NewFor(copyFor, maxWeight, weigh)
}

// NewFor is New with another bound on a copy's life.
func NewFor[T any](life time.Duration, maxWeight uint64, weigh func(T) uint32) *Copies[T] {
	return NewBy(func(string) time.Duration { return life }, maxWeight, weigh)
}

// NewBy is New with a bound on a copy's life that goes by its key; 0 is the usual
// one.
func NewBy[T any](life func(key string) time.Duration, maxWeight uint64, weigh func(T) uint32) *Copies[T] {
	return &Copies[T]{cache: otter.Must(&otter.Options[string, any]{
		MaximumWeight: maxWeight,
		Weigher:       func(k string, v any) uint32 { return uint32(len(k)) + weigh(v.(T)) }, //nolint:gosec,forcetypeassert // keys are short; only Get puts values in
		// What was read together is not read again together.
		ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[string, any]) time.Duration {
			most := cmp.Or(life(e.Key), copyFor)
			return most/2 + time.Duration(rand.Int64N(int64(most/2)+1)) //nolint:gosec // any number will do
		}),
	})}
}

// Peek returns the copy if there is one.
func (c *Copies[T]) Peek(key string) (v T, ok bool) {
	kept, ok := c.cache.GetIfPresent(key)
	if ok {
		v = kept.(T) //nolint:forcetypeassert // only Get puts values in
	}
	return v, ok
}

// Get returns the copy, or loads and keeps it. A load that fails is not kept.
func (c *Copies[T]) Get(ctx context.Context, key string, load func(context.Context) (T, error)) (T, error) {
	if v, ok := c.Peek(key); ok {
		return v, nil
	}
	c.mu.Lock()
	began := c.generation
	c.mu.Unlock()
	v, err := load(ctx)
	if err != nil {
		return v, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation == began {
		c.cache.Set(key, v)
	}
	return v, nil
}

// Drop forgets one key, or everything when key is empty.
func (c *Copies[T]) Drop(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	if key == "" {
		c.cache.InvalidateAll()
		return
	}
	c.cache.Invalidate(key)
}
