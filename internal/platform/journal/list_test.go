package journal_test

import (
	"context"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

// TestPagesMeetWithoutGapOrOverlap also where everything happened in the same
// microsecond, and while more is happening.
func TestPagesMeetWithoutGapOrOverlap(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e, nil)
		const n = 23
		happen := func(times int) {
			t.Helper()
			err := b.db.Tx(t.Context(), func(ctx context.Context) error {
				for range times {
					if err := b.Record(ctx, journal.Event{Verb: "note.saved", Subject: "note", ID: "n1"}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		happen(n)
		first := b.list(journal.Filter{Limit: 100})
		var walked []journal.Entry
		for page := (journal.Filter{Limit: 5}); len(walked) < 2*n; {
			rows := b.list(page)
			if len(rows) == 0 {
				break
			}
			walked = append(walked, rows...)
			mark, err := journal.ParseMark(rows[len(rows)-1].Mark().String())
			if err != nil {
				t.Fatal(err)
			}
			page.After = mark
			if len(walked) == 5 { // what comes later belongs before the first page
				b.clock.Advance(1)
				happen(3)
			}
		}
		if len(walked) != n || len(first) != n {
			t.Fatalf("%d entries on the pages, %d at once", len(walked), len(first))
		}
		for i := range walked {
			if walked[i].ID != first[i].ID {
				t.Errorf("place %d differs", i)
			}
		}
	})
}
