package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// part is a part of an OpenAPI document.
type part = map[string]any

// comparison finds what of a newer document breaks a client that was made from
// an older one. It knows two directions: what a client sends may be taken more
// widely than before, and what it gets may only be told more closely, or have
// more in it.
type comparison struct {
	was, is part
	found   []string
	seen    map[string]bool // pairs of schemas that are being compared
}

// breaking lists every change that breaks a client.
func breaking(was, is []byte) ([]string, error) {
	c := comparison{seen: map[string]bool{}}
	for _, side := range []struct {
		text []byte
		into *part
	}{{was, &c.was}, {is, &c.is}} {
		if err := json.Unmarshal(side.text, side.into); err != nil {
			return nil, err
		}
	}
	c.paths()
	slices.Sort(c.found)
	return slices.Compact(c.found), nil
}

func (c *comparison) say(format string, a ...any) {
	c.found = append(c.found, fmt.Sprintf(format, a...))
}

func at(n part, keys ...string) part {
	for _, k := range keys {
		n, _ = n[k].(part)
	}
	return n
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func word(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func (c *comparison) paths() {
	was, is := at(c.was, "paths"), at(c.is, "paths")
	for path, item := range was {
		for method := range item.(part) {
			before, after := at(was, path, method), at(is, path, method)
			name := strings.ToUpper(method) + " " + path
			if after == nil {
				c.say("%s is gone", name)
				continue
			}
			if word(before["operationId"]) != word(after["operationId"]) {
				c.say("%s: its operationId %v is %v now", name, before["operationId"], after["operationId"])
			}
			c.security(name, before, after)
			c.parameters(name, before, after)
			c.request(name, before, after)
			c.answers(name, before, after)
		}
	}
}

// security breaks when a way to show who asks is not taken any more.
func (c *comparison) security(name string, before, after part) {
	ways := map[string]bool{}
	for _, w := range list(after["security"]) {
		ways[strings.Join(slices.Sorted(maps.Keys(w.(part))), "+")] = true
	}
	for _, w := range list(before["security"]) {
		way := strings.Join(slices.Sorted(maps.Keys(w.(part))), "+")
		if !ways[way] && !ways[""] {
			c.say("%s: %q does not open it any more", name, way)
		}
	}
}

func (c *comparison) parameters(name string, before, after part) {
	byName := func(o part) map[string]part {
		m := map[string]part{}
		for _, p := range list(o["parameters"]) {
			p := p.(part)
			m[word(p["in"])+" "+word(p["name"])] = p
		}
		return m
	}
	was, is := byName(before), byName(after)
	for key, p := range was {
		q := is[key]
		if q == nil {
			c.say("%s: the parameter %s is gone", name, key)
			continue
		}
		if q["required"] == true && p["required"] != true {
			c.say("%s: the parameter %s is required now", name, key)
		}
		c.schema(name+", "+key, at(p, "schema"), at(q, "schema"), true)
	}
	for key, q := range is {
		if was[key] == nil && q["required"] == true {
			c.say("%s: the new parameter %s is required", name, key)
		}
	}
}

func (c *comparison) request(name string, before, after part) {
	was, is := at(before, "requestBody"), at(after, "requestBody")
	if is["required"] == true && was["required"] != true {
		c.say("%s: a body is required now", name)
	}
	for kind := range at(was, "content") {
		if at(is, "content", kind) == nil {
			c.say("%s: a body of %s is not taken any more", name, kind)
			continue
		}
		c.schema(name+", body", at(was, "content", kind, "schema"), at(is, "content", kind, "schema"), true)
	}
}

// answers compares what comes when all is well. Refusals may become others:
// clients go by their code, and must bear one they do not know.
func (c *comparison) answers(name string, before, after part) {
	for status := range at(before, "responses") {
		if status[0] != '2' && status[0] != '3' {
			continue
		}
		was, is := at(before, "responses", status), at(after, "responses", status)
		if is == nil {
			c.say("%s: it does not answer %s any more", name, status)
			continue
		}
		for field := range at(was, "headers") {
			if at(is, "headers", field) == nil {
				c.say("%s, %s: the field %s is gone", name, status, field)
			}
		}
		for kind := range at(was, "content") {
			if at(is, "content", kind) == nil {
				c.say("%s, %s: it does not answer with %s any more", name, status, kind)
				continue
			}
			c.schema(name+", "+status, at(was, "content", kind, "schema"), at(is, "content", kind, "schema"), false)
		}
	}
}

func resolve(doc, s part) (part, string) {
	ref := word(s["$ref"])
	if ref == "" {
		return s, ""
	}
	name := ref[strings.LastIndex(ref, "/")+1:]
	return at(doc, "components", "schemas", name), name
}

// schema compares what is sent (in) or what is answered.
func (c *comparison) schema(where string, was, is part, in bool) {
	was, a := resolve(c.was, was)
	is, b := resolve(c.is, is)
	if a != "" && b != "" {
		pair := fmt.Sprint(a, ">", b, in)
		if c.seen[pair] {
			return
		}
		c.seen[pair] = true
		where = a
		if in {
			where += " (sent)"
		}
	}
	if len(was) == 0 || len(is) == 0 {
		if len(was) == 0 != (len(is) == 0) && in == (len(was) == 0) {
			c.say("%s: anything went, and now it is narrowed", where)
		}
		return
	}
	if !c.types(where, was, is, in) {
		return
	}
	c.enums(where, was, is, in)
	if in {
		c.limits(where, was, is)
	}
	c.properties(where, was, is, in)
	if more, ok := was["items"].(part); ok {
		if now, ok := is["items"].(part); ok {
			c.schema(where+"[]", more, now, in)
		}
	}
	if more, ok := was["additionalProperties"].(part); ok {
		if now, ok := is["additionalProperties"].(part); ok {
			c.schema(where+".*", more, now, in)
		}
	}
}

func typesOf(s part) map[string]bool {
	m := map[string]bool{}
	switch t := s["type"].(type) {
	case string:
		m[t] = true
	case []any:
		for _, x := range t {
			m[word(x)] = true
		}
	}
	if m["number"] {
		m["integer"] = true
	}
	return m
}

// types: what is sent may be of more types than before, what is answered of
// fewer.
func (c *comparison) types(where string, was, is part, in bool) bool {
	before, after := typesOf(was), typesOf(is)
	if !in {
		before, after = after, before
	}
	for t := range before {
		if len(after) > 0 && !after[t] {
			c.say("%s: its type %s is %s now", where, word(was["type"]), word(is["type"]))
			return false
		}
	}
	if f, g := word(was["format"]), word(is["format"]); f != g && (in && g != "" || !in && f != "") {
		c.say("%s: its format %s is %s now", where, f, g)
	}
	return true
}

// enums: a value that is taken must go on to be taken. In answers a value may
// be new only where the documents say that lists grow, so neither a new nor a
// missing list breaks, and a value that never comes any more does.
func (c *comparison) enums(where string, was, is part, in bool) {
	before, after := list(was["enum"]), list(is["enum"])
	if in && len(before) == 0 && len(after) > 0 {
		c.say("%s: only some values are taken now", where)
	}
	for _, v := range before {
		if len(after) > 0 && !slices.Contains(after, v) {
			c.say("%s: the value %s is gone", where, word(v))
		}
	}
}

// limits of what is sent may widen, never narrow.
func (c *comparison) limits(where string, was, is part) {
	for _, key := range []string{"maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum"} {
		c.limit(where, key, was[key], is[key], func(old, now float64) bool { return now < old })
	}
	for _, key := range []string{"minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum", "multipleOf"} {
		c.limit(where, key, was[key], is[key], func(old, now float64) bool { return now > old })
	}
	if q := word(is["pattern"]); q != "" && q != word(was["pattern"]) {
		c.say("%s: its pattern %s is %s now", where, word(was["pattern"]), q)
	}
	if d := was["default"]; d != nil && word(d) != word(is["default"]) {
		c.say("%s: without it, %s held, and now %s", where, word(d), word(is["default"]))
	}
}

func (c *comparison) limit(where, key string, was, is any, narrower func(old, now float64) bool) {
	now, limited := is.(float64)
	old, before := was.(float64)
	if limited && (!before || narrower(old, now)) {
		c.say("%s: %s is %v now", where, key, now)
	}
}

func (c *comparison) properties(where string, was, is part, in bool) {
	needed := func(s part) map[string]bool {
		m := map[string]bool{}
		for _, k := range list(s["required"]) {
			m[word(k)] = true
		}
		return m
	}
	before, after := at(was, "properties"), at(is, "properties")
	mustWas, mustIs := needed(was), needed(is)
	open := is["additionalProperties"] != false
	for name := range before {
		now := at(after, name)
		switch {
		case after[name] == nil && (!in || !open):
			c.say("%s.%s is gone", where, name)
		case after[name] == nil:
		case in && mustIs[name] && !mustWas[name]:
			c.say("%s.%s is required now", where, name)
		case !in && mustWas[name] && !mustIs[name]:
			c.say("%s.%s may be missing now", where, name)
		}
		if now != nil {
			c.schema(where+"."+name, at(before, name), now, in)
		}
	}
	for name := range after {
		if in && before[name] == nil && mustIs[name] {
			c.say("%s.%s is new and required", where, name)
		}
	}
}
