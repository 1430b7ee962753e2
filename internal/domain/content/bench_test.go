package content_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

func benchEngines() []dbtest.Engine {
	return []dbtest.Engine{{Name: db.SQLite}, {Name: db.Postgres}}
}

// fill makes a desk with many notes; every tenth has the topic Film, every
// hundredth was edited by somebody else.
func fill(bm *testing.B, e dbtest.Engine, size int) *bench {
	bm.Helper()
	now := clock.NewManual(start)
	d := e.Open(bm, now)
	j := journal.New(d, now, nil)
	b := &bench{desk: content.NewDesk(content.Deps{DB: d, Clock: now, Journal: j, Search: search.New(d)}), db: d, now: now}
	b.staff = as(bm.Context(), actor.All()...)
	film := must(b.desk.PutTopic(b.staff, content.Label{Name: "Film"}))
	other := uuid.MustParse("0198a000-0000-7000-8000-00000000cafe")
	const batch = 200
	for from := 0; from < size; from += batch {
		notes := make([]*content.Note, batch)
		links, revisions := []map[string]any{}, []*content.Revision{}
		for i := range notes {
			notes[i] = noteNumber(from + i)
			if i%10 == 0 {
				links = append(links, map[string]any{"note_id": notes[i].ID, "topic_id": film.ID, "position": 0})
			}
			if i%100 == 0 {
				revisions = append(revisions, &content.Revision{ID: uuid.New(), NoteID: notes[i].ID, Number: 1, Meta: notes[i].Meta, Authors: []uuid.UUID{}, Topics: []uuid.UUID{}, TeaserContents: []content.Heading{}, CreatedBy: &other})
			}
		}
		insert(bm, b, notes, links, revisions)
	}
	if e.Name == db.Postgres {
		if err := d.Tx(b.staff, func(ctx context.Context) error { return d.Write(ctx).Exec("ANALYZE").Error }); err != nil {
			bm.Fatal(err)
		}
	}
	return b
}

func insert(bm *testing.B, b *bench, notes []*content.Note, links []map[string]any, revisions []*content.Revision) {
	bm.Helper()
	err := b.db.Tx(b.staff, func(ctx context.Context) error {
		if err := b.db.Write(ctx).Create(notes).Error; err != nil {
			return err
		}
		if err := b.db.Write(ctx).Table("note_topics").Create(links).Error; err != nil {
			return err
		}
		return b.db.Write(ctx).Create(revisions).Error
	})
	if err != nil {
		bm.Fatal(err)
	}
}
