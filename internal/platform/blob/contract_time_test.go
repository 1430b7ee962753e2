package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/fault"
)

func TestACancelledContextStopsEverything(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		put(t, s, "a", "x")
		ctx, cancel := context.WithCancel(t.Context())
		slow := plain{&cancelling{strings.NewReader("12345"), cancel}}
		if err := s.Put(ctx, "b", slow, 5, ""); !fault.HasCode(err, "interrupted") {
			t.Errorf("Put while it was cancelled: %v", err)
		}
		absent(t, s, "b")
		_, _, getErr := s.Get(ctx, "a")
		_, statErr := s.Stat(ctx, "a")
		var listErr error
		for _, listErr = range s.List(ctx, "") {
		}
		for i, err := range []error{getErr, statErr, listErr, s.Delete(ctx, "a"), s.Put(ctx, "a", strings.NewReader("y"), 1, "")} {
			if !fault.HasCode(err, "interrupted") {
				t.Errorf("call %d: %v", i, err)
			}
		}
		if got := get(t, s, "a"); got != "x" {
			t.Errorf("now it is %q", got)
		}
	})
}

// cancelling ends the context after its first byte.
type cancelling struct {
	r      io.Reader
	cancel context.CancelFunc
}

func (c *cancelling) Read(p []byte) (int, error) {
	n, err := c.r.Read(p[:1])
	c.cancel()
	return n, err
}

func TestAnOpenFileOutlivesTheContextThatOpenedIt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		text := strings.Repeat("abc", 1<<20)
		put(t, s, "a", text)
		ctx, cancel := context.WithCancel(t.Context())
		f, _, err := s.Get(ctx, "a")
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		defer func() { _ = f.Close() }()
		if got, err := io.ReadAll(f); err != nil || string(got) != text {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
}

func TestWritersAndReadersAtTheSameTime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s blob.Store) {
		versions := map[[32]byte]bool{}
		var all [][]byte
		for i := range 4 {
			b := bytes.Repeat([]byte{byte(i)}, 100_000+i)
			all = append(all, b)
			versions[sha256.Sum256(b)] = true
		}
		put(t, s, "one/key", string(all[0]))
		var wg sync.WaitGroup
		for _, b := range all {
			wg.Go(func() {
				for i := range 10 {
					if err := s.Put(context.Background(), "one/key", bytes.NewReader(b), int64(len(b)), ""); err != nil {
						t.Error(err)
					}
					other := fmt.Sprintf("two/%d", len(b)) // Delete empties its folder again and again
					put(t, s, other, fmt.Sprint(i))
					if err := s.Delete(context.Background(), other); err != nil {
						t.Error(err)
					}
				}
			})
			wg.Go(func() {
				for range 10 {
					if got := get(t, s, "one/key"); !versions[sha256.Sum256([]byte(got))] {
						t.Error("a mix of two versions came back")
					}
				}
			})
		}
		wg.Wait()
	})
}
