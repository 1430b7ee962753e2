package adminapi

import (
	"context"
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/readership"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Openings are how often notes were opened, by what was shown and to whom.
type Openings struct {
	Whole       int64 `json:"whole" doc:"With the whole text"`
	Teasers     int64 `json:"teasers" doc:"With no more than stands above the paywall"`
	Strangers   int64 `json:"strangers" doc:"By who was not signed in"`
	Members     int64 `json:"members" doc:"By members without a right to the note that was paid for or given; whoever opens a public note, too"`
	Subscribers int64 `json:"subscribers" doc:"By members whom such a right let in"`
}

// Readership is what was read in some days.
type Readership struct {
	From     string            `json:"from" format:"date"`
	To       string            `json:"to" format:"date"`
	Total    Openings          `json:"total"`
	Days     []DayOpenings     `json:"days" doc:"Days of UTC, in order; one on which nothing was opened is left out"`
	Surfaces []SurfaceOpenings `json:"surfaces" doc:"By where it was read"`
	Notes    []OpenedNote      `json:"notes" doc:"Those that were opened most, first"`
}

// DayOpenings are the openings of a day.
type DayOpenings struct {
	Day string `json:"day" format:"date"`
	Openings
}

// SurfaceOpenings are the openings at one place.
type SurfaceOpenings struct {
	Surface string `json:"surface" example:"portal"`
	Openings
}

// OpenedNote is a note with its openings.
type OpenedNote struct {
	ID    string `json:"id" format:"uuid"`
	Title string `json:"title" doc:"Empty when the note is gone"`
	Slug  string `json:"slug"`
	Openings
}

type (
	readershipInput struct {
		From  string `query:"from" format:"date" doc:"First day; left out, twenty-nine days before the last"`
		To    string `query:"to" format:"date" doc:"Last day; left out, today"`
		Note  string `query:"note" format:"uuid" doc:"Of one note alone"`
		Limit int    `query:"limit" default:"25" minimum:"1" maximum:"200" doc:"How many notes are listed"`
	}
	readershipOutput struct{ Body Readership }
)

func (s *service) readership() {
	const tag = "Readership"
	add(s, route{method: http.MethodGet, path: "/readership", id: "get-readership", tag: tag, need: actor.NotesRead,
		summary: "How often notes were opened", text: "Openings are counted by day, place and kind of reader. Nobody is named, no address and no cookie is kept, and programs that say that they are one are not counted."}, s.getReadership)
	add(s, route{method: http.MethodGet, path: "/readership/notes.csv", id: "export-readership", replies: inTable(), tag: tag, need: actor.NotesRead,
		summary: "Openings by note, for a spreadsheet"}, s.exportReadership)
}

// span reads the days; the default is the last thirty.
func (in *readershipInput) span(now time.Time) (s readership.Span, err error) {
	var f fault.Fields
	read := func(name, value string, otherwise time.Time) time.Time {
		if value == "" {
			return otherwise
		}
		day, err := time.Parse(time.DateOnly, value)
		if err != nil {
			f.Add(name, "bad_date", "Give a day as YYYY-MM-DD.")
		}
		return day
	}
	s.To = read("to", in.To, now.UTC().Truncate(24*time.Hour))
	s.From = read("from", in.From, s.To.AddDate(0, 0, -29))
	return s, f.Err()
}

// opened asks the room, and for the titles of the notes.
func (s *service) opened(ctx context.Context, in *readershipInput) (span readership.Span, r readership.Report, notes map[uuid.UUID]*content.Note, err error) {
	if span, err = in.span(s.Readership.Clock.Now()); err != nil {
		return span, r, nil, err
	}
	note := uuid.Nil
	if in.Note != "" {
		if note, err = uuid.Parse(in.Note); err != nil {
			return span, r, nil, fault.New(fault.NotFound, "note_not_found", "There is no such note.")
		}
	}
	if r, err = s.Readership.Report(ctx, span, note, in.Limit); err != nil {
		return span, r, nil, err
	}
	ids := make([]uuid.UUID, len(r.Notes))
	for i, n := range r.Notes {
		ids[i] = n.Note
	}
	notes, err = s.Desk.NotesByID(ctx, ids)
	return span, r, notes, err
}

func (s *service) getReadership(ctx context.Context, in *readershipInput) (*readershipOutput, error) {
	span, r, notes, err := s.opened(ctx, in)
	if err != nil {
		return nil, err
	}
	out := Readership{
		From: span.From.Format(time.DateOnly), To: span.To.Format(time.DateOnly), Total: Openings(r.Total),
		Days: []DayOpenings{}, Surfaces: []SurfaceOpenings{}, Notes: []OpenedNote{},
	}
	for _, d := range r.Days {
		out.Days = append(out.Days, DayOpenings{d.Day, Openings(d.Counts)})
	}
	for _, x := range r.Surfaces {
		out.Surfaces = append(out.Surfaces, SurfaceOpenings{x.Surface, Openings(x.Counts)})
	}
	for _, n := range r.Notes {
		shown := OpenedNote{ID: n.Note.String(), Openings: Openings(n.Counts)}
		if known := notes[n.Note]; known != nil {
			shown.Title, shown.Slug = known.Title, known.Slug
		}
		out.Notes = append(out.Notes, shown)
	}
	return &readershipOutput{out}, nil
}

func (s *service) exportReadership(ctx context.Context, in *readershipInput) (*huma.StreamResponse, error) {
	in.Limit = 50_000
	_, r, notes, err := s.opened(ctx, in)
	if err != nil {
		return nil, err
	}
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) {
		for _, n := range r.Notes {
			title, slug := "", ""
			if known := notes[n.Note]; known != nil {
				title, slug = known.Title, known.Slug
			}
			row := []string{n.Note.String(), slug, title}
			for _, count := range []int64{n.Whole, n.Teasers, n.Strangers, n.Members, n.Subscribers} {
				row = append(row, strconv.FormatInt(count, 10))
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return csvAnswer("readership.csv", []string{"id", "slug", "title", "whole", "teasers", "strangers", "members", "subscribers"}, rows), nil
}
