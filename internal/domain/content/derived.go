package content

import (
	"context"
	"time"

	"lighttrends/internal/platform/memo"
)

// Sized is what a surface makes of a teaser or a text, such as its JSON. It
// says how many bytes it holds, so that all of them together stay bounded.
type Sized interface{ Size() int }

// Derived keeps what surfaces made of one object. It is reached only through
// that very object: whoever wants the bytes made of a gated text must hold the
// text, which takes a full decision. The zero value keeps nothing.
type Derived struct {
	copies *memo.Copies[Sized]
	of     string // names the object; one that says something else has another name
}

// Derive returns what was made under the key, making it the first time. key
// names the surface and everything else that the value depends on; a key always
// stands for the same type.
func Derive[T Sized](ctx context.Context, d *Derived, key string, build func(ctx context.Context) (T, error)) (T, error) {
	if d.copies == nil {
		return build(ctx)
	}
	key = d.of + key
	if v, ok := d.copies.Peek(key); ok {
		return v.(T), nil //nolint:forcetypeassert // a key stands for one type
	}
	v, err := d.copies.Get(ctx, key, func(ctx context.Context) (Sized, error) { return build(ctx) })
	if err != nil {
		var none T
		return none, err
	}
	return v.(T), nil //nolint:forcetypeassert // a key stands for one type
}

// derivedFor is how long what was made is kept, at most. It need not be asked
// about again sooner: the object is, and then has another name.
const derivedFor = 10 * time.Minute

func newDerived() *memo.Copies[Sized] {
	return memo.NewFor(derivedFor, derivedWeight, func(s Sized) uint32 { return uint32(256 + s.Size()) }) //nolint:gosec // bounded by MaxBody
}
