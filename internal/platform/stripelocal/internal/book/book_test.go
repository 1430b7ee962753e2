package book_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

func setup(t *testing.T, options string) (*book.Book, *sql.DB) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "b.db")+options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	b, err := book.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	return b, db
}

func customer(id, email string) *object.Customer {
	return &object.Customer{Head: object.Head{ID: id, Object: "customer", Created: 1}, Email: object.Str(email)}
}

func TestAnErrorOrAPanicKeepsNothing(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "")
	ctx, broken := context.Background(), errors.New("broken")
	err := b.Write(ctx, func(tx *book.Tx) error {
		if _, _, err := tx.Put(customer("cus_1", "a@example.com")); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = b.Write(ctx, func(tx *book.Tx) error {
			_, _, _ = tx.Put(customer("cus_1", "a@example.com"))
			panic("broken")
		})
	}()
	if _, _, err := b.Read(ctx).Doc("cus_1"); !errors.Is(err, book.ErrNone) {
		t.Errorf("it was kept: %v", err)
	}
	if err := b.Write(ctx, func(tx *book.Tx) error { _, _, err := tx.Put(customer("cus_1", "a@example.com")); return err }); err != nil {
		t.Errorf("nothing can be written after a panic: %v", err)
	}
}

func TestAnObjectComesBackAsItWas(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "")
	ctx := context.Background()
	put := func(c *object.Customer) {
		t.Helper()
		if err := b.Write(ctx, func(tx *book.Tx) error { _, _, err := tx.Put(c); return err }); err != nil {
			t.Fatal(err)
		}
	}
	c := customer("cus_1", "a@example.com")
	c.Clock, c.Secret.FailNext = "clock_1", true
	put(c)
	got := &object.Customer{Head: object.Head{Object: "customer"}}
	if err := b.Read(ctx).Get("cus_1", got); err != nil || !got.Secret.FailNext || got.Clock != "clock_1" || got.Email != "a@example.com" {
		t.Errorf("%+v %v", got, err)
	}
	if err := b.Read(ctx).Get("cus_1", &object.Invoice{Head: object.Head{Object: "invoice"}}); !errors.Is(err, book.ErrNone) {
		t.Errorf("a customer was read as an invoice: %v", err)
	}
	c.Email = "b@example.com"
	put(c)
	for email, want := range map[string]int{"a@example.com": 0, "b@example.com": 1} {
		n, err := b.Read(ctx).Count(book.Query{Object: "customer", Filters: []book.Filter{book.Is("email", email)}})
		if err != nil || n != want {
			t.Errorf("%s finds %d, want %d (%v)", email, n, want, err)
		}
	}
	if err := b.Write(ctx, func(tx *book.Tx) error { _, err := tx.Bury(c); return err }); err != nil {
		t.Fatal(err)
	}
	if err := b.Read(ctx).Get("cus_1", got); !errors.Is(err, book.ErrNone) {
		t.Errorf("a deleted customer was read: %v", err)
	}
	if doc, _, err := b.Read(ctx).Doc("cus_1"); err != nil || string(doc) != `{"deleted":true,"id":"cus_1","object":"customer"}` {
		t.Errorf("the note says %s %v", doc, err)
	}
}

// TestAnotherWriterOfTheFileIsWaitedFor lets the application write to the
// same file through a pool without a busy timeout.
func TestAnotherWriterOfTheFileIsWaitedFor(t *testing.T) {
	t.Parallel()
	b, db := setup(t, "?_pragma=journal_mode(WAL)")
	if _, err := db.Exec(`CREATE TABLE other (n INTEGER)`); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`INSERT INTO other VALUES (1)`); err != nil {
		t.Fatal(err)
	}
	runs, done := 0, make(chan error, 1)
	began := make(chan struct{})
	go func() {
		close(began)
		done <- b.Write(ctx, func(tx *book.Tx) error { runs++; _, _, err := tx.Put(customer("cus_1", "")); return err })
	}()
	<-began
	select {
	case err := <-done:
		t.Fatalf("wrote beside another writer: %v", err)
	case <-time.After(50 * time.Millisecond): // it waits
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil || runs != 1 {
		t.Errorf("%d runs, %v", runs, err)
	}
}

func TestOneConnectionIsEnough(t *testing.T) {
	t.Parallel()
	b, db := setup(t, "")
	db.SetMaxOpenConns(1)
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			id := fmt.Sprintf("cus_%d", i)
			err := b.Write(context.Background(), func(tx *book.Tx) error {
				if _, _, err := tx.Put(customer(id, "x@example.com")); err != nil {
					return err
				}
				_, _, err := tx.List(book.Query{Object: "customer", Limit: 3})
				return err
			})
			if _, _, e := b.Read(context.Background()).Doc(id); err != nil || e != nil {
				t.Errorf("%v %v", err, e)
			}
		})
	}
	all.Wait()
}

func TestAnswersAreForgottenAfterADay(t *testing.T) {
	t.Parallel()
	b, _ := setup(t, "")
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		age   time.Duration
		known bool
	}{{0, true}, {24*time.Hour - time.Second, true}, {24 * time.Hour, false}} {
		err := b.Write(context.Background(), func(tx *book.Tx) error {
			if c.age == 0 {
				if err := tx.Remember(book.Answer{Key: "k", Route: "POST /x", Body: "{}", Status: 200}, now); err != nil {
					return err
				}
			}
			a, known, err := tx.Recall("k", now.Add(c.age))
			if known != c.known || known && a.Body != "{}" {
				t.Errorf("after %s: %v", c.age, known)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
