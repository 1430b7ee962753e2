package wire

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Check holds a form against the fields of a call. The error is an *Error
// that names the first parameter which does not fit.
func (f *Form) Check(fields Fields) (Values, error) {
	return f.root.group(fields, "")
}

// group checks named parts: nothing unknown, nothing required missing.
func (n *node) group(fields Fields, at string) (Values, error) {
	out := Values{}
	for _, name := range n.names {
		param := nest(at, name)
		shape, known := fields[name]
		if !known {
			return nil, Refuse("parameter_unknown", param, "Received unknown parameter: %s", param)
		}
		v, err := n.parts[name].value(shape, param)
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	for _, name := range required(fields) {
		if _, sent := out[name]; !sent {
			param := nest(at, name)
			return nil, Refuse("parameter_missing", param, "Missing required param: %s.", param)
		}
	}
	return out, nil
}

func required(fields Fields) []string {
	var names []string
	for name, s := range fields {
		if s.must {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func nest(at, name string) string {
	if at == "" {
		return name
	}
	return at + "[" + name + "]"
}

// value checks one parameter and returns it in its Go type.
func (n *node) value(s Shape, param string) (any, error) {
	if n.leaf && n.text == "" {
		return n.empty(s, param)
	}
	switch s.kind {
	case hashKind:
		if n.leaf {
			return nil, Refuse("", param, "Invalid object: %s takes named parts.", param)
		}
		return n.group(s.fields, param)
	case listKind:
		return n.listOf(s, param)
	case metaKind:
		return n.meta(param)
	case rangeKind:
		return n.rangeOf(param)
	}
	if !n.leaf {
		return nil, Refuse("", param, "Invalid value: %s takes a single value.", param)
	}
	return scalar(s, n.text, param)
}

func (n *node) empty(s Shape, param string) (any, error) {
	switch {
	case s.blank:
		return unset{}, nil
	case s.kind == listKind:
		return []any(nil), nil
	case s.kind == textKind && s.min == 0 && !s.must:
		return unset{}, nil
	}
	return nil, Refuse("parameter_invalid_empty", param, "You passed an empty string for '%s'. Leave it out, or send a value.", param)
}

func scalar(s Shape, text, param string) (any, error) {
	switch s.kind {
	case intKind:
		return whole(s, text, param)
	case numberKind:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, Refuse("parameter_invalid_decimal", param, "Invalid decimal: %s", text)
		}
		return f, nil
	case boolKind:
		if text != "true" && text != "false" {
			return nil, Refuse("", param, "Invalid boolean: %s", text)
		}
		return text == "true", nil
	case enumKind:
		if !slices.Contains(s.words, text) {
			return nil, Refuse("", param, "Invalid %s: must be one of %s", param, strings.Join(s.words, ", "))
		}
		return text, nil
	}
	if length := int64(utf8.RuneCountInString(text)); length > s.max || length < s.min {
		return nil, Refuse("", param, "Invalid string: %s takes %d to %d characters, not %d.", param, s.min, s.max, length)
	}
	return text, nil
}

func whole(s Shape, text, param string) (any, error) {
	if slices.Contains(s.words, text) {
		return text, nil
	}
	i, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, Refuse("parameter_invalid_integer", param, "Invalid integer: %s", text)
	}
	if i < s.min || i > s.max {
		return nil, Refuse("parameter_invalid_integer", param, "Invalid integer: %s must be from %d to %d.", param, s.min, s.max)
	}
	return i, nil
}

func (n *node) listOf(s Shape, param string) (any, error) {
	parts, numbers, ok := n.inOrder()
	if n.leaf || !ok {
		return nil, Refuse("", param, "Invalid array: %s takes numbered elements.", param)
	}
	if int64(len(parts)) > s.max {
		return nil, Refuse("", param, "Invalid array: %s takes at most %d elements.", param, s.max)
	}
	list := make([]any, len(parts))
	for i, part := range parts {
		v, err := part.value(*s.item, nest(param, numbers[i]))
		if err != nil {
			return nil, err
		}
		list[i] = v
	}
	return list, nil
}

func (n *node) meta(param string) (any, error) {
	if n.leaf {
		return nil, Refuse("", param, "Invalid object: %s takes named parts.", param)
	}
	out := map[string]string{}
	for _, name := range n.names {
		part := n.parts[name]
		switch {
		case !part.leaf:
			return nil, Refuse("", nest(param, name), "Metadata values are texts.")
		case utf8.RuneCountInString(name) > 40 || name == "":
			return nil, Refuse("", param, "Metadata names take 1 to 40 characters.")
		case utf8.RuneCountInString(part.text) > 500:
			return nil, Refuse("", nest(param, name), "Metadata values take up to 500 characters.")
		}
		out[name] = part.text
	}
	if len(out) > MaxMeta {
		return nil, Refuse("", param, "Metadata takes up to %d names.", MaxMeta)
	}
	return out, nil
}

func (n *node) rangeOf(param string) (any, error) {
	if n.leaf {
		at, err := whole(Int(), n.text, param)
		if err != nil {
			return nil, err
		}
		return Bounds{From: at.(int64), To: at.(int64)}, nil
	}
	parts, err := n.group(Fields{"gt": Int(), "gte": Int(), "lt": Int(), "lte": Int()}, param)
	if err != nil {
		return nil, err
	}
	b := Bounds{From: 0, To: math.MaxInt64}
	if parts.Has("gt") {
		b.From = parts.Int("gt") + 1
	}
	if parts.Has("gte") {
		b.From = max(b.From, parts.Int("gte"))
	}
	if parts.Has("lt") {
		b.To = parts.Int("lt") - 1
	}
	if parts.Has("lte") {
		b.To = min(b.To, parts.Int("lte"))
	}
	return b, nil
}
