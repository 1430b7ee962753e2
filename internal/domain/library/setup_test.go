package library_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

// bundle is the room with a member in it.
type bundle struct {
	*library.Room
	testing.TB
	db     *db.DB
	clock  *clock.Manual
	member uuid.UUID
	me     context.Context // the member acts
	gone   map[uuid.UUID]bool
	asked  func() error // called when it is asked who lives; nil: nothing
	rules  library.ShareRules
}

func setup(t testing.TB, e dbtest.Engine) *bundle {
	t.Helper()
	b := &bundle{TB: t, clock: clock.NewManual(time.Date(2026, 7, 14, 9, 0, 0, 0, time.UTC)), gone: map[uuid.UUID]bool{}}
	b.db = e.Open(t, b.clock)
	b.Room = library.New(library.Deps{DB: b.db, Clock: b.clock, Journal: journal.New(b.db, b.clock, nil), Shares: func(context.Context) (library.ShareRules, error) { return b.rules, nil }, Living: func(_ context.Context, ids []uuid.UUID) (out []uuid.UUID, _ error) {
		if b.asked != nil {
			if err := b.asked(); err != nil {
				return nil, err
			}
		}
		for _, id := range ids {
			if !b.gone[id] {
				out = append(out, id)
			}
		}
		return out, nil
	}})
	b.member, b.me = b.somebody()
	return b
}

// somebody is another member.
func (b *bundle) somebody() (uuid.UUID, context.Context) {
	id := db.NewID()
	return id, actor.With(b.Context(), actor.Actor{Kind: actor.Member, ID: id})
}

// opens has the member open a note, and writes it down.
func (b *bundle) opens(note uuid.UUID, version int) {
	b.Helper()
	b.Opened(b.member, note, version, ok(b.Mark(b.me, b.member, note)))
	b.flush()
}

func (b *bundle) flush() {
	b.Helper()
	if err := b.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// rows counts what is kept of a member, in all tables.
func (b *bundle) rows(member uuid.UUID) (all int64) {
	b.Helper()
	for _, model := range library.Tables() {
		if _, of := model.(*library.Opening); of {
			continue
		}
		var n int64
		if err := b.db.Read(b.Context()).Model(model).Where("member_id = ?", member).Count(&n).Error; err != nil {
			b.Fatal(err)
		}
		all += n
	}
	return all
}

// ok unwraps what may not fail.
func ok[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// verbs is what the journal says, in its order.
func (b *bundle) verbs() string {
	b.Helper()
	var all []string
	b.must(b.db.Read(b.Context()).Model(&journal.Entry{}).Order("id").Pluck("verb", &all).Error)
	return strings.Join(all, " ")
}
