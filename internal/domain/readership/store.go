package readership

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// readershipRow is how often notes were opened in one way on one day.
type readershipRow struct {
	Day      string    `gorm:"primaryKey"`
	NoteID   uuid.UUID `gorm:"primaryKey"`
	Surface  string    `gorm:"primaryKey"`
	Audience Audience  `gorm:"primaryKey"`
	Whole    bool      `gorm:"primaryKey"`
	Openings int64     `gorm:"not null"`
}

// TableName implements gorm's Tabler.
func (readershipRow) TableName() string { return "readership" }

// Tables lists what the room keeps, for the test that compares it with the
// migrations.
func Tables() []any { return []any{&readershipRow{}} }

// atOnce bounds a statement: six values a row.
const atOnce = 500

// add adds to the counts, in one transaction and in a fixed order, so that two
// nodes never wait for each other crosswise.
func (t *Tally) add(ctx context.Context, counts map[row]int64) error {
	rows := slices.SortedFunc(maps.Keys(counts), row.compare)
	return t.DB.Tx(ctx, func(ctx context.Context) error {
		for part := range slices.Chunk(rows, atOnce) {
			values := make([]any, 0, 6*len(part))
			for _, r := range part {
				values = append(values, r.Day, r.NoteID, r.Surface, r.Audience, r.Whole, counts[r])
			}
			statement := "INSERT INTO readership (day, note_id, surface, audience, whole, openings) VALUES " +
				strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?, ?), ", len(part)), ", ") +
				" ON CONFLICT (day, note_id, surface, audience, whole) DO UPDATE SET openings = readership.openings + excluded.openings"
			if err := t.DB.Write(ctx).Exec(statement, values...).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// compare puts rows in an order; it makes nothing new, for there may be
// thousands of them.
func (r row) compare(other row) int {
	whole := 0
	if r.Whole != other.Whole {
		whole = -1
		if r.Whole {
			whole = 1
		}
	}
	return cmp.Or(strings.Compare(r.Day, other.Day), bytes.Compare(r.NoteID[:], other.NoteID[:]), strings.Compare(r.Surface, other.Surface),
		strings.Compare(string(r.Audience), string(other.Audience)), whole)
}

// kept is how long days are kept.
const kept = 3 * 366 * 24 * time.Hour

// Forget drops the days that are older than three years.
func (t *Tally) Forget(ctx context.Context) error {
	before := t.Clock.Now().UTC().Add(-kept).Format(time.DateOnly)
	return t.DB.Tx(ctx, func(ctx context.Context) error {
		return t.DB.Write(ctx).Where("day < ?", before).Delete(&readershipRow{}).Error
	})
}
