package content

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Filter narrows the desk's list. Zero fields do not filter.
type Filter struct {
	Status               Status
	Unarchived           bool // leave archived ones out
	Kind                 Kind
	Gate                 access.GateKind
	Series, Issue        string // slugs; an issue needs its series
	Topic, Author        string // slugs
	Title                string // beginnings of words in the title, all of them
	Words                string // beginnings of words in title or abstract, all of them
	Editor               uuid.UUID
	ChangedFrom, Changed time.Time       // of the last change; Changed is the end and outside
	Review               SubmissionState // Open or Approved
	Reviewer             uuid.UUID       // in review, and given to this person or to nobody in particular
	Sort                 Sort            // zero: ByChange
	Reverse              bool            // the other way round
	After                string          // cursor of the page before
	Limit                int             // 0 means 50, at most 200

	places bool // the engine's index of words goes by the last change
}

// placed tells whether the list is read along the index of words.
func (f Filter) placed() bool {
	return f.places && f.Sort == ByChange && (f.Words != "" || f.Title != "")
}

// Sort is what the desk's list goes by.
type Sort string

// The orders. Newest first, titles from A.
const (
	ByChange      Sort = "changed"
	ByPublication Sort = "published" // those never published come as the oldest
	ByTitle       Sort = "title"
)

// places are the ids that the slugs of a filter stand for.
type places struct{ series, issue, topic, author uuid.UUID }

// List is the desk's list of notes, last changed first unless asked otherwise.
func (s *Desk) List(ctx context.Context, f Filter) ([]*Note, string, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, "", err
	}
	if f.Sort == "" {
		f.Sort = ByChange
	}
	at, err := s.places(ctx, f)
	if err != nil {
		return nil, "", err
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, 200)
	f.places = s.DB.Engine() == db.SQLite
	after, err := parseListCursor(f.After, f)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.store.deskList(ctx, f, at, after)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(rows) > f.Limit {
		rows = rows[:f.Limit]
		next = cursorAt(rows[len(rows)-1], f).String()
	}
	notes := make([]*Note, len(rows))
	for i, r := range rows {
		notes[i] = &r.Note
	}
	return notes, next, nil
}

// places finds what the slugs name. One that names nothing is a mistake of
// whoever asks, not an empty list.
func (s *Desk) places(ctx context.Context, f Filter) (at places, err error) {
	if f.Series == "" && f.Issue == "" && f.Topic == "" && f.Author == "" {
		return at, nil
	}
	cat, err := s.store.catalogue(ctx)
	if err != nil {
		return at, err
	}
	var bad fault.Fields
	if x := cat.SeriesBySlug(f.Series); x != nil {
		at.series = x.ID
	}
	if x := cat.IssueBySlug(at.series, f.Issue); x != nil {
		at.issue = x.ID
	}
	if x := cat.TopicAt(f.Topic); x != nil {
		at.topic = x.ID
	}
	if x := cat.AuthorAt(f.Author); x != nil {
		at.author = x.ID
	}
	bad.Check(f.Series == "" || at.series != uuid.Nil, "series", "unknown", "There is no such series.")
	bad.Check(f.Issue == "" || f.Series != "", "series", "required", "An issue belongs to a series; please name it.")
	bad.Check(f.Issue == "" || f.Series == "" || at.issue != uuid.Nil, "issue", "unknown", "The series has no such issue.")
	bad.Check(f.Topic == "" || at.topic != uuid.Nil, "topic", "unknown", "There is no such topic.")
	bad.Check(f.Author == "" || at.author != uuid.Nil, "author", "unknown", "There is no such author.")
	return at, bad.Err()
}

// words takes a search apart as the indexes do: letters and digits.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
