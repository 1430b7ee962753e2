package content

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/search"
)

// choice is something that a search can be narrowed to.
type choice struct {
	id         uuid.UUID
	slug, name string
}

// resolve finds what the fields of a search mean, and lists those that mean
// nothing.
func (l *Library) resolve(cat *Catalogue, fields []search.Field) (unknown []Unknown) {
	for i := range fields {
		f := &fields[i]
		all := l.names(cat, f.Name)
		if f.Any = meant(f.Value, all); len(f.Any) > 0 {
			continue
		}
		if f.Any = takenOver(cat, f.Name, f.Value); len(f.Any) > 0 {
			continue
		}
		names := make([]string, len(all))
		for i, x := range all {
			names[i] = x.name
		}
		unknown = append(unknown, Unknown{*f, search.Nearest(f.Value, names)})
	}
	return unknown
}

// names lists what a field can mean. Issues in the making are not among it.
func (l *Library) names(cat *Catalogue, field string) (out []choice) {
	switch field {
	case "topic":
		for _, x := range cat.Topics {
			out = append(out, choice{x.ID, x.Slug, x.Name})
		}
	case "author":
		for _, x := range cat.Authors {
			out = append(out, choice{x.ID, x.Slug, x.Name})
		}
	case "series":
		for _, x := range cat.Series {
			out = append(out, choice{x.ID, x.Slug, x.Name})
		}
	case "issue":
		for _, x := range cat.Issues {
			if l.out(x) != nil {
				out = append(out, choice{x.ID, x.Slug, x.Label})
			}
		}
	case "kind":
		for _, k := range Kinds() {
			out = append(out, choice{k.id(), string(k), strings.ReplaceAll(string(k), "-", " ")})
		}
	}
	return out
}

// meant finds what was typed: by its address or its whole name, else by words
// of the name.
func meant(typed string, all []choice) (out []uuid.UUID) {
	for _, x := range all {
		if strings.EqualFold(typed, x.slug) || search.Names(typed, x.name) && search.Names(x.name, typed) {
			out = append(out, x.id)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, x := range all {
		if search.Names(typed, x.name) {
			out = append(out, x.id)
		}
	}
	return out
}

// id stands for a kind among what notes belong to.
func (k Kind) id() uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte("note kind "+k)) }

// takenOver finds what the address of something leads to that is no more.
func takenOver(cat *Catalogue, field, typed string) []uuid.UUID {
	switch slug := strings.ToLower(typed); field {
	case "topic":
		return idOf(cat.formerTopics[slug])
	case "author":
		return idOf(cat.formerAuthors[slug])
	}
	return nil
}

func sortedSet(list []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}
