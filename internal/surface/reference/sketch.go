package reference

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

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
