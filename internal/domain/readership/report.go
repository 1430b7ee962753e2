package readership

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Counts are openings, by what was shown and to whom.
type Counts struct {
	Whole       int64 // with the whole text
	Teasers     int64 // with no more than stands above the paywall
	Strangers   int64
	Members     int64 // without a right that was paid for or given
	Subscribers int64
}

// DayCounts are the openings of a day.
type DayCounts struct {
	Day string // YYYY-MM-DD, of UTC
	Counts
}

// NoteCounts are the openings of a note.
type NoteCounts struct {
	Note uuid.UUID
	Counts
}

// SurfaceCounts are the openings at one place.
type SurfaceCounts struct {
	Surface string
	Counts
}

// Span is the days that are asked about, both ends in it.
type Span struct{ From, To time.Time }

// longest is how many days a report may be about.
const longest = 3 * 366

func (s Span) check() error {
	var f fault.Fields
	switch days := int(s.To.Sub(s.From).Hours() / 24); {
	case days < 0:
		f.Add("to", "before_from", "The last day lies before the first.")
	case days > longest:
		f.Add("from", "too_far", "Ask for three years at most.")
	}
	return f.Err()
}

// Report is what was read in some days. Days on which nothing was opened are
// not in it.
type Report struct {
	Total    Counts
	Days     []DayCounts
	Surfaces []SurfaceCounts
	Notes    []NoteCounts // those that were opened most, first
}

// sums are the columns of Counts.
const sums = `COALESCE(SUM(CASE WHEN whole THEN openings ELSE 0 END), 0) AS whole,
	COALESCE(SUM(CASE WHEN whole THEN 0 ELSE openings END), 0) AS teasers,
	COALESCE(SUM(CASE WHEN audience = 'stranger' THEN openings ELSE 0 END), 0) AS strangers,
	COALESCE(SUM(CASE WHEN audience = 'member' THEN openings ELSE 0 END), 0) AS members,
	COALESCE(SUM(CASE WHEN audience = 'subscriber' THEN openings ELSE 0 END), 0) AS subscribers`

// Report adds up the openings of a span. note narrows it to one note; zero is
// all of them. most is how many notes are listed.
func (t *Tally) Report(ctx context.Context, s Span, note uuid.UUID, most int) (out Report, err error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return out, err
	}
	if err := s.check(); err != nil {
		return out, err
	}
	where, args := "day >= ? AND day <= ?", []any{s.From.Format(time.DateOnly), s.To.Format(time.DateOnly)}
	if note != uuid.Nil {
		where, args = where+" AND note_id = ?", append(args, note)
	}
	ask := func(columns, rest string, into any, more ...any) {
		if err == nil {
			all := append(append([]any{}, args...), more...)
			err = t.DB.Read(ctx).Raw("SELECT "+columns+sums+" FROM readership WHERE "+where+" "+rest, all...).Scan(into).Error
		}
	}
	ask("", "", &out.Total)
	ask("day, ", "GROUP BY day ORDER BY day", &out.Days)
	ask("surface, ", "GROUP BY surface ORDER BY SUM(openings) DESC, surface", &out.Surfaces)
	ask("note_id AS note, ", "GROUP BY note_id ORDER BY SUM(openings) DESC, note_id LIMIT ?", &out.Notes, most)
	return out, err
}
