package memo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"lighttrends/internal/platform/memo"
)

func TestCopies(t *testing.T) {
	t.Parallel()
	loads := 0
	c := memo.New(1<<20, func(string) uint32 { return 1 })
	get := func(key string, during func()) string {
		v, err := c.Get(t.Context(), key, func(context.Context) (string, error) {
			loads++
			if during != nil {
				during()
			}
			return key + " loaded", nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}

	if first, again := get("a", nil), get("a", nil); first != "a loaded" || again != first || loads != 1 {
		t.Fatalf("%d loads", loads)
	}
	c.Drop("b")
	if get("a", nil); loads != 1 {
		t.Fatal("another key's change dropped the copy")
	}
	c.Drop("a")
	if get("a", nil); loads != 2 {
		t.Fatal("a dropped copy was used")
	}
	c.Drop("")
	if get("a", nil); loads != 3 {
		t.Fatal("a copy outlived a change of everything")
	}

	get("c", func() { c.Drop("c") })
	if get("c", nil); loads != 5 {
		t.Fatal("what was read while it changed was kept")
	}

	boom := errors.New("boom")
	if _, err := c.Get(t.Context(), "d", func(context.Context) (string, error) { return "", boom }); !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if get("d", nil) != "d loaded" {
		t.Fatal("a failure was kept")
	}
}

func TestCopiesAreBounded(t *testing.T) {
	t.Parallel()
	c := memo.New(1000, func(b []byte) uint32 { return uint32(len(b)) })
	pass := func() (loads int) {
		for i := range 200 {
			_, _ = c.Get(t.Context(), string(rune('A'+i)), func(context.Context) ([]byte, error) {
				loads++
				return make([]byte, 100), nil
			})
		}
		return loads
	}
	pass()
	// Entries are put out in the background, shortly after they were put in.
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if pass() >= 150 {
			return
		}
	}
	t.Fatal("200 values of 100 bytes stayed under a bound of 1000 bytes")
}

// TestALifeGoesByTheKey: what may live for a moment only is loaded again while
// what may live longer is still there.
func TestALifeGoesByTheKey(t *testing.T) {
	t.Parallel()
	c := memo.NewBy(func(key string) time.Duration {
		if key == "short" {
			return 20 * time.Millisecond
		}
		return 0
	}, 1000, func(string) uint32 { return 1 })
	loads := map[string]int{}
	get := func(key string) {
		_, _ = c.Get(t.Context(), key, func(context.Context) (string, error) { loads[key]++; return key, nil })
	}
	get("usual")
	for deadline := time.Now().Add(10 * time.Second); loads["short"] < 2 && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		get("short")
	}
	if get("usual"); loads["short"] != 2 || loads["usual"] != 1 {
		t.Errorf("%v loads", loads)
	}
}
