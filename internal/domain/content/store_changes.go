package content

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

// overTheOneBefore ends the statement that writes changes over earlier ones.
const overTheOneBefore = `ON CONFLICT (kind, subject) DO UPDATE SET slug = excluded.slug,
fresh = content_changes.fresh OR content_changes.gone, gone = excluded.gone, at = excluded.at, pending = excluded.pending`

// mark writes a change over the one before. One that begins with something
// being gone is of what nobody has seen, and is not kept. It says whether
// anything was told.
func (s store) mark(ctx context.Context, c PublicChange, seen bool) (told bool, err error) {
	if !seen {
		const gone = `UPDATE content_changes SET slug = ?, gone = ?, at = ?, pending = ? WHERE kind = ? AND subject = ? AND gone = ?`
		done := s.db.Write(ctx).Exec(gone, c.Slug, true, c.At, true, c.Kind, c.Subject, false)
		return done.RowsAffected > 0, done.Error
	}
	const put = `INSERT INTO content_changes (kind, subject, slug, gone, at, number, appeared, pending, fresh) VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?) ` + overTheOneBefore
	return true, s.db.Write(ctx).Exec(put, c.Kind, c.Subject, c.Slug, false, c.At, true, true).Error
}

// numbered is how many changes are given a number by one statement.
const numbered = 1000

// number gives numbers to the changes that have none. It sees committed ones
// only, and one server at a time does it: so a change that is committed later has
// a greater number than all that were given out. Rows that somebody is writing
// are left for the next time; waiting for them could stand against their
// waiting for us.
func (s store) number(ctx context.Context) error {
	due, err := s.pendingChanges(ctx)
	if err != nil || !due {
		return err
	}
	skip := ""
	if s.db.Engine() == db.Postgres {
		skip = " FOR UPDATE SKIP LOCKED"
	}
	give := `WITH due AS (SELECT kind, subject, at FROM content_changes WHERE pending ORDER BY at, kind, subject LIMIT ?` + skip + `),
next AS (SELECT kind, subject, (SELECT COALESCE(MAX(number), 0) FROM content_changes) + row_number() OVER (ORDER BY at, kind, subject) AS n FROM due)
UPDATE content_changes SET number = next.n, appeared = CASE WHEN content_changes.fresh THEN next.n ELSE content_changes.appeared END, pending = ?, fresh = ?
FROM next WHERE content_changes.kind = next.kind AND content_changes.subject = next.subject`
	for {
		var n int64
		err := s.db.Tx(ctx, func(ctx context.Context) error {
			if err := s.db.Lock(ctx, "content changes"); err != nil {
				return err
			}
			done := s.db.Write(ctx).Exec(give, numbered, false, false)
			n = done.RowsAffected
			return done.Error
		})
		if err != nil || n < numbered {
			return err
		}
	}
}

func (s store) pendingChanges(ctx context.Context) (bool, error) {
	var some []PublicChange
	err := s.db.Read(ctx).Where("pending").Select("kind").Limit(1).Find(&some).Error
	return len(some) > 0, err
}

func (s store) changesAfter(ctx context.Context, number int64, limit int) (out []*PublicChange, last int64, err error) {
	if err := s.db.Read(ctx).Where("number > ?", number).Order("number").Limit(limit).Find(&out).Error; err != nil {
		return nil, 0, err
	}
	if len(out) > 0 {
		return out, out[len(out)-1].Number, nil
	}
	return nil, last, s.db.Read(ctx).Raw("SELECT COALESCE(MAX(number), 0) FROM content_changes").Scan(&last).Error
}

// formerSlugs adds the addresses that notes once had.
func (s store) formerSlugs(ctx context.Context, list []*PublicChange) error {
	of := map[uuid.UUID]*PublicChange{}
	ids := []uuid.UUID{}
	for _, c := range list {
		if c.Kind != ChangedNote {
			continue
		}
		id, err := uuid.Parse(c.Subject)
		if err != nil {
			return err
		}
		of[id], ids = c, append(ids, id)
	}
	if err := s.takenOver(ctx, list); err != nil || len(ids) == 0 {
		return err
	}
	var rows []slugRow
	if err := s.db.Read(ctx).Where("note_id IN ?", ids).Order("retired_at, slug").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		c := of[r.NoteID]
		c.Former = append(c.Former, r.Slug)
	}
	return nil
}

// takenOver adds the addresses that topics and authors took over.
func (s store) takenOver(ctx context.Context, list []*PublicChange) error {
	if !slices.ContainsFunc(list, func(c *PublicChange) bool { return c.Kind == ChangedTopic || c.Kind == ChangedAuthor }) {
		return nil
	}
	cat, err := s.catalogue(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		switch c.Kind {
		case ChangedTopic:
			c.Former = led(cat.formerTopics, c.Slug)
		case ChangedAuthor:
			c.Former = led(cat.formerAuthors, c.Slug)
		}
	}
	return nil
}

// led lists the addresses that lead to one.
func led[P named[T], T any](former map[string]P, to string) (out []string) {
	for slug, x := range former {
		if x.address() == to {
			out = append(out, slug)
		}
	}
	slices.Sort(out)
	return out
}
