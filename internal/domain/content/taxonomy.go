package content

import (
	"slices"
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
	MergedInto           *uuid.UUID `gorm:"type:uuid"` // the topic it became part of
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
	MergedInto           *uuid.UUID `gorm:"type:uuid"` // the author this one turned out to be
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
// small, so readers share a copy in memory. What became part of something else
// is not listed; its id and its address mean the other.
type Catalogue struct {
	Series  []*Series
	Issues  []*Issue // newest first
	Topics  []*Topic // by name
	Authors []*Author

	series  map[uuid.UUID]*Series
	issues  map[uuid.UUID]*Issue
	topics  map[uuid.UUID]*Topic
	authors map[uuid.UUID]*Author

	formerTopics  map[string]*Topic // by addresses they took over
	formerAuthors map[string]*Author
}

func newCatalogue(s []*Series, i []*Issue, t []*Topic, a []*Author) *Catalogue {
	c := &Catalogue{Series: s, Issues: i, series: map[uuid.UUID]*Series{}, issues: map[uuid.UUID]*Issue{}}
	for _, x := range s {
		c.series[x.ID] = x
	}
	for _, x := range i {
		c.issues[x.ID] = x
	}
	c.Topics, c.topics, c.formerTopics = joined(t)
	c.Authors, c.authors, c.formerAuthors = joined(a)
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

// TopicAt finds a topic by its address, or by one that it took over; or nil.
func (c *Catalogue) TopicAt(slug string) *Topic {
	if t := c.TopicBySlug(slug); t != nil {
		return t
	}
	return c.formerTopics[slug]
}

// AuthorAt finds an author by the address, or by one taken over; or nil.
func (c *Catalogue) AuthorAt(slug string) *Author {
	if a := c.AuthorBySlug(slug); a != nil {
		return a
	}
	return c.formerAuthors[slug]
}

// TopicNow finds what a topic that became part of another is now, by the address
// or the id it had; nil for any other.
func (c *Catalogue) TopicNow(name string) *Topic { return now(c.formerTopics, c.topics, name) }

// AuthorNow finds whom a double was merged into, likewise.
func (c *Catalogue) AuthorNow(name string) *Author { return now(c.formerAuthors, c.authors, name) }

func now[P named[T], T any](former map[string]P, byID map[uuid.UUID]P, name string) P {
	if x := former[name]; x != nil {
		return x
	}
	id, err := uuid.Parse(name)
	if x := byID[id]; err == nil && x != nil {
		if own, _ := x.called(); own != id {
			return x
		}
	}
	return nil
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

// pick finds what ids stand for, each once: two of them may mean the same.
func pick[T any](m map[uuid.UUID]*T, ids []uuid.UUID) []*T {
	out := make([]*T, 0, len(ids))
	for _, id := range ids {
		if x := m[id]; x != nil && !slices.Contains(out, x) {
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

// joined tells what is there from what became part of something else: what is
// there in order, everything by the ids it had, and by the addresses it took
// over.
func joined[P named[T], T any](rows []P) (list []P, byID map[uuid.UUID]P, former map[string]P) {
	byID, former = map[uuid.UUID]P{}, map[string]P{}
	for _, x := range rows {
		if x.partOf() == nil {
			id, _ := x.called()
			list, byID[id] = append(list, x), x
		}
	}
	for _, x := range rows {
		if into := x.partOf(); into != nil && byID[*into] != nil {
			id, _ := x.called()
			byID[id], former[x.address()] = byID[*into], byID[*into]
		}
	}
	return list, byID, former
}
