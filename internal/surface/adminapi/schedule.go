package adminapi

import (
	"context"
	"net/http"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
)

// Schedule is something that is to happen to a note.
type Schedule struct {
	Action   string    `json:"action" enum:"publish,update,retract"`
	At       string    `json:"at" example:"2026-12-24T09:00" doc:"On the clocks of the zone"`
	Zone     string    `json:"zone" example:"Europe/Berlin"`
	Offset   string    `json:"offset" example:"+01:00"`
	Instant  time.Time `json:"instant"`
	Revision int       `json:"revision,omitempty" doc:"Number of the revision that goes out; later edits are not in it"`
	Change   string    `json:"change,omitempty" enum:"silent,minor,major"`
	Notice   string    `json:"notice,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	By       Person    `json:"by"`
}

// wall writes a local time as people give it.
func wall(t time.Time) string {
	if t.Second() != 0 {
		return t.Format("2006-01-02T15:04:05")
	}
	return t.Format("2006-01-02T15:04")
}

func schedulesOf(list []*content.Schedule) []Schedule {
	out := make([]Schedule, len(list))
	for i, x := range list {
		local := x.Local()
		out[i] = Schedule{
			Action: string(x.Action), At: wall(local), Zone: x.Zone, Offset: local.Format("-07:00"), Instant: x.At, Revision: x.Revision,
			Change: string(x.Change), Notice: x.Notice, Reason: x.Reason, By: personOf(x.By()),
		}
	}
	return out
}

// CalendarEntry is something that happened to a note, or is to happen.
type CalendarEntry struct {
	State   string       `json:"state" enum:"scheduled,done"`
	Action  string       `json:"action" enum:"publish,update,retract"`
	At      string       `json:"at" doc:"On the clocks of the zone"`
	Offset  string       `json:"offset"`
	Instant time.Time    `json:"instant"`
	Change  string       `json:"change,omitempty" enum:"silent,minor,major"`
	Note    CalendarNote `json:"note"`
}

// CalendarNote is a note in the calendar.
type CalendarNote struct {
	ID      string `json:"id" format:"uuid"`
	Version int64  `json:"version" doc:"For If-Match"`
	Status  string `json:"status"`
	Slug    string `json:"slug"`
	Title   string `json:"title" doc:"As readers see it, or will"`
	Kind    string `json:"kind"`
}

type (
	scheduleInput struct {
		NoteID
		IfMatch string `header:"If-Match"`
		Body    struct {
			Action       string `json:"action" enum:"publish,update,retract"`
			At           string `json:"at" maxLength:"19" example:"2026-12-24T09:00" doc:"Local time of the publication"`
			Offset       string `json:"offset,omitempty" maxLength:"6" example:"+01:00" doc:"Which one is meant, where the clocks show a time twice"`
			Change       string `json:"change,omitempty" enum:"silent,minor,major" doc:"As in publishing"`
			Notice       string `json:"notice,omitempty" maxLength:"1000"`
			Reason       string `json:"reason,omitempty" maxLength:"500" doc:"Of a retraction, for readers"`
			KeepRevision bool   `json:"keep_revision,omitempty" doc:"Only move it: what goes out stays as it is"`
		}
	}
	unscheduleInput struct {
		NoteID
		IfMatch string `header:"If-Match"`
		Action  string `query:"action" enum:"publish,update,retract" doc:"Left out: everything"`
	}
	calendarInput struct {
		Month string `query:"month" required:"true" pattern:"^[0-9]{4}-[0-9]{2}$" example:"2026-12"`
	}
	calendarOutput struct {
		Body struct {
			Month     string          `json:"month"`
			Zone      string          `json:"zone"`
			Truncated bool            `json:"truncated,omitempty" doc:"There is more than the calendar shows"`
			Entries   []CalendarEntry `json:"entries"`
		}
	}
)

type (
	upcomingInput struct {
		Limit int `query:"limit" minimum:"1" maximum:"50" default:"10"`
	}
	upcomingOutput struct {
		Body struct {
			Zone    string          `json:"zone"`
			Entries []CalendarEntry `json:"entries"`
		}
	}
)

func (s *service) schedules() {
	const tag = "Schedule"
	// Whether it takes notes.publish or notes.retract depends on the action.
	add(s, route{method: http.MethodPut, path: "/notes/{id}/schedule", id: "schedule-note", tag: tag, need: actor.NotesRead,
		summary: "Schedule a publication, an update or a retraction", text: "Needs notes.publish or notes.retract. It happens once, also if no server runs at the moment. Again: it is moved, with the draft of now. A time that the clocks skip is refused; one that they show twice answers 409 ambiguous_time with both moments, to be sent again with an offset."}, s.schedule)
	add(s, route{method: http.MethodDelete, path: "/notes/{id}/schedule", id: "unschedule-note", tag: tag, need: actor.NotesRead,
		summary: "Cancel what is scheduled", text: "Needs notes.publish or notes.retract."}, s.unschedule)
	add(s, route{method: http.MethodGet, path: "/calendar", id: "get-calendar", tag: tag, need: actor.NotesRead,
		summary: "A month of the calendar", text: "What is scheduled and what was published, updated and retracted, in the publication's time zone."}, s.calendar)
	add(s, route{method: http.MethodGet, path: "/calendar/next", id: "list-upcoming", tag: tag, need: actor.NotesRead,
		summary: "What comes next", text: "Everything that is scheduled, soonest first: publications, updates and retractions."}, s.upcoming)
}

func (s *service) upcoming(ctx context.Context, in *upcomingInput) (*upcomingOutput, error) {
	entries, zone, err := s.Desk.Upcoming(ctx, in.Limit)
	if err != nil {
		return nil, err
	}
	var out upcomingOutput
	out.Body.Zone, out.Body.Entries = zone.String(), calendarEntries(entries)
	return &out, nil
}

func (s *service) schedule(ctx context.Context, in *scheduleInput) (*noteOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	return s.note(s.Desk.Schedule(ctx, in.ID, content.ScheduleInput{
		Version: from, Action: content.Action(b.Action), At: b.At, Offset: b.Offset, Change: content.Change(b.Change),
		Notice: b.Notice, Reason: b.Reason, KeepRevision: b.KeepRevision,
	}))
}

func (s *service) unschedule(ctx context.Context, in *unscheduleInput) (*noteOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.note(s.Desk.Unschedule(ctx, in.ID, from, content.Action(in.Action)))
}

func (s *service) calendar(ctx context.Context, in *calendarInput) (*calendarOutput, error) {
	m, err := s.Desk.Calendar(ctx, in.Month)
	if err != nil {
		return nil, err
	}
	var out calendarOutput
	out.Body.Month, out.Body.Zone, out.Body.Truncated = in.Month, m.First.Location().String(), m.Truncated
	out.Body.Entries = calendarEntries(m.Entries)
	return &out, nil
}

func calendarEntries(entries []content.CalendarEntry) []CalendarEntry {
	out := make([]CalendarEntry, len(entries))
	for i, e := range entries {
		out[i] = CalendarEntry{
			State: "done", Action: string(e.Action), At: wall(e.At), Offset: e.At.Format("-07:00"), Instant: e.At.UTC(), Change: string(e.Change),
			Note: CalendarNote{e.Note.ID.String(), e.Note.Version, string(e.Note.Status), e.Note.Slug, e.Title, string(e.Note.Kind)},
		}
		if e.Waiting {
			out[i].State = "scheduled"
		}
	}
	return out
}
