package app

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/surface/reference"
)

var operationName = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// TestTheDocumentsAreComplete: integrators and generated clients read them, so
// nothing in them is left unsaid.
func TestTheDocumentsAreComplete(t *testing.T) {
	t.Parallel()
	for name, api := range documented() {
		for _, fault := range lint(must(api.Document())) {
			t.Errorf("%s: %s", name, fault)
		}
		if found := regexp.MustCompile(`\{\{[a-z0-9_]+\}\}`).Find(must(documentOf(api))); found != nil {
			t.Errorf("%s: nobody says what is shown for %s (internal/surface/reference/examples)", name, found)
		}
	}
}

// lint lists what is wrong with a document.
func lint(doc *huma.OpenAPI) (faults []string) {
	say := func(format string, a ...any) { faults = append(faults, fmt.Sprintf(format, a...)) }
	l := linter{doc: doc, say: say, used: map[string]bool{}}
	ids := map[string]bool{}
	for _, o := range reference.Operations(doc) {
		if !operationName.MatchString(o.OperationID) || ids[o.OperationID] {
			say("%s %s: the operationId %q is none, or there twice", o.Method, o.Path, o.OperationID)
		}
		ids[o.OperationID] = true
		l.operation(o)
	}
	for schema, s := range doc.Components.Schemas.Map() {
		l.schema(schema, s)
	}
	for schema := range doc.Components.Schemas.Map() {
		if !l.used[schema] {
			say("schema %s is used by nothing", schema)
		}
	}
	return faults
}

type linter struct {
	doc  *huma.OpenAPI
	say  func(string, ...any)
	used map[string]bool
}

func (l *linter) operation(o *huma.Operation) {
	id := o.OperationID
	for what, missing := range map[string]bool{
		"summary":     o.Summary == "" || strings.HasSuffix(o.Summary, "."),
		"description": o.Description == "" || !strings.HasSuffix(o.Description, "."),
		"tags":        len(o.Tags) == 0,
		"security":    o.Security == nil,
	} {
		if missing {
			l.say("%s: its %s is missing or not well written (internal/surface/reference/words.txt)", id, what)
		}
	}
	for _, p := range o.Parameters {
		if p.Description == "" || p.Schema == nil {
			l.say("%s: nobody says what the %s parameter %s is (internal/surface/reference/words.txt)", id, p.In, p.Name)
		}
		if p.In == "path" && (!p.Required || !strings.Contains(o.Path, "{"+p.Name+"}")) {
			l.say("%s: the parameter %s is not in the path", id, p.Name)
		}
		for _, e := range p.Examples {
			l.example(id+" "+p.Name, p.Schema, e, huma.ModeWriteToServer)
		}
	}
	for _, m := range strings.Split(o.Path, "{")[1:] {
		name, _, _ := strings.Cut(m, "}")
		found := false
		for _, p := range o.Parameters {
			found = found || p.In == "path" && p.Name == name
		}
		if !found {
			l.say("%s: {%s} of the path is no parameter", id, name)
		}
	}
	if o.RequestBody != nil {
		for _, m := range o.RequestBody.Content {
			l.media(id+" request", m, huma.ModeWriteToServer)
		}
	}
	l.answers(o)
}

// answers checks that each answer is said, and every refusal that can come.
func (l *linter) answers(o *huma.Operation) {
	expected := []string{"500"}
	if len(o.Security) > 0 && len(o.Security[0]) > 0 {
		expected = append(expected, "401")
	}
	if len(o.Parameters) > 0 || o.RequestBody != nil {
		expected = append(expected, "422")
	}
	for _, status := range expected {
		if o.Responses[status] == nil {
			l.say("%s: the answer %s is not documented", o.OperationID, status)
		}
	}
	good := 0
	for status, r := range o.Responses {
		if status[0] == '2' || status[0] == '3' {
			good++
		} else if r.Content["application/problem+json"] == nil {
			l.say("%s: %s is no problem", o.OperationID, status)
		}
		if r.Description == "" {
			l.say("%s: nobody says what %s is", o.OperationID, status)
		}
		for _, m := range r.Content {
			l.schema(o.OperationID+" "+status, m.Schema)
			for _, e := range m.Examples {
				for _, err := range narrowed(o, valid(l.doc, m.Schema, e.Value, huma.ModeReadFromServer)) {
					l.say("%s %s, example %q: %v", o.OperationID, status, e.Summary, err)
				}
			}
		}
	}
	if good == 0 {
		l.say("%s: no good answer", o.OperationID)
	}
}

func (l *linter) media(where string, m *huma.MediaType, mode huma.ValidateMode) {
	l.schema(where, m.Schema)
	for _, e := range m.Examples {
		l.example(where, m.Schema, e, mode)
	}
}

func (l *linter) example(where string, s *huma.Schema, e *huma.Example, mode huma.ValidateMode) {
	for _, err := range valid(l.doc, s, e.Value, mode) {
		l.say("%s, example %q: %v", where, e.Summary, err)
	}
}

// narrowed lets answers pass that hold only the fields that were asked for.
func narrowed(o *huma.Operation, errs []error) []error {
	if !slices.ContainsFunc(o.Parameters, func(p *huma.Param) bool { return p.Name == "fields" }) {
		return errs
	}
	return slices.DeleteFunc(errs, func(err error) bool { return strings.Contains(err.Error(), "expected required property") })
}

// valid holds a value against a schema.
func valid(doc *huma.OpenAPI, s *huma.Schema, value any, mode huma.ValidateMode) []error {
	if s == nil {
		return nil
	}
	var found huma.ValidateResult
	huma.Validate(doc.Components.Schemas, s, huma.NewPathBuffer(nil, 0), mode, value, &found)
	return found.Errors
}

func (l *linter) schema(where string, s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Ref != "" {
		l.used[s.Ref[strings.LastIndex(s.Ref, "/")+1:]] = true
	}
	if s.Type == huma.TypeArray && (s.Items == nil || s.Nullable) {
		l.say("%s: a list of nothing, or one that may be null", where)
	}
	for name, p := range s.Properties {
		if p.Description == "" {
			l.say("%s.%s: nobody says what it is (internal/surface/reference/words.txt)", where, name)
		}
		l.schema(where+"."+name, p)
	}
	l.schema(where, s.Items)
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		l.schema(where, more)
	}
}

func limitOf(o *huma.Operation) *huma.Param {
	return o.Parameters[slices.IndexFunc(o.Parameters, func(p *huma.Param) bool { return p.Name == "limit" })]
}

// TestTheLinterFinds: each line breaks a good document in one place.
func TestTheLinterFinds(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(doc *huma.OpenAPI, o *huma.Operation){
		"its summary is missing":     func(_ *huma.OpenAPI, o *huma.Operation) { o.Summary = "" },
		"its description is missing": func(_ *huma.OpenAPI, o *huma.Operation) { o.Description = "" },
		"its tags is missing":        func(_ *huma.OpenAPI, o *huma.Operation) { o.Tags = nil },
		"its security is missing":    func(_ *huma.OpenAPI, o *huma.Operation) { o.Security = nil },
		"is none, or there twice":    func(_ *huma.OpenAPI, o *huma.Operation) { o.OperationID = "search-notes" },
		"what the query parameter":   func(_ *huma.OpenAPI, o *huma.Operation) { limitOf(o).Description = "" },
		"the answer 401":             func(_ *huma.OpenAPI, o *huma.Operation) { delete(o.Responses, "401") },
		"the answer 422":             func(_ *huma.OpenAPI, o *huma.Operation) { delete(o.Responses, "422") },
		"422 is no problem":          func(_ *huma.OpenAPI, o *huma.Operation) { o.Responses["422"].Content = nil },
		"no good answer":             func(_ *huma.OpenAPI, o *huma.Operation) { delete(o.Responses, "200"); delete(o.Responses, "304") },
		"schema Nothing is used":     func(doc *huma.OpenAPI, _ *huma.Operation) { doc.Components.Schemas.Map()["Nothing"] = &huma.Schema{} },
		"Access.decision: nobody says": func(doc *huma.OpenAPI, _ *huma.Operation) {
			doc.Components.Schemas.Map()["Access"].Properties["decision"].Description = ""
		},
		`example "wrong": expected integer`: func(_ *huma.OpenAPI, o *huma.Operation) {
			limitOf(o).Examples = map[string]*huma.Example{"x": {Summary: "wrong", Value: "many"}}
		},
	} {
		doc := must(documented()[contentDocument].Document())
		var o *huma.Operation
		for _, x := range reference.Operations(doc) {
			if x.OperationID == "list-notes" {
				o = x
			}
		}
		spoil(doc, o)
		if faults := strings.Join(lint(doc), "\n"); !strings.Contains(faults, want) {
			t.Errorf("%q is not found: %s", want, faults)
		}
	}
}
