// Package json stands in for the JSON library of the same import path. The kit
// for assistants' protocol names it for one thing: a decoder for which "Method"
// is not "method", so that two programs on the way of one message never read it
// differently. The replace directive in go.mod keeps the real one, which is a
// whole encoder beside that of the standard library, out of the binary. What is
// used of it works here: the standard library decodes, and keys that are not
// spelled exactly are taken out before.
package json

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// Decoder reads one value after the other.
type Decoder struct {
	in    *json.Decoder
	exact bool
}

// NewDecoder reads from r.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{in: json.NewDecoder(r)} }

// DontMatchCaseInsensitiveStructFields makes keys count only as they are spelled.
func (d *Decoder) DontMatchCaseInsensitiveStructFields() { d.exact = true }

// Decode reads the next value into v.
func (d *Decoder) Decode(v any) error {
	if !d.exact {
		return d.in.Decode(v)
	}
	var raw json.RawMessage
	if err := d.in.Decode(&raw); err != nil {
		return err
	}
	return json.Unmarshal(exactly(raw, reflect.TypeOf(v)), v)
}

var decodesItself = reflect.TypeFor[json.Unmarshaler]()

// exactly leaves out of raw what no field of t has the exact name of. What is
// not as t wants it stays as it is: decoding says so.
func exactly(raw json.RawMessage, t reflect.Type) json.RawMessage {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || reflect.PointerTo(t).Implements(decodesItself) {
		return raw
	}
	switch t.Kind() {
	case reflect.Struct:
		return object(raw, fields(t))
	case reflect.Map:
		return object(raw, func(string) (reflect.Type, bool) { return t.Elem(), true })
	case reflect.Slice, reflect.Array:
		return list(raw, t.Elem())
	default:
		return raw
	}
}

// fields finds the type behind a key of an object.
func fields(t reflect.Type) func(key string) (reflect.Type, bool) {
	return func(key string) (reflect.Type, bool) {
		for _, f := range reflect.VisibleFields(t) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" {
				name = f.Name
			}
			if name == key && f.IsExported() && f.Tag.Get("json") != "-" {
				return f.Type, true
			}
		}
		return nil, false
	}
}

func object(raw json.RawMessage, field func(string) (reflect.Type, bool)) json.RawMessage {
	var m map[string]json.RawMessage
	if !opens(raw, '{') || json.Unmarshal(raw, &m) != nil {
		return raw
	}
	for key, value := range m {
		if t, ok := field(key); ok {
			m[key] = exactly(value, t)
		} else {
			delete(m, key)
		}
	}
	return again(m, raw)
}

func list(raw json.RawMessage, elem reflect.Type) json.RawMessage {
	var l []json.RawMessage
	if !opens(raw, '[') || json.Unmarshal(raw, &l) != nil {
		return raw
	}
	for i, value := range l {
		l[i] = exactly(value, elem)
	}
	return again(l, raw)
}

func opens(raw json.RawMessage, with byte) bool {
	raw = bytes.TrimLeft(raw, " \t\r\n")
	return len(raw) > 0 && raw[0] == with
}

// again encodes what was looked through; what cannot be stays as it was.
func again(v any, raw json.RawMessage) json.RawMessage {
	if b, err := json.Marshal(v); err == nil {
		return b
	}
	return raw
}
