package content

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/fault"
)

// Condition says which published notes are meant, by what everybody may know
// of them. It is a tree of comparisons, of public fields only: the text is not
// one of them. A comparison is true or false and nothing between: with a value
// that is missing only "=" null, and what is turned round by "not" or "!=", is
// true.
type Condition struct {
	op   string // and, or, not; "" for a comparison
	sub  []*Condition
	test comparison
	text string // as it was written; of a whole filter
}

// The joints of a tree.
const (
	opAnd = "and"
	opOr  = "or"
	opNot = "not"
)

// comparison holds a field against a value, or an ordered one against a span:
// from belongs to it and to does not.
type comparison struct {
	field    *publicField
	null     bool
	equal    string      // of texts
	ids      []uuid.UUID // any of them; of names
	from, to any         // numbers or times; nil is open
}

// sortOf says which values a field has.
type sortOf int

const (
	ofText    sortOf = iota // compared as it is written
	ofName                  // the slug of a series, an issue, a topic or an author
	ofID                    // the id of a note
	ofNumber                // a whole number
	ofTime                  // a moment, or all of a day, a month or a year
	ofNothing               // only asked whether it is there
)

func (k sortOf) ordered() bool { return k == ofNumber || k == ofTime }

// publicField is what notes can be asked for.
type publicField struct {
	name   string
	kind   sortOf
	absent bool // a note may be without it
	named  func(c *Catalogue, slug string) []uuid.UUID
	known  func(value string) bool // nil: any text
}

// publicFields is the list of what can be asked for. Nothing may be added to it that
// readers cannot see of every note.
var publicFields = []publicField{
	{name: "id", kind: ofID},
	{name: "slug"},
	{name: "title"},
	{name: "kind", known: func(v string) bool { return Kind(v).Valid() }},
	{name: "gate", known: func(v string) bool { return access.GateKind(v).Valid() }},
	{name: "plan"},
	{name: "series", kind: ofName, absent: true, named: func(c *Catalogue, slug string) []uuid.UUID {
		return idOf(c.SeriesBySlug(slug))
	}},
	{name: "issue", kind: ofName, absent: true, named: (*Catalogue).issuesNamed},
	{name: "topic", kind: ofName, absent: true, named: func(c *Catalogue, slug string) []uuid.UUID {
		return idOf(c.TopicAt(slug))
	}},
	{name: "author", kind: ofName, absent: true, named: func(c *Catalogue, slug string) []uuid.UUID {
		return idOf(c.AuthorAt(slug))
	}},
	{name: "published_at", kind: ofTime},
	{name: "changed_at", kind: ofTime},
	{name: "updated_at", kind: ofTime, absent: true},
	{name: "minutes", kind: ofNumber},
	{name: "words", kind: ofNumber, absent: true},
	{name: "figures", kind: ofNumber, absent: true},
	{name: "tables", kind: ofNumber, absent: true},
	{name: "cover", kind: ofNothing, absent: true},
}

func fieldNamed(name string) *publicField {
	for i := range publicFields {
		if publicFields[i].name == name {
			return &publicFields[i]
		}
	}
	return nil
}

func idOf[P named[T], T any](x P) []uuid.UUID {
	if x == nil {
		return nil
	}
	id, _ := x.called()
	return []uuid.UUID{id}
}

// issuesNamed finds issues by "letter/2021-07", or those of all series by
// "2021-07".
func (c *Catalogue) issuesNamed(name string) (out []uuid.UUID) {
	series, slug, both := strings.Cut(name, "/")
	if !both {
		series, slug = "", name
	}
	for _, i := range c.Issues {
		if of := c.series[i.SeriesID]; i.Slug == slug && of != nil && (series == "" || of.Slug == series) {
			out = append(out, i.ID)
		}
	}
	return out
}

// How much a filter may ask at once: more would be work for the database that
// nobody needs.
const (
	maxFilter = 2000 // bytes
	maxTests  = 50   // comparisons, each value of a list counted
	maxNested = 10   // parentheses and nots within each other
)

// badFilter is a fault that says where in the filter it is.
func badFilter(at int, code, message string) error {
	f := fault.New(fault.BadRequest, "bad_filter", "The filter could not be understood.")
	f.Fields = []fault.Field{{Path: "filter", Code: code, Message: fmt.Sprintf("%s (at character %d)", message, at+1)}}
	return f
}

// not turns a condition round.
func not(c *Condition) *Condition { return &Condition{op: opNot, sub: []*Condition{c}} }

// join makes one condition of several.
func join(op string, sub []*Condition) *Condition {
	if len(sub) == 1 {
		return sub[0]
	}
	return &Condition{op: op, sub: sub}
}

// span is what a written moment covers: a day, a month or a year from its
// beginning to that of the next, in UTC; a time of day only itself.
func span(text string) (from, to time.Time, ok bool) {
	for _, f := range []struct {
		layout        string
		years, months int
		days          int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {"2006-01-02", 0, 0, 1}} {
		if t, err := time.Parse(f.layout, text); err == nil {
			return t, early(t.AddDate(f.years, f.months, f.days)), true
		}
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	t = t.UTC().Truncate(time.Microsecond)
	return early(t), early(t.Add(time.Microsecond)), err == nil
}

// early is a moment, or the last that there is: SQLite compares times as texts,
// in which the year 10000 comes before the present one.
func early(t time.Time) time.Time {
	if last := time.UnixMicro(lastMoment).UTC(); t.After(last) {
		return last
	}
	return t
}
