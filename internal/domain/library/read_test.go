package library_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestWhatAMemberRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		note := db.NewID()
		last := func() (int, time.Time) {
			t.Helper()
			version, at, err := b.LastRead(b.me, b.member, note)
			if err != nil {
				t.Fatal(err)
			}
			return version, at
		}
		if v, at := last(); v != 0 || !at.IsZero() {
			t.Errorf("before anything was read: %d, %v", v, at)
		}
		first := b.clock.Now()
		b.opens(note, 2)
		if v, at := last(); v != 2 || !at.Equal(first) {
			t.Errorf("%d, %v", v, at)
		}
		t.Run("an older version does not make them forget the newer", func(t *testing.T) {
			b.clock.Advance(time.Hour)
			b.opens(note, 1)
			if v, at := last(); v != 2 || !at.Equal(b.clock.Now()) {
				t.Errorf("%d, %v", v, at)
			}
		})
		t.Run("the place is kept when a newer version is opened", func(t *testing.T) {
			if err := b.Came(b.me, b.member, note, library.Place{Heading: 2, Block: 14, Percent: 40}); err != nil {
				t.Fatal(err)
			}
			b.flush()
			b.opens(note, 3)
			m := ok(b.Mark(b.me, b.member, note))
			if m.Version != 3 || m.Place != (library.Place{Heading: 2, Block: 14, Percent: 40}) {
				t.Errorf("%+v", m)
			}
		})
		t.Run("a place in a note that was not opened is not kept", func(t *testing.T) {
			other := db.NewID()
			_ = b.Came(b.me, b.member, other, library.Place{Block: 3, Percent: 10})
			b.flush()
			if m := ok(b.Mark(b.me, b.member, other)); m != (library.Mark{}) {
				t.Errorf("%+v", m)
			}
		})
		t.Run("nonsense is no place", func(t *testing.T) {
			for _, p := range []library.Place{{Block: -1}, {Percent: 101}, {Heading: 1 << 40}} {
				_ = b.Came(b.me, b.member, note, p)
			}
			b.flush()
			if m := ok(b.Mark(b.me, b.member, note)); m.Place.Block != 14 {
				t.Errorf("%+v", m)
			}
		})
		t.Run("it is nobody else's business", func(t *testing.T) {
			_, other := b.somebody()
			_, _, err := b.LastRead(other, b.member, note)
			if fault.Of(err).Kind != fault.Unauthenticated {
				t.Error(err)
			}
			if _, _, err := b.History(other, b.member, "", 10); fault.Of(err).Kind != fault.Forbidden {
				t.Error(err)
			}
		})
	})
}

func TestTheHistory(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		var notes []uuid.UUID
		for i := range 5 {
			notes = append(notes, db.NewID())
			b.opens(notes[i], 1)
			if i%2 == 0 {
				b.clock.Advance(time.Minute) // two of one moment
			}
		}
		var seen []uuid.UUID
		for after := ""; ; {
			rows, next, err := b.History(b.me, b.member, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				seen = append(seen, r.NoteID)
			}
			if after = next; next == "" {
				break
			}
		}
		if len(seen) != 5 || seen[4] != notes[0] {
			t.Errorf("%v of %v", seen, notes)
		}
		if _, _, err := b.History(b.me, b.member, "nonsense", 2); !fault.HasCode(err, "bad_cursor") {
			t.Error(err)
		}
		for i, p := range []library.Place{{Block: 9, Percent: 50}, {Block: 40, Percent: 99}, {Block: 1, Percent: 2}} {
			_ = b.Came(b.me, b.member, notes[i], p)
		}
		b.flush()
		if open := ok(b.Begun(b.me, b.member, 10)); len(open) != 1 || open[0].NoteID != notes[0] {
			t.Errorf("begun: %+v", open)
		}
		if err := b.Unread(b.me, b.member, notes[0]); err != nil {
			t.Fatal(err)
		}
		if v, _, _ := b.LastRead(b.me, b.member, notes[0]); v != 0 {
			t.Error("a note is still remembered")
		}
		if err := b.Unread(b.me, b.member, uuid.Nil); err != nil {
			t.Fatal(err)
		}
		if n := b.rows(b.member); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestNothingIsRememberedOfWhoDoesNotWantIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		note := db.NewID()
		b.opens(note, 1)
		ok(b.Visit(b.me, b.member))
		b.flush()
		if err := b.Remember(b.me, b.member, false); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(24 * time.Hour)
		b.opens(note, 1)
		if since := ok(b.Visit(b.me, b.member)); !since.IsZero() {
			t.Errorf("since %v", since)
		}
		b.flush()
		if ok(b.Remembers(b.me, b.member)) || b.rows(b.member) != 1 { // that they do not want it
			t.Errorf("%d rows", b.rows(b.member))
		}
		if err := b.Remember(b.me, b.member, true); err != nil {
			t.Fatal(err)
		}
		b.opens(note, 1)
		if v, _, _ := b.LastRead(b.me, b.member, note); v != 1 {
			t.Error("it is not remembered again")
		}
	})
}

func TestWhenSomebodyWasHereBefore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		visit := func() string {
			since := ok(b.Visit(b.me, b.member))
			b.flush()
			if since.IsZero() {
				return ""
			}
			return since.Format(time.DateOnly)
		}
		var got []string
		for _, later := range []time.Duration{0, time.Hour, 3 * 24 * time.Hour, time.Hour, 24 * time.Hour} {
			b.clock.Advance(later)
			got = append(got, visit())
		}
		want := []string{"", "", "2026-07-14", "2026-07-14", "2026-07-17"}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%q, not %q", got, want)
			}
		}
	})
}

func TestNothingIsLeftOfWhoLeaves(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		note := db.NewID()
		b.opens(note, 1)
		ok(b.Visit(b.me, b.member))
		b.flush()
		if b.rows(b.member) == 0 {
			t.Fatal("nothing was written, so this test could not fail")
		}
		if err := b.Forget(t.Context(), b.member); err != nil {
			t.Fatal(err)
		}
		b.gone[b.member] = true
		b.opens(note, 2) // a page that was under way
		if n := b.rows(b.member); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}
