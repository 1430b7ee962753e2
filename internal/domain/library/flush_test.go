package library_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

var errTest = errors.New("as the test wants")

// holding runs a transaction that does something and ends with an error or
// without one when it is told to.
func (b *bundle) holding(do func(ctx context.Context) error) (end func(error)) {
	b.Helper()
	began, ended, how := make(chan struct{}), make(chan error), make(chan error)
	go func() {
		ended <- b.db.Tx(b.Context(), func(ctx context.Context) error {
			err := do(ctx)
			close(began)
			return errors.Join(err, <-how)
		})
	}()
	<-began
	return func(err error) {
		b.Helper()
		how <- err
		if got := <-ended; !errors.Is(got, err) {
			b.Fatal(got)
		}
	}
}

// soon starts something, which stands in the way or waits a moment later.
func (b *bundle) soon(all *sync.WaitGroup, do func() error) {
	all.Go(func() {
		if err := do(); err != nil {
			b.Error(err)
		}
	})
	time.Sleep(100 * time.Millisecond)
}

// TestNothingIsWrittenForWhoHasJustWantedItForgotten has the two at once: a row
// that is in the way holds up what is being written after it was asked who wants
// to be remembered.
func TestNothingIsWrittenForWhoHasJustWantedItForgotten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for what, forget := range map[string]func(b *bundle) error{
			"the memory is off": func(b *bundle) error { return b.Remember(b.me, b.member, false) },
			"all is forgotten":  func(b *bundle) error { return b.Unread(b.me, b.member, uuid.Nil) },
			"a member left":     func(b *bundle) error { return b.Forget(b.Context(), b.member) },
		} {
			t.Run(what, func(t *testing.T) {
				b.member, b.me = b.somebody()
				note, now := db.NewID(), b.clock.Now()
				end := b.holding(func(ctx context.Context) error {
					return b.db.Write(ctx).Create(&library.Read{MemberID: b.member, NoteID: note, Version: 1, FirstAt: now, LastAt: now}).Error
				})
				b.Opened(b.member, note, 1, library.Mark{})
				var all sync.WaitGroup
				b.soon(&all, func() error { return b.Flush(b.Context()) })
				b.soon(&all, func() error { return forget(b) })
				end(errTest)
				all.Wait()
				b.flush()
				if rows, _, err := b.History(b.me, b.member, "", 10); err != nil || len(rows) != 0 {
					t.Errorf("%+v, %v", rows, err)
				}
			})
		}
	})
}

// TestAVisitLeavesTheWishAlone has a wish written between the reading of a
// member's habits and the writing of a day.
func TestAVisitLeavesTheWishAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ok(b.Visit(b.me, b.member))
		end := b.holding(func(ctx context.Context) error {
			return b.db.Write(ctx).Create(&library.Habits{MemberID: b.member, Forgetful: true}).Error
		})
		var all sync.WaitGroup
		b.soon(&all, func() error { return b.Flush(b.Context()) })
		end(nil)
		all.Wait()
		if remembers := ok(b.Remembers(b.me, b.member)); remembers {
			t.Error("who wanted nothing remembered is remembered again")
		}
	})
}

// TestWhoLeavesMeanwhileLeavesNothing asks who lives after those who leave were
// waited for.
func TestWhoLeavesMeanwhileLeavesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		left := make(chan struct{})
		b.asked = func() error {
			select {
			case <-left:
				return nil
			default:
				return errTest
			}
		}
		end := b.holding(func(ctx context.Context) error { return b.Forget(ctx, b.member) })
		b.Opened(b.member, db.NewID(), 1, library.Mark{})
		var all sync.WaitGroup
		b.soon(&all, func() error { return b.Flush(b.Context()) })
		b.gone[b.member] = true
		close(left)
		end(nil)
		all.Wait()
		if n := b.rows(b.member); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestWhatCouldNotBeWrittenWaits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		note, other := db.NewID(), db.NewID()
		fails := func() {
			t.Helper()
			if err := b.Flush(t.Context()); !errors.Is(err, errTest) {
				t.Fatal(err)
			}
		}
		b.asked = func() error { return errTest }
		b.Opened(b.member, note, 3, library.Mark{})
		b.must(b.Came(b.me, b.member, note, library.Place{Heading: 1, Block: 4, Percent: 20}))
		ok(b.Visit(b.me, b.member))
		fails()
		if !b.Waits() {
			t.Error("nobody tries again")
		}
		b.must(b.Came(b.me, b.member, note, library.Place{Heading: 2, Block: 9, Percent: 60}))
		b.asked = func() error { // newer than what is being written
			b.asked = nil
			b.Opened(b.member, note, 4, library.Mark{})
			return errTest
		}
		fails()
		b.flush()
		if m := ok(b.Mark(b.me, b.member, note)); m.Version != 4 || m.Place.Percent != 60 {
			t.Errorf("%+v", m)
		}
		if h := ok(b.Habits(b.me, b.member)); h.VisitedOn == "" {
			t.Error("the visit is lost")
		}
		t.Run("but not for who wanted it forgotten meanwhile", func(t *testing.T) {
			b.Opened(b.member, other, 1, library.Mark{})
			var all sync.WaitGroup
			b.asked = func() error {
				b.asked = nil
				b.soon(&all, func() error { return b.Unread(b.me, b.member, uuid.Nil) })
				return errTest
			}
			fails()
			all.Wait()
			b.flush()
			if n := b.rows(b.member); n != 1 { // the day they were here
				t.Errorf("%d rows", n)
			}
		})
		t.Run("a room that is closed tries no more", func(t *testing.T) {
			b.Opened(b.member, other, 1, library.Mark{})
			b.asked = func() error { return errTest }
			if err := b.Close(t.Context()); !errors.Is(err, errTest) || b.Waits() {
				t.Error(err)
			}
		})
	})
}
