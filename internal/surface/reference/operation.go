package reference

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"
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
		var all2 []string
		for _, name := range sorted(way) {
			all2 = append(all2, strings.ToLower(spaced(name)))
		}
		if len(all2) > 0 {
			all = append(all, strings.Join(all2, " and "))
		}
	}
	if len(all) == 0 {
		return "Open to everybody."
	}
	return "Send a " + strings.Join(all, ", or a ") + "."
}

// examples are those of the book; an operation without one gets a request
// that is made of its schemas.
func (d *drawer) examples(o *huma.Operation) (all []exampleView) {
	for _, e := range d.book.Examples {
		if e.Operation == o.OperationID {
			all = append(all, d.example(o, e))
		}
	}
	if len(all) == 0 {
		all = append(all, d.example(o, d.sketch(o)))
	}
	return all
}

func (d *drawer) example(o *huma.Operation, e *Example) exampleView {
	shown := *e
	shown.Header = nil
	for _, line := range e.Header {
		shown.Header = append(shown.Header, d.book.Shown(line))
	}
	shown.Path, shown.Body = d.book.Shown(e.Path), pretty(d.book.Shown(e.Body))
	shown.Header = make([]string, len(e.Header))
	for i, line := range e.Header {
		shown.Header[i] = d.book.Shown(line)
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

// sketch is a request made of the schemas alone.
func (d *drawer) sketch(o *huma.Operation) *Example {
	e := &Example{Operation: o.OperationID, Title: "Request", Method: o.Method, Path: strings.TrimPrefix(o.Path, d.prefix())}
	var query []string
	for _, p := range o.Parameters {
		if p.In == "query" && p.Required {
			query = append(query, p.Name+"="+text(d.sample(p.Schema, 0)))
		}
	}
	if len(query) > 0 {
		e.Path += "?" + strings.Join(query, "&")
	}
	if o.RequestBody != nil {
		if m := o.RequestBody.Content[jsonType]; m != nil {
			raw, _ := json.Marshal(d.sample(m.Schema, 0)) // made of plain values
			e.Body = string(raw)
		}
	}
	return e
}

func (d *drawer) prefix() string { return "/api/" + d.api + "/v1" }

// sample is a value that a schema takes; of an object, what it requires.
func (d *drawer) sample(s *huma.Schema, depth int) any {
	if s != nil && s.Ref != "" {
		s = d.doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case s == nil || depth > 5:
		return nil
	case len(s.Examples) > 0:
		return s.Examples[0]
	case s.Default != nil:
		return s.Default
	case len(s.Enum) > 0:
		return s.Enum[0]
	}
	switch s.Type {
	case huma.TypeObject:
		out := map[string]any{}
		for name, p := range s.Properties {
			if slices.Contains(s.Required, name) || len(s.Required) == 0 && len(out) == 0 {
				out[name] = d.sample(p, depth+1)
			}
		}
		return out
	case huma.TypeArray:
		return []any{d.sample(s.Items, depth+1)}
	case huma.TypeInteger, huma.TypeNumber:
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1
	case huma.TypeBoolean:
		return true
	}
	switch s.Format {
	case "date-time":
		return "2026-07-13T09:00:00Z"
	case "uuid":
		return "0198a4c2-7f00-7000-8000-000000000001"
	}
	return "…"
}

func text(v any) string { return fmt.Sprint(v) }

// keys are how a request of each API shows who asks.
var keys = map[string][]string{
	contentAPI: {"X-Api-Key: $CONTENT_KEY"},
	memberAPI:  {"Authorization: Bearer $ACCESS_TOKEN"},
	adminAPI:   {"Authorization: Bearer $ADMIN_KEY"},
}

func (d *drawer) curl(o *huma.Operation, e *Example) string {
	var b strings.Builder
	b.WriteString("curl")
	if e.Method != http.MethodGet && (e.Method != http.MethodPost || e.Body == "") {
		b.WriteString(" -X " + e.Method)
	}
	b.WriteString(" '" + d.base + d.prefix() + e.Path + "'")
	header := e.Header
	if open := len(o.Security) == 0 || len(o.Security[0]) == 0; !open && e.As != "nobody" {
		if e.As == "owner" { // no key may do it
			header = append([]string{"Cookie: $STAFF_SESSION"}, header...)
		} else {
			header = append(append([]string{}, keys[d.api]...), header...)
		}
		if d.api == contentAPI && e.As != "" && e.As != "nobody" {
			header = append(header, "Authorization: Bearer $ACCESS_TOKEN")
		}
	}
	if e.Body != "" {
		header = append(header, "Content-Type: application/json")
	}
	for _, h := range header {
		quote := "'"
		if strings.Contains(h, "$") {
			quote = `"`
		}
		b.WriteString(" \\\n  -H " + quote + h + quote)
	}
	if e.Body != "" {
		b.WriteString(" \\\n  -d '" + strings.ReplaceAll(e.Body, "'", `'\''`) + "'")
	}
	return b.String()
}

// typeScript is the same with the client in web/sdk, which knows operations
// by method and path.
func (d *drawer) typeScript(o *huma.Operation, e *Example) string {
	call := map[string]string{contentAPI: "content.call(", memberAPI: "member.call(", adminAPI: "admin("}[d.api]
	var parts []string
	path, query := splitPath(o, e.Path)
	for _, part := range [][2]string{{"path", object(path)}, {"query", object(query)}, {"body", e.Body}} {
		if part[1] != "" {
			parts = append(parts, part[0]+": "+strings.ReplaceAll(part[1], "\n", "\n  "))
		}
	}
	if len(e.Header) > 0 {
		var list [][2]string
		for _, h := range e.Header {
			name, value, _ := strings.Cut(h, ": ")
			list = append(list, [2]string{name, value})
		}
		parts = append(parts, "headers: "+object(list))
	}
	head := "const answer = await " + call + "'" + o.Method + " " + strings.TrimPrefix(o.Path, d.prefix()) + "'"
	if len(parts) == 0 {
		return head + ")"
	}
	return head + ", {\n  " + strings.Join(parts, ",\n  ") + ",\n})"
}

var number = regexp.MustCompile(`^[1-9]\d{0,8}$`)

func object(list [][2]string) string {
	if len(list) == 0 {
		return ""
	}
	all := make([]string, len(list))
	for i, v := range list {
		name := v[0]
		if strings.ContainsAny(name, "-.") {
			name = "'" + name + "'"
		}
		value := v[1]
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		if value != "true" && value != "false" && !number.MatchString(value) {
			value = "'" + value + "'"
		}
		all[i] = name + ": " + value
	}
	return "{ " + strings.Join(all, ", ") + " }"
}

func splitPath(o *huma.Operation, address string) (path, query [][2]string) {
	before, after, _ := strings.Cut(address, "?")
	pattern, given := strings.Split(o.Path, "/"), strings.Split(before, "/")
	pattern = pattern[max(0, len(pattern)-len(given)+1):]
	for i, segment := range pattern {
		if name, is := strings.CutPrefix(segment, "{"); is && i+1 < len(given) {
			path = append(path, [2]string{strings.TrimSuffix(name, "}"), strings.Trim(given[i+1], "{}")})
		}
	}
	for pair := range strings.SplitSeq(after, "&") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			query = append(query, [2]string{name, value})
		}
	}
	return path, query
}
