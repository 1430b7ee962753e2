package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func TestChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		options := e.Options(t)
		d := e.Reopen(t, options, nil)
		before, known := d.Changes(t.Context())
		if e.Name == db.Postgres {
			if known {
				t.Error("known, though any server may write")
			}
			return
		}
		if !known {
			t.Fatal("not known")
		}
		put := func(d *db.DB, key string) {
			t.Helper()
			if err := d.Tx(t.Context(), func(ctx context.Context) error { return insert(ctx, d, key) }); err != nil {
				t.Fatal(err)
			}
		}
		now := func() int64 {
			t.Helper()
			n, known := d.Changes(t.Context())
			if !known {
				t.Fatal("not known")
			}
			return n
		}
		for _, key := range []string{"a", "b"} { // also right after another
			put(d, key)
			if n := now(); n == before {
				t.Fatal("a commit that was acknowledged does not count")
			} else {
				before = n
			}
		}
		if err := d.Tx(t.Context(), func(ctx context.Context) error { return errors.Join(insert(ctx, d, "c"), errors.New("no")) }); err == nil {
			t.Fatal("committed")
		}

		// What this process wrote is seen from outside, too, and counts again at
		// most once.
		time.Sleep(150 * time.Millisecond)
		before = now()
		time.Sleep(150 * time.Millisecond)
		if n := now(); n != before {
			t.Error("something counts though nobody wrote")
		}
		other := e.Reopen(t, options, nil)
		put(other, "d")
		for deadline := time.Now().Add(10 * time.Second); now() == before; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("what somebody else wrote does not count")
			}
		}
	})
}
