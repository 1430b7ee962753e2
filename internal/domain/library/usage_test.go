package library_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestWhatProgramsReadIsRecordedAndBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		caps := library.UsageCaps{Notes: 2, Words: 1000}
		first, second, third := db.NewID(), db.NewID(), db.NewID()
		read := func(note uuid.UUID, words int) (library.UsageLeft, error) {
			return b.Record(b.me, library.Use{Member: b.member, Note: note, Surface: "mcp", Version: 3, Words: words}, caps)
		}
		if left := ok(read(first, 300)); left.Notes != 1 || left.Words != 700 || !left.Resets.Equal(time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v", left)
		}
		if left := ok(read(first, 100)); left.Notes != 1 || left.Words != 600 {
			t.Errorf("the same note counts once, its words as often as they are given: %+v", left)
		}
		ok(read(second, 100))
		_, err := read(third, 1)
		b.refused(err, "daily_notes_reached")
		if f := fault.Of(err); f.Kind != fault.TooMany || f.RetryAfter != 15*time.Hour {
			t.Errorf("%+v", f)
		}
		_, err = read(second, 501)
		b.refused(err, "daily_words_reached")
		if left := ok(read(second, 500)); left.Words != 0 {
			t.Errorf("%+v", left)
		}
		rows := ok(b.UsageSince(b.me, b.member, b.clock.Now()))
		sum := 0
		for _, row := range rows {
			sum += row.Words
		}
		if len(rows) != 2 || sum != 1000 || rows[0].Version != 3 || rows[0].Surface != "mcp" || rows[0].Day != "2026-07-14" {
			t.Errorf("%+v", rows)
		}
		_, stranger := b.somebody()
		_, err = b.UsageSince(stranger, b.member, b.clock.Now())
		b.refused(err, "capability_missing")
		_, err = b.Record(stranger, library.Use{Member: b.member, Note: first, Surface: "mcp"}, caps)
		b.refused(err, "sign_in_required")

		b.clock.Advance(16 * time.Hour)
		if left := ok(read(third, 1)); left.Notes != 1 || left.Words != 999 {
			t.Errorf("a new day: %+v", left)
		}
		if left := ok(b.Record(b.me, library.Use{Member: b.member, Note: first, Surface: "mcp", Words: 5}, library.UsageCaps{})); left.Notes != -1 || left.Words != -1 {
			t.Errorf("without bounds: %+v", left)
		}
		b.clock.Advance(time.Minute)
		ok(b.Record(b.me, library.Use{Member: b.member, Note: first, Surface: "open", Version: 1, Words: 5}, library.UsageCaps{}))
		ok(b.Record(b.me, library.Use{Member: b.member, Note: first, Surface: "open", Version: 2, Words: 7}, library.UsageCaps{}))
		if row := ok(b.UsageSince(b.me, b.member, b.clock.Now()))[0]; row.Surface != "open" || row.Version != 2 || row.Words != 12 || row.Opens != 2 || !row.FirstAt.Equal(row.LastAt) {
			t.Errorf("one note twice: %+v", row)
		}
		b.must(b.Forget(t.Context(), b.member))
		if rows := ok(b.UsageSince(b.me, b.member, time.Time{})); len(rows) != 0 {
			t.Errorf("left of who has gone: %+v", rows)
		}
		b.gone[b.member] = true
		_, err = read(first, 1)
		b.refused(err, "sign_in_required")
	})
}

// TestWhatSearchesShowCounts: whoever asks often enough reads it all.
func TestWhatSearchesShowCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		caps := library.UsageCaps{Notes: 1, Words: 100}
		use := func(note uuid.UUID, words int) library.Use {
			return library.Use{Member: b.member, Note: note, Surface: "mcp", Words: words}
		}
		first, second := db.NewID(), db.NewID()
		if !ok(b.Glimpses(b.me, nil, caps)) || !ok(b.Glimpses(b.me, []library.Use{use(first, 20), use(second, 20)}, caps)) || !ok(b.Glimpses(b.me, []library.Use{use(second, 20)}, caps)) {
			t.Error("there is enough")
		}
		if left := ok(b.Record(b.me, use(first, 30), caps)); left.Notes != 0 || left.Words != 10 {
			t.Errorf("what searches show is no note that was read, and its words count: %+v", left)
		}
		if ok(b.Glimpses(b.me, []library.Use{use(first, 5), use(second, 6)}, caps)) {
			t.Error("eleven words of ten")
		}
		_, err := b.Record(b.me, use(first, 11), caps)
		b.refused(err, "daily_words_reached")
		words := map[string]int{}
		for _, row := range ok(b.UsageSince(b.me, b.member, b.clock.Now())) {
			words[row.Surface] += row.Words
		}
		if words["mcp"] != 30 || words["mcp.search"] != 60 {
			t.Error(words)
		}
		if !ok(b.Glimpses(b.me, []library.Use{use(first, 1000)}, library.UsageCaps{Notes: 1})) {
			t.Error("words without a bound")
		}
		_, stranger := b.somebody()
		_, err = b.Glimpses(stranger, []library.Use{use(first, 1)}, caps)
		b.refused(err, "sign_in_required")
	})
}

func TestManyAtOnceReadNoMoreThanThereIs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		var given atomic.Int64
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() {
				_, err := b.Record(b.me, library.Use{Member: b.member, Note: db.NewID(), Surface: "mcp", Words: 1}, library.UsageCaps{Notes: 5})
				if err == nil {
					given.Add(1)
				} else if !fault.HasCode(err, "daily_notes_reached") {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if given.Load() != 5 {
			t.Errorf("%d were given", given.Load())
		}
	})
}
