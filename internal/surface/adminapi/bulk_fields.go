package adminapi

import (
	"slices"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
)

// over lays the change over a draft, and tells whether it is one.
func (b *BulkChange) over(in *content.Input) bool {
	switch b.Action {
	case "add_topic":
		return with(&in.Topics, b.Value)
	case "remove_topic":
		return without(&in.Topics, b.Value)
	case "set_topics":
		return replaced(&in.Topics, b.Values)
	case "add_author":
		return with(&in.Authors, b.Value)
	case "remove_author":
		return without(&in.Authors, b.Value)
	case "set_authors":
		return replaced(&in.Authors, b.Values)
	case "set_series":
		if in.Series == b.Value {
			return false
		}
		in.Series, in.Issue, in.Position = b.Value, "", 0
	case "set_kind":
		if in.Kind == content.Kind(b.Value) {
			return false
		}
		in.Kind = content.Kind(b.Value)
	case "set_gate":
		if in.Gate == access.GateKind(b.Value) && slices.Equal(in.GatePlans, b.GatePlans) {
			return false
		}
		in.Gate, in.GatePlans = access.GateKind(b.Value), b.GatePlans
	}
	return true
}

func with(list *[]string, slug string) bool {
	if slices.Contains(*list, slug) {
		return false
	}
	*list = append(*list, slug)
	return true
}

func without(list *[]string, slug string) bool {
	i := slices.Index(*list, slug)
	if i < 0 {
		return false
	}
	*list = slices.Delete(*list, i, i+1)
	return true
}

func replaced(list *[]string, slugs []string) bool {
	if slices.Equal(*list, slugs) {
		return false
	}
	*list = append([]string{}, slugs...)
	return true
}
