package journal_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

type bench struct {
	t     *testing.T
	db    *db.DB
	clock *clock.Manual
	*journal.Journal
}

func setup(t *testing.T, e dbtest.Engine, react journal.Reaction) *bench {
	t.Helper()
	c := clock.NewManual(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	d := e.Open(t, c)
	return &bench{t: t, db: d, clock: c, Journal: journal.New(d, c, react)}
}

func (b *bench) record(ctx context.Context, ev journal.Event) error {
	return b.db.Tx(ctx, func(ctx context.Context) error { return b.Record(ctx, ev) })
}

func (b *bench) list(f journal.Filter) []journal.Entry {
	b.t.Helper()
	out, err := b.List(b.t.Context(), f)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

func TestAnEntrySaysWhoDidWhatWhenAndInWhichRequest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e, nil)
		who := actor.Actor{Kind: actor.Staff, ID: uuid.New(), Name: "Ana"}
		ctx := actor.WithRequest(actor.With(t.Context(), who), "r-1")
		if err := b.record(ctx, journal.Event{Verb: "note.published", Subject: "note", ID: "n1", Payload: map[string]any{"slug": "film"}}); err != nil {
			t.Fatal(err)
		}
		if err := b.record(t.Context(), journal.Event{Verb: "note.retracted", Subject: "note", ID: "n1"}); err != nil {
			t.Fatal(err)
		}
		got := b.list(journal.Filter{})
		if len(got) != 2 {
			t.Fatalf("%d entries", len(got))
		}
		bare, full := got[0], got[1]
		if full.Verb != "note.published" || full.SubjectKind != "note" || full.SubjectID != "n1" || full.ActorKind != "staff" ||
			full.ActorName != "Ana" || full.ActorID == nil || *full.ActorID != who.ID || full.RequestID != "r-1" || !full.At.Equal(b.clock.Now()) {
			t.Errorf("%+v", full)
		}
		if raw, err := full.Payload.MarshalJSON(); err != nil || !jsonEqual(raw, `{"slug":"film"}`) {
			t.Errorf("%s, %v", raw, err)
		}
		if bare.ActorKind != "anonymous" || bare.ActorID != nil || string(bare.Payload) != "{}" {
			t.Errorf("%+v", bare)
		}
	})
}

// jsonEqual: Postgres writes a space where SQLite keeps what was given.
func jsonEqual(raw []byte, want string) bool {
	clean := ""
	for _, r := range string(raw) {
		if r != ' ' {
			clean += string(r)
		}
	}
	return clean == want
}

// TestARecordStandsInATransaction: a change, its record and its consequences
// exist together or not at all.
func TestARecordStandsInATransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e, nil)
		if err := recovered(func() error { return b.Record(t.Context(), journal.Event{Verb: "note.published", Subject: "note"}) }); err == nil {
			t.Error("an event is recorded outside of a transaction")
		}
		boom := errors.New("boom")
		err := b.db.Tx(t.Context(), func(ctx context.Context) error {
			if err := b.Record(ctx, journal.Event{Verb: "note.published", Subject: "note"}); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || len(b.list(journal.Filter{})) != 0 {
			t.Errorf("%v, and %d entries stay", err, len(b.list(journal.Filter{})))
		}
	})
}

func recovered(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f()
}

func TestAReactionRunsInTheTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		fail := errors.New("no")
		var seen []string
		var b *bench
		b = setup(t, e, func(ctx context.Context, e journal.Entry) error {
			seen = append(seen, e.Verb)
			if e.Verb == "note.refused" {
				return fail
			}
			if e.Verb == "note.published" { // a reaction may record, too
				return b.Record(ctx, journal.Event{Verb: "alert.asked", Subject: "note", ID: e.SubjectID})
			}
			return nil
		})
		if err := b.record(t.Context(), journal.Event{Verb: "note.refused", Subject: "note"}); !errors.Is(err, fail) {
			t.Errorf("got %v", err)
		}
		if err := b.record(t.Context(), journal.Event{Verb: "note.published", Subject: "note", ID: "n1"}); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{"note.refused", "note.published", "alert.asked"}, seen); d != "" {
			t.Error(d)
		}
		if got := b.list(journal.Filter{}); len(got) != 2 {
			t.Errorf("%d entries: what the reaction refused is there", len(got))
		}
	})
}

func TestAPayloadThatIsNoJSONIsAnError(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite}, nil)
	if err := b.record(t.Context(), journal.Event{Verb: "x.y", Subject: "x", Payload: func() {}}); err == nil || len(b.list(journal.Filter{})) != 0 {
		t.Errorf("got %v", err)
	}
}

func TestListsAreNarrowedAndBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e, nil)
		start := b.clock.Now()
		for i := range 60 {
			ev := journal.Event{Verb: "note.saved", Subject: "note", ID: fmt.Sprint(i % 2)}
			if i%10 == 0 {
				ev = journal.Event{Verb: "plan.changed", Subject: "plan", ID: "p"}
			}
			if err := b.record(t.Context(), ev); err != nil {
				t.Fatal(err)
			}
			b.clock.Advance(time.Second)
		}
		for name, tt := range map[string]struct {
			f    journal.Filter
			want int
		}{
			"without a limit":       {journal.Filter{}, 50},
			"a limit":               {journal.Filter{Limit: 7}, 7},
			"a limit that is large": {journal.Filter{Limit: 10000}, 60},
			"by subject":            {journal.Filter{Subject: "plan"}, 6},
			"by subject and id":     {journal.Filter{Subject: "note", ID: "1", Limit: 100}, 30},
			"by verb":               {journal.Filter{Verb: "plan.changed"}, 6},
			"before a moment":       {journal.Filter{Before: start.Add(10 * time.Second)}, 10},
			"nothing":               {journal.Filter{Subject: "' OR 1=1 --"}, 0},
		} {
			got := b.list(tt.f)
			if len(got) != tt.want {
				t.Errorf("%s: %d entries, want %d", name, len(got), tt.want)
			}
			for i := 1; i < len(got); i++ {
				if got[i].At.After(got[i-1].At) {
					t.Errorf("%s: not newest first", name)
				}
			}
		}
	})
}
