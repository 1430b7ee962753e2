package search

import (
	"strings"
	"unicode"

	"github.com/google/uuid"
)

// term is a word or a phrase that must, or must not, be there.
type term struct {
	words  []word
	quoted bool
	not    bool
	begun  bool // the last word of the search, which may only be begun
}

// Field narrows a search by what notes belong to. Whoever knows the names puts
// into Any what is meant; a field that stands for nothing finds nothing.
type Field struct {
	Name  string // topic, author, issue, series or kind
	Value string // as typed
	Not   bool
	Any   []uuid.UUID
}

// Query is a search as it was understood.
type Query struct {
	terms  []term
	Fields []Field
}

// Limits of a query. More words are cut off: nobody types them, and each costs.
const (
	maxTerms = 16
	minBegun = 3 // letters of a word that is only begun
)

// fields are the names that may stand before a colon.
var fields = map[string]bool{"topic": true, "author": true, "issue": true, "series": true, "kind": true}

// Parse reads what a person typed: words, "phrases in quotes", -words that must
// not be there, topic:film, author:"Ada Lind". Everything else is treated as
// space, so that nothing typed has a meaning for the engines, and nothing is a
// mistake.
func Parse(text string) Query {
	var q Query
	left := maxTerms
	text = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`).Replace(strings.ToValidUTF8(text, " "))
	for left > 0 {
		if text = strings.TrimLeftFunc(text, unicode.IsSpace); text == "" {
			break
		}
		rest, not := strings.CutPrefix(text, "-")
		name, rest := fieldName(rest)
		chunk, rest, quoted := nextChunk(rest)
		text = rest
		left -= q.add(name, chunk, quoted, not, left)
	}
	if n := len(q.terms); n > 0 {
		t := &q.terms[n-1]
		t.begun = !t.not && !t.quoted && len(t.words) == 1 && beginning(t.words[0].folded)
	}
	return q
}

func (q *Query) add(name, chunk string, quoted, not bool, left int) int {
	words := split(chunk, left)
	if len(words) == 0 {
		return 1
	}
	if name != "" {
		q.Fields = append(q.Fields, Field{Name: name, Value: strings.TrimSpace(chunk), Not: not})
	} else {
		q.terms = append(q.terms, term{words: words, quoted: quoted, not: not})
	}
	return len(words)
}

// fieldName takes a known name and its colon from the front.
func fieldName(text string) (name, rest string) {
	before, after, found := strings.Cut(text, ":")
	if name = strings.ToLower(before); found && fields[name] && after != "" && !unicode.IsSpace([]rune(after)[0]) {
		return name, after
	}
	return "", text
}

// nextChunk takes a phrase or a word. A quote that is not closed closes at the
// end.
func nextChunk(text string) (chunk, rest string, quoted bool) {
	if inside, ok := strings.CutPrefix(text, `"`); ok {
		chunk, rest, _ = strings.Cut(inside, `"`)
		return chunk, rest, true
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '"' }); i >= 0 {
		return text[:i], text[i:], false
	}
	return text, "", false
}

// beginning tells a word that other words may begin with.
func beginning(w string) bool {
	r := []rune(w)
	return len(r) >= minBegun && !single(r[0])
}

// Wanted tells whether something must be there: "everything but" is not a
// search.
func (q Query) Wanted() bool {
	for _, t := range q.terms {
		if !t.not {
			return true
		}
	}
	for _, f := range q.Fields {
		if !f.Not {
			return true
		}
	}
	return false
}

// Words tells whether the query asks for words, and not only for what notes
// belong to.
func (q Query) Words() bool {
	for _, t := range q.terms {
		if !t.not {
			return true
		}
	}
	return false
}

// String writes the query as it could be typed.
func (q Query) String() string {
	var parts []string
	for _, t := range q.terms {
		parts = append(parts, t.String())
	}
	for _, f := range q.Fields {
		parts = append(parts, f.String())
	}
	return strings.Join(parts, " ")
}

func (t term) String() string {
	spelt := make([]string, len(t.words))
	for i, w := range t.words {
		spelt[i] = w.raw
	}
	s := strings.Join(spelt, " ")
	if t.quoted || len(spelt) > 1 {
		s = `"` + s + `"`
	}
	return sign(t.not) + s
}

// String writes the field as it could be typed.
func (f Field) String() string {
	v := strings.ReplaceAll(f.Value, `"`, "")
	if strings.ContainsFunc(v, unicode.IsSpace) {
		v = `"` + v + `"`
	}
	return sign(f.Not) + f.Name + ":" + v
}

func sign(not bool) string {
	if not {
		return "-"
	}
	return ""
}

// With narrows the query further.
func (q Query) With(name, value string) Query {
	q.Fields = append(append([]Field{}, q.Fields...), Field{Name: name, Value: value})
	return q
}

// Without takes one of the fields away.
func (q Query) Without(i int) Query {
	q.Fields = append(append([]Field{}, q.Fields[:i]...), q.Fields[i+1:]...)
	return q
}
