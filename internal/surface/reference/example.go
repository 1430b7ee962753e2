package reference

import (
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

func sorted[M map[string]V, V any](m M) []string { return slices.Sorted(maps.Keys(m)) }

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
	if len(e.Form) > 0 && o.RequestBody != nil {
		addValue(o.RequestBody.Content[formType], key, e.Title, b.formShown(e))
	}
	if e.Answer == "" {
		return nil
	}
	r := o.Responses[strconv.Itoa(e.Status)]
	if r == nil {
		return fmt.Errorf("the answer %d is not documented", e.Status)
	}
	for kind, m := range r.Content {
		if !strings.HasSuffix(kind, "json") {
			addValue(m, key, e.Title, b.Shown(e.Answer)+"\n")
			continue
		}
		if err := addExample(m, key, e.Title, b.Shown(e.Answer)); err != nil {
			return err
		}
	}
	return nil
}

const formType = "multipart/form-data"

// formShown is a form as the document has it: a file by its name.
func (b *Book) formShown(e *Example) map[string]any {
	fields := map[string]any{}
	for _, field := range e.Form {
		name, value, _ := strings.Cut(b.Shown(field), "=")
		fields[name] = value
	}
	return fields
}

func addExample(m *huma.MediaType, key, title, text string) error {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return err
	}
	addValue(m, key, title, value)
	return nil
}

func addValue(m *huma.MediaType, key, title string, value any) {
	if m == nil {
		return
	}
	if m.Examples == nil {
		m.Examples = map[string]*huma.Example{}
	}
	m.Examples[key] = &huma.Example{Summary: title, Value: value}
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
