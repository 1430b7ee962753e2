package reference

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed examples
var exampleFiles embed.FS

// Example is a request and what the server answers to it. Names in double
// braces stand for what differs between servers; Book.Values says what the
// document shows in their place.
type Example struct {
	Operation string
	Title     string
	As        string // who asks; "" is the usual one of the API
	Method    string
	Path      string   // below the API's prefix, with its query
	Header    []string // further fields, as name: value
	Body      string   // JSON, or ""
	Keep      []string // what later requests use, as name=field of the answer
	Status    int
	Answer    string // JSON as the document shows it, or ""
}

// Book holds the examples of an API, in the order in which they are replayed.
type Book struct {
	Values   [][2]string // name and what is shown
	Examples []*Example
}

func sorted[M map[string]V, V any](m M) []string { return slices.Sorted(maps.Keys(m)) }

// Examples reads the examples of an API.
func Examples(name string) (*Book, error) {
	text, err := exampleFiles.ReadFile("examples/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	return readBook(string(text))
}

// readBook reads the form that Book.String writes:
//
//	{{name}} = value
//	== operation: title
//	@ who
//	METHOD path
//	Field: value
//	request
//	keep name=field
//	-- status
//	answer
func readBook(text string) (*Book, error) {
	b := &Book{}
	head, rest, _ := strings.Cut(text, "\n== ")
	for line := range strings.Lines(head) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "}} = "); ok {
			b.Values = append(b.Values, [2]string{strings.TrimPrefix(name, "{{"), value})
		}
	}
	for part := range strings.SplitSeq(rest, "\n== ") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		e, err := readExample(part)
		if err != nil {
			return nil, err
		}
		b.Examples = append(b.Examples, e)
	}
	return b, nil
}

func readExample(part string) (e *Example, err error) {
	request, answer, _ := strings.Cut(part, "\n-- ")
	first, rest, _ := strings.Cut(request, "\n")
	e = &Example{}
	e.Operation, e.Title, _ = strings.Cut(first, ": ")
	var body []string
	for line := range strings.Lines(rest) {
		line = strings.TrimRight(line, "\n")
		switch {
		case e.Method == "" && strings.HasPrefix(line, "@ "):
			e.As = line[2:]
		case e.Method == "":
			e.Method, e.Path, _ = strings.Cut(line, " ")
		case strings.HasPrefix(line, "keep "):
			e.Keep = append(e.Keep, line[5:])
		case len(body) == 0 && line != "" && line[0] >= 'A' && line[0] <= 'Z':
			e.Header = append(e.Header, line)
		case line != "":
			body = append(body, line)
		}
	}
	e.Body = strings.Join(body, "\n")
	status, answer, _ := strings.Cut(answer, "\n")
	if e.Status, err = strconv.Atoi(strings.TrimSpace(status)); err != nil {
		return nil, fmt.Errorf("example %s: no status", e.Operation)
	}
	e.Answer = strings.TrimSpace(answer)
	return e, nil
}

// String writes the book as it is kept.
func (b *Book) String() string {
	var s strings.Builder
	for _, v := range b.Values {
		fmt.Fprintf(&s, "{{%s}} = %s\n", v[0], v[1])
	}
	for _, e := range b.Examples {
		fmt.Fprintf(&s, "\n== %s: %s\n", e.Operation, e.Title)
		if e.As != "" {
			fmt.Fprintf(&s, "@ %s\n", e.As)
		}
		fmt.Fprintf(&s, "%s %s\n", e.Method, e.Path)
		for _, part := range [][]string{e.Header, {e.Body}} {
			if len(part) > 0 && part[0] != "" {
				s.WriteString(strings.Join(part, "\n") + "\n")
			}
		}
		for _, k := range e.Keep {
			s.WriteString("keep " + k + "\n")
		}
		fmt.Fprintf(&s, "-- %d\n", e.Status)
		if e.Answer != "" {
			s.WriteString(e.Answer + "\n")
		}
	}
	return s.String()
}

// Shown is a text of the book as the document shows it.
func (b *Book) Shown(text string) string {
	for _, v := range b.Values {
		text = strings.ReplaceAll(text, "{{"+v[0]+"}}", v[1])
	}
	return text
}

// exemplify puts the examples into the document.
func exemplify(name string, doc *huma.OpenAPI) error {
	book, err := Examples(name)
	if err != nil {
		return err
	}
	byID := map[string]*huma.Operation{}
	for _, o := range Operations(doc) {
		byID[o.OperationID] = o
	}
	for i, e := range book.Examples {
		o := byID[e.Operation]
		if o == nil {
			return fmt.Errorf("example %s: %w", e.Operation, errNoOperation)
		}
		if err := book.show(o, e, "example-"+strconv.Itoa(i+1)); err != nil {
			return fmt.Errorf("example %s: %w", e.Operation, err)
		}
	}
	return nil
}

func (b *Book) show(o *huma.Operation, e *Example, key string) error {
	if err := b.showParams(o, e, key); err != nil {
		return err
	}
	if e.Body != "" && o.RequestBody != nil {
		if err := addExample(o.RequestBody.Content["application/json"], key, e.Title, b.Shown(e.Body)); err != nil {
			return err
		}
	}
	if e.Answer == "" {
		return nil
	}
	r := o.Responses[strconv.Itoa(e.Status)]
	if r == nil {
		return fmt.Errorf("the answer %d is not documented", e.Status)
	}
	for _, m := range r.Content {
		if err := addExample(m, key, e.Title, b.Shown(e.Answer)); err != nil {
			return err
		}
	}
	return nil
}

func addExample(m *huma.MediaType, key, title, text string) error {
	if m == nil {
		return nil
	}
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return err
	}
	if m.Examples == nil {
		m.Examples = map[string]*huma.Example{}
	}
	m.Examples[key] = &huma.Example{Summary: title, Value: value}
	return nil
}

// showParams takes a request's address apart into the parameters it gives.
func (b *Book) showParams(o *huma.Operation, e *Example, key string) error {
	u, err := url.Parse(b.Shown(e.Path))
	if err != nil {
		return err
	}
	given := u.Query()
	pattern, path := strings.Split(o.Path, "/"), strings.Split(u.EscapedPath(), "/")
	pattern = pattern[max(0, len(pattern)-len(path)+1):]
	for i, segment := range pattern {
		if name, is := strings.CutPrefix(segment, "{"); is {
			given["path "+strings.TrimSuffix(name, "}")] = []string{path[i+1]}
		}
	}
	for _, line := range e.Header {
		name, value, _ := strings.Cut(b.Shown(line), ": ")
		given["header "+http.CanonicalHeaderKey(name)] = []string{value}
	}
	for _, p := range o.Parameters {
		name := p.Name
		switch p.In {
		case "path":
			name = "path " + p.Name
		case "header":
			name = "header " + http.CanonicalHeaderKey(p.Name)
		}
		if v, ok := given[name]; ok {
			if p.Examples == nil {
				p.Examples = map[string]*huma.Example{}
			}
			p.Examples[key] = &huma.Example{Summary: e.Title, Value: typed(p.Schema, v[0])}
		}
	}
	return nil
}

// typed is a parameter's value as its schema has it.
func typed(s *huma.Schema, value string) any {
	if s == nil {
		return value
	}
	switch s.Type {
	case huma.TypeInteger:
		if n, err := strconv.Atoi(value); err == nil {
			return n
		}
	case huma.TypeBoolean:
		return value == "true"
	case huma.TypeArray:
		return strings.Split(value, ",")
	}
	return value
}
