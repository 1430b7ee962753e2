package reference

import (
	"encoding/json"
	"html/template"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

type operationView struct {
	ID, Method, Path, Summary, Who, Deprecated string
	Text                                       template.HTML
	Params                                     []field
	Body                                       *bodyView
	Answers                                    []answerView
	Refusals                                   []string
	Examples                                   []exampleView
}

type bodyView struct {
	Type, Ref string
	Required  bool
	Fields    []field
}

type answerView struct {
	Status, Text string
	Type         *typeView
	Fields       []string // of the header
}

type exampleView struct {
	Title, Curl, TypeScript, Answer string
	Status                          int
}

// drawer draws the operations of one API.
type drawer struct {
	doc       *huma.OpenAPI
	book      *Book
	base, api string
	markdown  func(source []byte) string
}

func (d *drawer) operation(o *huma.Operation) operationView {
	v := operationView{ID: o.OperationID, Method: o.Method, Path: o.Path, Summary: o.Summary, Who: who(o)}
	v.Text = template.HTML(d.markdown([]byte(o.Description))) //nolint:gosec // drawn by the markdown room
	if o.Deprecated {
		v.Deprecated = "Deprecated: build nothing new on it."
		if day, ok := o.Extensions["x-sunset"].(string); ok {
			v.Deprecated += " It goes on " + day + "."
		}
	}
	for _, p := range o.Parameters {
		v.Params = append(v.Params, field{Name: p.Name, In: p.In, Text: p.Description, Limits: limits(p.Schema), Type: typeOf(p.Schema), Required: p.Required})
	}
	v.Body = d.body(o.RequestBody)
	for _, status := range sorted(o.Responses) {
		r := o.Responses[status]
		if r.Content["application/problem+json"] != nil {
			v.Refusals = append(v.Refusals, status)
			continue
		}
		a := answerView{Status: status, Text: r.Description, Fields: sorted(r.Headers)}
		for kind, m := range r.Content {
			t := typeView{Before: kind}
			if kind == jsonType {
				t = typeOf(m.Schema)
			}
			a.Type = &t
		}
		v.Answers = append(v.Answers, a)
	}
	v.Examples = d.examples(o)
	return v
}

func (d *drawer) prefix() string { return "/api/" + d.api + "/v1" }

const jsonType = "application/json"

// body shows the fields of a body where they are needed; what stands in them
// is looked up among the schemas.
func (d *drawer) body(b *huma.RequestBody) *bodyView {
	if b == nil {
		return nil
	}
	for kind, m := range b.Content {
		v := &bodyView{Type: kind, Required: b.Required, Ref: typeOf(m.Schema).Ref}
		s := m.Schema
		if s != nil && s.Ref != "" {
			s = d.doc.Components.Schemas.SchemaFromRef(s.Ref)
		}
		if s != nil {
			v.Fields = fieldsOf("", s)
		}
		return v
	}
	return nil
}

// who says who may ask.
func who(o *huma.Operation) string {
	var all []string
	for _, way := range o.Security {
		var together []string
		for _, name := range sorted(way) {
			together = append(together, strings.ToLower(spaced(name)))
		}
		if len(together) > 0 {
			all = append(all, strings.Join(together, " and "))
		}
	}
	if len(all) == 0 {
		return "Open to everybody."
	}
	return "Send a " + strings.Join(all, ", or a ") + "."
}

// examples are those of the book, which has some for each operation.
func (d *drawer) examples(o *huma.Operation) (all []exampleView) {
	for _, e := range d.book.Examples {
		if e.Operation == o.OperationID {
			all = append(all, d.example(o, e))
		}
	}
	return all
}

func (d *drawer) example(o *huma.Operation, e *Example) exampleView {
	shown := *e
	shown.Path, shown.Body = d.book.Shown(e.Path), pretty(d.book.Shown(e.Body))
	shown.Header = make([]string, len(e.Header))
	for i, line := range e.Header {
		shown.Header[i] = d.book.Shown(line)
	}
	shown.Form = make([]string, len(e.Form))
	for i, line := range e.Form {
		shown.Form[i] = d.book.Shown(line)
	}
	return exampleView{Title: e.Title, Curl: d.curl(o, &shown), TypeScript: d.typeScript(o, &shown), Status: e.Status, Answer: pretty(d.book.Shown(e.Answer))}
}

func pretty(raw string) string {
	var v any
	if json.Unmarshal([]byte(raw), &v) != nil {
		return raw
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // it was decoded
	return strings.TrimSpace(b.String())
}
