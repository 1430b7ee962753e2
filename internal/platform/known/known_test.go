package known_test

import (
	"context"
	"errors"
	"testing"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/known"
)

// shelf counts the rows, and how often it was asked.
type shelf struct {
	d     *db.DB
	reads int
}

func (s *shelf) count(ctx context.Context) (*int64, error) {
	s.reads++
	var n int64
	return &n, s.d.Read(ctx).Table("mailbox_messages").Count(&n).Error
}

func (s *shelf) put(ctx context.Context, d *db.DB) error {
	return d.Write(ctx).Exec("INSERT INTO mailbox_messages (id, message_id, sender, recipient, subject, received_at, raw) VALUES (?, ?, '', '', '', ?, ?)",
		db.NewID(), db.NewID().String(), "2026-03-01 12:00:00+00:00", []byte{0}).Error
}

func TestOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		options := e.Options(t)
		s := &shelf{d: e.Reopen(t, options, nil)}
		one := known.New(s.d, s.count)
		get := func(ctx context.Context, when string, want int64) {
			t.Helper()
			n, err := one.Get(ctx)
			if err != nil || *n != want {
				t.Fatalf("%s: %d, %v; want %d", when, *n, err, want)
			}
		}
		get(t.Context(), "at first", 0)
		get(t.Context(), "again", 0)
		if s.reads != 1 {
			t.Errorf("%d reads", s.reads)
		}

		one.Drop()
		boom := errors.New("boom")
		err := s.d.Tx(t.Context(), func(ctx context.Context) error {
			err := s.put(ctx, s.d)
			get(ctx, "in a transaction, which sees its own", 1)
			return errors.Join(err, boom)
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		get(t.Context(), "after it was taken back", 0)

		if e.Name == db.SQLite { // whose only writer is the transaction
			return
		}
		other := e.Reopen(t, options, nil)
		one.Drop()
		err = s.d.TxOnSeen(t.Context(), func(ctx context.Context) error {
			if _, err := s.count(ctx); err != nil { // from here on it sees what was
				return err
			}
			err := other.Tx(t.Context(), func(ctx context.Context) error { return s.put(ctx, other) })
			one.Drop()
			get(ctx, "in a transaction that sees what was", 0)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		get(t.Context(), "after that transaction", 1)
	})
}
