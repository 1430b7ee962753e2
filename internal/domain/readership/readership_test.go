package readership_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/readership"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestOpeningsAreCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		now := clock.NewManual(time.Date(2026, 3, 1, 23, 59, 0, 0, time.UTC))
		d := e.Open(t, now)
		one, other := readership.New(readership.Deps{DB: d, Clock: now, Log: slog.New(slog.DiscardHandler)}), readership.New(readership.Deps{DB: d, Clock: now, Log: slog.New(slog.DiscardHandler)})
		staff := actor.With(t.Context(), actor.Machine("test"))
		film, price := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
		open := func(tally *readership.Tally, n int, note uuid.UUID, surface string, a readership.Audience, whole bool) {
			var all sync.WaitGroup
			for range n {
				all.Go(func() { tally.Count(readership.Opening{Note: note, Surface: surface, Audience: a, Whole: whole}) })
			}
			all.Wait()
		}
		flush := func() {
			t.Helper()
			for _, tally := range []*readership.Tally{one, other} {
				if err := tally.Flush(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		open(one, 7, film, "portal", readership.Stranger, false)
		open(other, 2, film, "portal", readership.Stranger, false)
		open(other, 3, film, "portal", readership.Subscriber, true)
		open(one, 1, price, "content-api", readership.Member, true)
		flush()
		now.Advance(2 * time.Minute) // another day
		open(one, 4, film, "portal", readership.Subscriber, true)
		flush()
		flush()

		span := readership.Span{From: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
		r, err := one.Report(staff, span, uuid.Nil, 10)
		if err != nil {
			t.Fatal(err)
		}
		if want := (readership.Counts{Whole: 8, Teasers: 9, Strangers: 9, Members: 1, Subscribers: 7}); r.Total != want {
			t.Errorf("in all %+v", r.Total)
		}
		if len(r.Days) != 2 || r.Days[0].Day != "2026-03-01" || r.Days[0].Teasers != 9 || r.Days[1].Whole != 4 {
			t.Errorf("by day %+v", r.Days)
		}
		if len(r.Notes) != 2 || r.Notes[0].Note != film || r.Notes[0].Subscribers != 7 || r.Notes[1].Members != 1 {
			t.Errorf("by note %+v", r.Notes)
		}
		if len(r.Surfaces) != 2 || r.Surfaces[0].Surface != "portal" || r.Surfaces[1].Whole != 1 {
			t.Errorf("by place %+v", r.Surfaces)
		}
		if r, err = one.Report(staff, readership.Span{From: span.To, To: span.To}, film, 10); err != nil || r.Total.Whole != 4 || r.Total.Teasers != 0 {
			t.Errorf("one note on one day: %+v, %v", r.Total, err)
		}

		if _, err := one.Report(t.Context(), span, uuid.Nil, 10); fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
		for _, bad := range []readership.Span{{From: span.To, To: span.From}, {From: span.From.AddDate(-4, 0, 0), To: span.To}} {
			if _, err := one.Report(staff, bad, uuid.Nil, 10); fault.Of(err).Kind != fault.Invalid {
				t.Errorf("%v: %v", bad, err)
			}
		}

		t.Run("what is closed counts no more, and has written everything", func(t *testing.T) {
			open(other, 5, price, "portal", readership.Stranger, true)
			if err := other.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			open(other, 5, price, "portal", readership.Stranger, true)
			flush()
			if r, err := one.Report(staff, span, price, 10); err != nil || r.Total.Strangers != 5 {
				t.Errorf("%+v, %v", r.Total, err)
			}
		})
		t.Run("days are forgotten after three years", func(t *testing.T) {
			now.Advance(3 * 366 * 24 * time.Hour)
			if err := one.Forget(t.Context()); err != nil {
				t.Fatal(err)
			}
			if r, _ := one.Report(staff, span, uuid.Nil, 10); len(r.Days) != 1 || r.Days[0].Day != "2026-03-02" {
				t.Errorf("%+v", r.Days)
			}
		})
	})
}

// TestWhatCouldNotBeWrittenIsKept until the database answers again.
func TestWhatCouldNotBeWrittenIsKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		now := clock.NewManual(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
		d := e.Open(t, now)
		tally := readership.New(readership.Deps{DB: d, Clock: now, Log: slog.New(slog.DiscardHandler)})
		note := uuid.Must(uuid.NewV7())
		tally.Count(readership.Opening{Note: note, Surface: "portal", Audience: readership.Stranger})
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := tally.Flush(gone); err == nil {
			t.Fatal("a database that cannot be asked took openings")
		}
		tally.Count(readership.Opening{Note: note, Surface: "portal", Audience: readership.Stranger})
		if err := tally.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		span := readership.Span{From: now.Now(), To: now.Now()}
		if r, err := tally.Report(actor.With(t.Context(), actor.Machine("test")), span, note, 1); err != nil || r.Total.Strangers != 2 {
			t.Errorf("%+v, %v", r.Total, err)
		}
	})
}
