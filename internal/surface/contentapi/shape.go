package contentapi

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"lighttrends/internal/platform/fault"
)

// Shape says how much of an answer is wanted. It is exported because huma does
// not look into embedded structs that are not.
type Shape struct {
	Fields  []string `query:"fields" doc:"Only these fields of each note, parted by commas; all when it is left out" example:"[\"slug\",\"title\"]"`
	Include []string `query:"include" doc:"Full objects beside the notes, parted by commas: authors, topics, issue and, of one note, related" example:"[\"authors\"]"`
}

// shape is what can be asked of a sort of answer.
type shape struct {
	fields  []string
	include []string
}

// What may be included.
const (
	incAuthors = "authors"
	incTopics  = "topics"
	incIssue   = "issue"
	incRelated = "related"
)

var (
	noteShape  = shape{fieldsOf(reflect.TypeFor[Note](), "included"), []string{incAuthors, incTopics, incIssue, incRelated}}
	listShape  = shape{fieldsOf(reflect.TypeFor[Listed]()), []string{incAuthors, incTopics, incIssue}}
	foundShape = shape{fieldsOf(reflect.TypeFor[Found]()), []string{incAuthors, incTopics, incIssue}}
)

// fieldsOf lists the names of a struct's fields in JSON.
func fieldsOf(t reflect.Type, without ...string) (out []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			out = append(out, fieldsOf(f.Type, without...)...)
			continue
		}
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); !slices.Contains(without, name) {
			out = append(out, name)
		}
	}
	return out
}

// wanted is a shape that was asked for.
type wanted struct {
	fields  []string // nil: all
	include []string
	format  string // of texts; "" is HTML
	tongue  string // of the address; "" is the publication's own
}

// name tells answers in other words and forms apart from those under the same key.
func (w wanted) name(key string) string { return w.tongue + w.format + key }

// plain tells whether nothing but a format was asked for.
func (w wanted) plain() bool { return w.fields == nil && w.include == nil }

func (s shape) read(in Shape, format string) (wanted, error) {
	w := wanted{fields: in.Fields, include: in.Include, format: format}
	var f fault.Fields
	check := func(parameter string, given, known []string) {
		for _, name := range given {
			f.Check(slices.Contains(known, name), parameter, "unknown", "There is "+strings.Join(known, ", ")+".")
		}
	}
	check("fields", in.Fields, s.fields)
	check("include", in.Include, s.include)
	if err := fault.Of(f.Err()); err != nil {
		err.Kind, err.Code, err.Message = fault.BadRequest, "unknown_name", "Something was asked for that is not there."
		err.Fields = slices.Compact(err.Fields)
		return w, err
	}
	return w, nil
}

// pick leaves only the fields of a note that are wanted. What was included
// stays.
func (w wanted) pick(n any) (any, error) {
	if w.fields == nil {
		return n, nil
	}
	raw, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteByte('{')
	for i, name := range append(slices.Compact(slices.Sorted(slices.Values(w.fields))), "included") {
		v, there := all[name]
		if !there {
			continue
		}
		if i > 0 && out.Len() > 1 {
			out.WriteByte(',')
		}
		out.WriteString(`"` + name + `":`)
		out.Write(v)
	}
	out.WriteByte('}')
	return json.RawMessage(out.Bytes()), nil
}

// picked is a page of notes of which only some fields are wanted.
type picked struct {
	Notes    []any     `json:"notes"`
	Next     string    `json:"next,omitempty"`
	Total    *int64    `json:"total,omitempty"`
	Included *Included `json:"included,omitempty"`
}

func (w wanted) pickEach(p Page) (any, error) {
	if w.fields == nil {
		return p, nil
	}
	out := picked{[]any{}, p.Next, p.Total, p.Included}
	for i := range p.Notes {
		n, err := w.pick(p.Notes[i])
		if err != nil {
			return nil, err
		}
		out.Notes = append(out.Notes, n)
	}
	return out, nil
}
