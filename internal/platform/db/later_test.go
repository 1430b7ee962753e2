package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func messageOf(key string) *message {
	return &message{ID: db.NewID(), MessageID: key, Recipient: "$1 and '$2'", Raw: []byte{0, 1}}
}

func keys(t *testing.T, d *db.DB) (out []string) {
	t.Helper()
	if err := d.Read(t.Context()).Model(&message{}).Order("message_id").Pluck("message_id", &out).Error; err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLater(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		t.Run("all is there after the commit, with what was announced", func(t *testing.T) {
			d := e.Open(t, nil)
			heard := 0
			d.Subscribe("later", func(string) { heard++ })
			err := d.Tx(t.Context(), func(ctx context.Context) error {
				return errors.Join(
					insert(ctx, d, "a"), d.Announce(ctx, "later", "x"),
					d.Later(ctx, db.Insert(messageOf("b"))), d.Later(ctx, db.Insert(messageOf("c"))),
					d.Later(ctx, func(q *gorm.DB) *gorm.DB {
						return q.Model(&message{}).Where("message_id = ?", "a").Update("sender", "later")
					}),
				)
			})
			if got := fmt.Sprint(keys(t, d)); err != nil || got != "[a b c]" || heard != 1 {
				t.Fatalf("%v, %s, heard %d times", err, got, heard)
			}
			var changed, plain int64
			q := d.Read(t.Context()).Model(&message{})
			if err := errors.Join(q.Session(&gorm.Session{}).Where("sender = ?", "later").Count(&changed).Error,
				q.Session(&gorm.Session{}).Where("recipient = ?", "$1 and '$2'").Count(&plain).Error); err != nil || changed != 1 || plain != 2 {
				t.Errorf("%v: %d changed, %d as given", err, changed, plain)
			}
		})
		t.Run("nothing is there when the transaction fails", func(t *testing.T) {
			d := e.Open(t, nil)
			boom := errors.New("boom")
			err := d.Tx(t.Context(), func(ctx context.Context) error {
				return errors.Join(d.Later(ctx, db.Insert(messageOf("a"))), boom)
			})
			if !errors.Is(err, boom) || count(t, d) != 0 {
				t.Fatalf("err %v, %d rows", err, count(t, d))
			}
		})
		t.Run("one that fails takes all back", func(t *testing.T) {
			d := e.Open(t, nil)
			twice := messageOf("b")
			told := false
			err := d.Tx(t.Context(), func(ctx context.Context) error {
				d.AfterCommit(ctx, func() { told = true })
				return errors.Join(insert(ctx, d, "a"), d.Later(ctx, db.Insert(twice)), d.Later(ctx, db.Insert(twice)))
			})
			if !db.IsDuplicate(err) || count(t, d) != 0 || told {
				t.Fatalf("err %v, %d rows, told %v", err, count(t, d), told)
			}
		})
		t.Run("any number", func(t *testing.T) {
			d := e.Open(t, nil)
			err := d.Tx(t.Context(), func(ctx context.Context) error {
				for i := range 1000 {
					if err := d.Later(ctx, db.Insert(messageOf(fmt.Sprint(i)))); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil || count(t, d) != 1000 {
				t.Fatalf("err %v, %d rows", err, count(t, d))
			}
		})
		t.Run("not outside of a transaction", func(t *testing.T) {
			d := e.Open(t, nil)
			if err := d.Later(t.Context(), db.Insert(messageOf("a"))); err == nil || count(t, d) != 0 {
				t.Errorf("later: err %v", err)
			}
			if err := d.Together(t.Context(), db.Insert(messageOf("a"))); err == nil || count(t, d) != 0 {
				t.Errorf("together: err %v", err)
			}
		})
	})
}

func TestTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		err := d.Tx(t.Context(), func(ctx context.Context) error {
			if err := d.Together(ctx, db.Insert(messageOf("a")), db.Insert(messageOf("b"))); err != nil {
				return err
			}
			var n int64 // what is done together is done now
			if err := d.Read(ctx).Model(&message{}).Count(&n).Error; err != nil || n != 2 {
				t.Errorf("%d rows, %v", n, err)
			}
			return d.Together(ctx)
		})
		if err != nil || count(t, d) != 2 {
			t.Fatalf("err %v, %d rows", err, count(t, d))
		}
	})
}

func TestOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		type key struct{ of string }
		reads := 0
		read := func(ctx context.Context) (n int64, err error) {
			reads++
			return n, d.Read(ctx).Model(&message{}).Count(&n).Error
		}
		once := func(ctx context.Context, of string, want int64) {
			if n, err := db.Once(ctx, d, key{of}, read); err != nil || n != want {
				t.Errorf("%s: %d, %v; want %d", of, n, err, want)
			}
		}
		err := d.Tx(t.Context(), func(ctx context.Context) error {
			once(ctx, "a", 0)
			err := insert(ctx, d, "x")
			once(ctx, "a", 0) // as it was read
			once(ctx, "b", 1)
			d.Forget(ctx, key{"a"})
			once(ctx, "a", 1)
			return err
		})
		if err != nil || reads != 3 {
			t.Fatalf("%v, %d reads", err, reads)
		}
		once(t.Context(), "a", 1)
		once(t.Context(), "a", 1)
		if reads != 5 {
			t.Errorf("%d reads: outside of a transaction nothing is kept", reads)
		}
	})
}
