package content

import (
	"time"

	"github.com/google/uuid"
)

// Series is a run of issues, such as "LightTrends Newsletter".
type Series struct {
	ID                   uuid.UUID `gorm:"type:uuid;primaryKey"`
	Slug, Name           string
	Description          string
	CreatedAt, UpdatedAt time.Time
}

// TableName implements gorm's Tabler.
func (Series) TableName() string { return "series" }

// Issue is a dated number of a series.
type Issue struct {
	ID            uuid.UUID `gorm:"type:uuid;primaryKey"`
	SeriesID      uuid.UUID `gorm:"type:uuid"`
	Slug          string    // "2021-07"
	Label         string    // "July 2021"
	Month         time.Time // its first moment, UTC
	Number        int       // counted by the firm; 0 when it does not count
	Title         string
	Editorial     string // Markdown
	EditorialHTML string
	CoverID       *uuid.UUID `gorm:"type:uuid"`
	CoverAlt      string
	Held          bool  // it does not appear with its first note, but as one act
	Version       int64 // rises with every change; the issue's ETag
	PublishedAt   *time.Time
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// TableName implements gorm's Tabler.
func (Issue) TableName() string { return "issues" }

// Topic is a subject that notes are about.
type Topic struct {
	ID                   uuid.UUID `gorm:"type:uuid;primaryKey"`
	Slug, Name           string
	Description          string
	CreatedAt, UpdatedAt time.Time
}

// TableName implements gorm's Tabler.
func (Topic) TableName() string { return "topics" }

// Author is the analyst shown to readers.
type Author struct {
	ID                   uuid.UUID `gorm:"type:uuid;primaryKey"`
	Slug, Name           string
	Role, Bio            string
	StaffID              *uuid.UUID `gorm:"type:uuid"`
	CreatedAt, UpdatedAt time.Time
}

// TableName implements gorm's Tabler.
func (Author) TableName() string { return "authors" }

// MonthOf reads a label such as "July 2021" or "2021-07".
func MonthOf(label string) (time.Time, bool) {
	for _, layout := range []string{"January 2006", "Jan 2006", "2006-01"} {
		if t, err := time.Parse(layout, label); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Catalogue is all series, issues, topics and authors at one moment. It is
// small, so readers share a copy in memory.
type Catalogue struct {
	Series  []*Series
	Issues  []*Issue // newest first
	Topics  []*Topic // by name
	Authors []*Author

	series  map[uuid.UUID]*Series
	issues  map[uuid.UUID]*Issue
	topics  map[uuid.UUID]*Topic
	authors map[uuid.UUID]*Author
}

func newCatalogue(s []*Series, i []*Issue, t []*Topic, a []*Author) *Catalogue {
	c := &Catalogue{
		Series: s, Issues: i, Topics: t, Authors: a,
		series: map[uuid.UUID]*Series{}, issues: map[uuid.UUID]*Issue{}, topics: map[uuid.UUID]*Topic{}, authors: map[uuid.UUID]*Author{},
	}
	for _, x := range s {
		c.series[x.ID] = x
	}
	for _, x := range i {
		c.issues[x.ID] = x
	}
	for _, x := range t {
		c.topics[x.ID] = x
	}
	for _, x := range a {
		c.authors[x.ID] = x
	}
	return c
}

// SeriesBySlug finds a series, or nil.
func (c *Catalogue) SeriesBySlug(slug string) *Series {
	return first(c.Series, func(s *Series) bool { return s.Slug == slug })
}

// IssueBySlug finds an issue of a series, or nil.
func (c *Catalogue) IssueBySlug(series uuid.UUID, slug string) *Issue {
	return first(c.Issues, func(i *Issue) bool { return i.SeriesID == series && i.Slug == slug })
}

// TopicBySlug finds a topic, or nil.
func (c *Catalogue) TopicBySlug(slug string) *Topic {
	return first(c.Topics, func(t *Topic) bool { return t.Slug == slug })
}

// AuthorBySlug finds an author, or nil.
func (c *Catalogue) AuthorBySlug(slug string) *Author {
	return first(c.Authors, func(a *Author) bool { return a.Slug == slug })
}

// SeriesOf gives the series of an issue, or nil.
func (c *Catalogue) SeriesOf(i *Issue) *Series { return c.series[i.SeriesID] }

func first[T any](list []*T, ok func(*T) bool) *T {
	for _, x := range list {
		if ok(x) {
			return x
		}
	}
	return nil
}

func (c *Catalogue) topicsOf(ids []uuid.UUID) []*Topic { return pick(c.topics, ids) }

func (c *Catalogue) authorsOf(ids []uuid.UUID) []*Author { return pick(c.authors, ids) }

func pick[T any](m map[uuid.UUID]*T, ids []uuid.UUID) []*T {
	out := make([]*T, 0, len(ids))
	for _, id := range ids {
		if x := m[id]; x != nil {
			out = append(out, x)
		}
	}
	return out
}

func find[T any](m map[uuid.UUID]*T, id *uuid.UUID) *T {
	if id == nil {
		return nil
	}
	return m[*id]
}
