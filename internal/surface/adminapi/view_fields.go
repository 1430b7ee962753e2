package adminapi

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
)

// lists are the inputs of the lists that views are kept of: what can be asked
// for in a view is what their parameters are.
var lists = map[string]reflect.Type{
	"notes":   reflect.TypeFor[listNotesInput](),
	"members": reflect.TypeFor[listMembersInput](),
	"leads":   reflect.TypeFor[leadsInput](),
}

// columns are what the desk can show of each list.
var columns = map[string][]string{
	"notes":   {"status", "kind", "gate", "series", "issue", "topics", "authors", "review", "schedule", "published", "changed", "created"},
	"members": {"name", "status", "plans", "verified", "since"},
	"leads":   {},
}

func (f *ViewFields) input() identity.ViewInput {
	return identity.ViewInput{Name: f.Name, Filters: f.Filters, Sort: f.Sort, Reverse: f.Reverse, Columns: f.Columns, Density: f.Density, Shared: f.Shared}
}

// check refuses what the list could not be asked for, so that a view that was
// kept can be opened.
func (f *ViewFields) check(list string) error {
	var bad fault.Fields
	if f.Filters != nil {
		for name, value := range *f.Filters {
			checkFilter(&bad, list, name, value)
		}
	}
	if f.Sort != nil && *f.Sort != "" {
		sort, ok := parameter(list, "sort")
		bad.Check(ok && slices.Contains(choices(sort), *f.Sort), "/sort", "unknown", "The list has no such order.")
	}
	if f.Columns != nil {
		for i, c := range *f.Columns {
			bad.Check(slices.Contains(columns[list], c), fmt.Sprintf("/columns/%d", i), "unknown", "The list has no such column.")
		}
	}
	return bad.Err()
}

// checkFilter holds one filter against the parameter of the list.
func checkFilter(bad *fault.Fields, list, name, value string) {
	at := "/filters/" + name
	field, ok := parameter(list, name)
	if !ok || slices.Contains([]string{"cursor", "limit", "sort", "reverse"}, name) {
		bad.Add(at, "unknown", "The list has no such filter.")
		return
	}
	if all := choices(field); len(all) > 0 {
		bad.Check(value == "" || slices.Contains(all, value), at, "unknown", "One of "+strings.Join(all, ", ")+".")
	}
	if field.Type == reflect.TypeFor[time.Time]() && value != "" {
		_, err := time.Parse(time.RFC3339, value)
		bad.Check(err == nil, at, "bad_time", "A moment such as 2026-12-24T09:00:00Z.")
	}
	if most, err := strconv.Atoi(field.Tag.Get("maxLength")); err == nil {
		bad.MaxRunes(at, value, most)
	}
}

func parameter(list, name string) (reflect.StructField, bool) {
	for f := range fields(lists[list]) {
		if f.Tag.Get("query") == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// fields goes through the fields of a struct and of those embedded in it.
func fields(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for _, f := range reflect.VisibleFields(t) {
			if !f.Anonymous && !yield(f) {
				return
			}
		}
	}
}

func choices(f reflect.StructField) []string {
	if f.Tag.Get("enum") == "" {
		return nil
	}
	return strings.Split(f.Tag.Get("enum"), ",")
}
