package content

import (
	"context"
	"slices"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// CalendarMonth is a month of the desk's calendar, in the publication's time zone.
type CalendarMonth struct {
	First     time.Time
	Entries   []CalendarEntry // by time
	Truncated bool            // there is more than the calendar shows
}

// CalendarEntry is something that happened to a note, or is to happen.
type CalendarEntry struct {
	Note    *Note
	Title   string // that readers see, or will see
	Action  Action
	Waiting bool
	At      time.Time // in the publication's time zone
	Change  Change
}

// calendarLimit bounds a month: an import may date thousands of notes there.
const calendarLimit = 1000

// upcomingLimit bounds what comes next.
const upcomingLimit = 50

// Upcoming gives what is scheduled, soonest first, at most limit of it: what is
// to appear, to be updated and to be retracted. What is overdue comes first.
func (s *Desk) Upcoming(ctx context.Context, limit int) ([]CalendarEntry, *time.Location, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, nil, err
	}
	rules, err := s.rules(ctx)
	if err != nil {
		return nil, nil, err
	}
	far := s.Clock.Now().AddDate(100, 0, 0).UTC()
	rows, err := s.store.scheduledBetween(ctx, time.Unix(0, 0).UTC(), far, min(limit, upcomingLimit))
	return entriesOf(rows, rules.Zone), rules.Zone, err
}

func entriesOf(rows []calendarRow, zone *time.Location) []CalendarEntry {
	out := make([]CalendarEntry, len(rows))
	for i := range rows {
		r := &rows[i]
		out[i] = CalendarEntry{&r.Note, r.ShownTitle, r.Action, r.Waiting, r.At.In(zone), r.Change}
	}
	return out
}

// Calendar gives everything of a month ("2026-12") that is scheduled or was
// published, updated or retracted.
func (s *Desk) Calendar(ctx context.Context, month string) (*CalendarMonth, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	rules, err := s.rules(ctx)
	if err != nil {
		return nil, err
	}
	first, err := time.ParseInLocation("2006-01", month, rules.Zone)
	if err != nil {
		var f fault.Fields
		f.Add("month", "bad_month", "A month such as 2026-12.")
		return nil, f.Err()
	}
	out := &CalendarMonth{First: first}
	for _, read := range []func(context.Context, time.Time, time.Time, int) ([]calendarRow, error){
		s.store.scheduledBetween, s.store.publishedBetween, s.store.retractedBetween,
	} {
		rows, err := read(ctx, first.UTC(), first.AddDate(0, 1, 0).UTC(), calendarLimit+1)
		if err != nil {
			return nil, err
		}
		out.Entries = append(out.Entries, entriesOf(rows, rules.Zone)...)
	}
	slices.SortStableFunc(out.Entries, func(a, b CalendarEntry) int { return a.At.Compare(b.At) })
	if len(out.Entries) > calendarLimit {
		out.Entries, out.Truncated = out.Entries[:calendarLimit], true
	}
	return out, nil
}
