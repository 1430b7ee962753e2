package reference

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

type apiView struct {
	Title, About, Address, Document string
	More                            template.HTML // what follows About
	Ways                            []way         // to show who asks
	Groups                          []group
	Schemas                         []schemaView
}

type way struct{ Name, Field, Text string }

type group struct {
	Name, ID   string
	Operations []operationView
}

type schemaView struct {
	Name   string
	Fields []field
}

// field is a parameter, or a property at any depth.
type field struct {
	Name, In, Text, Limits string
	Type                   typeView
	Required               bool
}

// typeView is a type in words, with the schema it leads to.
type typeView struct{ Before, Ref string }

func (p *pages) api(a Documented) (*sheet, error) {
	doc, err := a.API.Document()
	if err != nil {
		return nil, err
	}
	book, err := Examples(a.Name)
	if err != nil {
		return nil, err
	}
	d := drawer{doc: doc, book: book, base: p.BaseURL, api: a.Name, markdown: p.Markdown}
	about, more, _ := strings.Cut(doc.Info.Description, "\n\n")
	v := apiView{
		Title: short(doc.Info.Title), About: about, More: template.HTML(d.markdown([]byte(more))), //nolint:gosec // drawn by the markdown room
		Document: a.API.DocumentPath(),
		Address:  p.BaseURL + strings.TrimSuffix(a.API.DocumentPath(), "/openapi.json"), Ways: ways(doc),
	}
	s := &sheet{Title: v.Title, About: v.About, View: "api"}
	ordered := book.InOrder(Operations(doc))
	for _, tag := range doc.Tags {
		g := group{Name: tag.Name, ID: "tag-" + anchor(tag.Name)}
		m := mark{ID: g.ID, Name: g.Name}
		for _, o := range ordered {
			if slices.Contains(o.Tags, tag.Name) {
				g.Operations = append(g.Operations, d.operation(o))
				m.Below = append(m.Below, mark{ID: o.OperationID, Name: o.Summary})
			}
		}
		v.Groups = append(v.Groups, g)
		s.Side = append(s.Side, m)
	}
	s.Side = append(s.Side, mark{ID: "schemas", Name: "Schemas"})
	schemas := doc.Components.Schemas.Map()
	for _, name := range sorted(schemas) {
		v.Schemas = append(v.Schemas, schemaView{name, fieldsOf("", schemas[name])})
	}
	s.Main = v
	return s, nil
}

func ways(doc *huma.OpenAPI) (all []way) {
	for _, name := range sorted(doc.Components.SecuritySchemes) {
		x := doc.Components.SecuritySchemes[name]
		w := way{Name: spaced(name), Text: x.Description}
		switch {
		case x.Type == "http":
			w.Field = "Authorization: Bearer …"
		case x.In == "cookie":
			w.Field = "Cookie: " + x.Name + "=…"
		default:
			w.Field = x.Name + ": …"
		}
		all = append(all, w)
	}
	return all
}

// spaced makes words of a name: contentKey is "Content key".
func spaced(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case i == 0:
			b.WriteString(strings.ToUpper(string(r)))
		case r >= 'A' && r <= 'Z':
			b.WriteString(" " + strings.ToLower(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fieldsOf lists the properties of a schema, those of objects inside it too.
func fieldsOf(prefix string, s *huma.Schema) (all []field) {
	for _, name := range sorted(s.Properties) {
		p := s.Properties[name]
		all = append(all, field{
			Name: prefix + name, Text: p.Description, Type: typeOf(p), Limits: limits(p), Required: slices.Contains(s.Required, name),
		})
		if p.Ref == "" {
			all = append(all, fieldsOf(prefix+name+".", p)...)
		}
		if p.Items != nil && p.Items.Ref == "" {
			all = append(all, fieldsOf(prefix+name+"[].", p.Items)...)
		}
	}
	return all
}

func typeOf(s *huma.Schema) typeView {
	switch {
	case s == nil:
		return typeView{Before: "anything"}
	case s.Ref != "":
		return typeView{Ref: s.Ref[strings.LastIndex(s.Ref, "/")+1:]}
	case s.Type == huma.TypeArray:
		t := typeOf(s.Items)
		t.Before = "list of " + t.Before
		return t
	case s.Type == huma.TypeObject && s.AdditionalProperties != nil && len(s.Properties) == 0:
		if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
			t := typeOf(more)
			t.Before = "map of " + t.Before
			return t
		}
	case s.Type == "":
		return typeView{Before: "anything"}
	}
	switch s.Format {
	case "date-time":
		return typeView{Before: "time"}
	case "uuid", "uri", "date", "email", "binary":
		return typeView{Before: s.Format}
	}
	return typeView{Before: s.Type}
}

// limits are a schema's rules in words.
func limits(s *huma.Schema) string {
	var all []string
	add := func(before, value string) { all = append(all, before+value) }
	if s.Items != nil && len(s.Enum) == 0 && s.Items.Ref == "" && len(s.Items.Enum) > 0 {
		add("each one of ", values(s.Items.Enum))
	}
	if len(s.Enum) > 0 {
		add("one of ", values(s.Enum))
	}
	if s.Default != nil {
		add("without it ", text(s.Default))
	}
	for before, n := range map[string]*float64{"from ": s.Minimum, "to ": s.Maximum} {
		if n != nil {
			add(before, strconv.FormatFloat(*n, 'f', -1, 64))
		}
	}
	for _, l := range []struct {
		before, after string
		n             *int
	}{{"at least ", " characters", s.MinLength}, {"at most ", " characters", s.MaxLength}, {"at least ", " of them", s.MinItems}, {"at most ", " of them", s.MaxItems}} {
		if l.n != nil {
			add(l.before, strconv.Itoa(*l.n)+l.after)
		}
	}
	if s.Pattern != "" {
		add("like ", s.Pattern)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func values(list []any) string {
	all := make([]string, len(list))
	for i, v := range list {
		if all[i] = text(v); all[i] == "" {
			all[i] = `""`
		}
	}
	return strings.Join(all, " | ")
}

func text(v any) string { return fmt.Sprint(v) }
