package chart

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// fromJSON reads the JSON notation token by token, because the order of the
// keys matters in the row form and a map would lose it.
func fromJSON(src []byte) (value, error) {
	r := &jsonReader{src: src, dec: json.NewDecoder(bytes.NewReader(src))}
	r.dec.UseNumber()
	v, err := r.value(maxDepth)
	if err != nil {
		return v, r.explain(err)
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return v, wrong(r.line(), "something follows after the end of the chart")
	}
	return v, nil
}

type jsonReader struct {
	src    []byte
	dec    *json.Decoder
	seen   int // bytes counted so far
	breaks int // line breaks among them
}

// line is the line of the token read last. Each byte is counted once.
func (r *jsonReader) line() int {
	at := min(int(r.dec.InputOffset()), len(r.src))
	r.breaks += bytes.Count(r.src[r.seen:at], []byte("\n"))
	r.seen = at
	return r.breaks + 1
}

func (r *jsonReader) explain(err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := min(max(int(syntax.Offset)-1, 0), len(r.src))
		return wrong(1+bytes.Count(r.src[:at], []byte("\n")), "this is not readable JSON: %s", syntax.Error())
	}
	return wrong(r.line(), "this is not readable JSON: it ends too early")
}

func (r *jsonReader) value(depth int) (value, error) {
	t, err := r.dec.Token()
	if err != nil {
		return value{}, err
	}
	line := r.line()
	if depth == 0 {
		return value{}, wrong(line, "this is nested too deeply for a chart")
	}
	switch t := t.(type) {
	case json.Number:
		return value{kind: number, line: line, text: t.String()}, nil
	case string:
		return value{kind: word, line: line, text: t}, nil
	case bool:
		text := "false"
		if t {
			text = "true"
		}
		return value{kind: boolean, line: line, text: text}, nil
	case json.Delim:
		if t == '[' {
			return r.list(line, depth)
		}
		return r.mapping(line, depth)
	}
	return value{kind: null, line: line}, nil
}

func (r *jsonReader) list(line, depth int) (value, error) {
	v := value{kind: list, line: line}
	for r.dec.More() {
		item, err := r.value(depth - 1)
		if err != nil {
			return v, err
		}
		v.items = append(v.items, item)
	}
	_, err := r.dec.Token()
	return v, err
}

func (r *jsonReader) mapping(line, depth int) (value, error) {
	v := value{kind: mapping, line: line}
	for r.dec.More() {
		key, err := r.dec.Token()
		if err != nil {
			return v, err
		}
		name, at := key.(string), r.line()
		item, err := r.value(depth - 1)
		if err != nil {
			return v, err
		}
		v.fields = append(v.fields, field{name: name, line: at, value: item})
	}
	if _, err := r.dec.Token(); err != nil {
		return v, err
	}
	if e := v.duplicate(); e != nil {
		return v, e
	}
	return v, nil
}
