package content

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
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

// Made returns what [Derive] made under the key, while it is kept.
func Made[T Sized](d *Derived, key string) (made T, ok bool) {
	if d.copies == nil {
		return made, false
	}
	v, ok := d.copies.Peek(d.of + key)
	if ok {
		made = v.(T) //nolint:forcetypeassert // a key stands for one type
	}
	return made, ok
}

// Derive returns what was made under the key, making it the first time. key
// names the surface and everything else that the value depends on; a key always
// stands for the same type.
func Derive[T Sized](ctx context.Context, d *Derived, key string, build func(ctx context.Context) (T, error)) (T, error) {
	if d.copies == nil {
		return build(ctx)
	}
	if v, ok := Made[T](d, key); ok {
		return v, nil
	}
	v, err := d.copies.Get(ctx, d.of+key, func(ctx context.Context) (Sized, error) { return build(ctx) })
	if err != nil {
		var none T
		return none, err
	}
	return v.(T), nil //nolint:forcetypeassert // a key stands for one type
}

// The names of teasers and texts say what these hold, so what was made of them is
// found again when their copies were read anew. It is asked about no sooner than
// in noteFor: a teaser is, and has another name when it says something else.
// Lists and what stands around a note are named by a number, and new with each
// reading.
const (
	editionMark = "edition "
	textMark    = "text "
	noteFor     = 10 * time.Minute
)

func derivedFor(key string) time.Duration {
	if strings.HasPrefix(key, editionMark) || strings.HasPrefix(key, textMark) {
		return noteFor
	}
	return 0
}

// name gives a teaser its edition, by what it says and by how many changes had
// been announced when it began to be read.
func (l *Library) name(t *Teaser, announced uint64) (*Teaser, error) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(t); err != nil {
		return nil, fmt.Errorf("content: cannot name note %s: %w", t.ID, err)
	}
	t.Edition = editionMark + strconv.FormatUint(announced, 36) + " " + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18]) + " "
	t.Derived = Derived{l.derived, t.Edition}
	return t, nil
}

func newDerived() *memo.Copies[Sized] {
	return memo.NewBy(derivedFor, derivedWeight, func(s Sized) uint32 { return uint32(256 + s.Size()) }) //nolint:gosec // bounded by MaxBody
}
