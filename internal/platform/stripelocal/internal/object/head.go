package object

import (
	"encoding/json"
	"strconv"
)

// Version is the API version every object is rendered as of.
const Version = "2023-10-16"

// Head is what every object begins with.
type Head struct {
	ID       string `json:"id"`
	Object   string `json:"object"`
	Created  int64  `json:"created"` // Unix seconds
	Livemode bool   `json:"livemode"`
	// Clock is the id of the test clock the object lives under; empty means
	// real time. No answer shows it here.
	Clock string `json:"-"`
}

// Header gives the common part.
func (h *Head) Header() *Head { return h }

// Keys is what lists can filter by.
func (h *Head) Keys() []Key { return nil }

// Due is when the object next wants attention in Unix seconds; 0 is never.
func (h *Head) Due() int64 { return 0 }

// Hidden points to what the object remembers but no answer shows.
func (h *Head) Hidden() any { return nil }

// Record is any object that can be stored.
type Record interface {
	Header() *Head
	Keys() []Key
	Due() int64
	Hidden() any
}

// Key is one name and value a list can filter by.
type Key struct{ Name, Value string }

// keys makes keys of name, value, name, value …; empty values make none.
func keys(pairs ...string) []Key {
	var out []Key
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, Key{pairs[i], pairs[i+1]})
		}
	}
	return out
}

func yesNo(b bool) string { return strconv.FormatBool(b) }

// Str is a text that is null when it is empty: an optional text or the id of
// another object.
type Str string

// MarshalJSON implements json.Marshaler.
func (s Str) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(s))
}

// Num is a number or a time that is null when it is zero.
type Num int64

// MarshalJSON implements json.Marshaler.
func (n Num) MarshalJSON() ([]byte, error) {
	if n == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(n), 10), nil
}

// Meta is metadata; it is never null.
type Meta map[string]string

// MarshalJSON implements json.Marshaler.
func (m Meta) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[string]string(m))
}

// List is a list object, as it stands inside another object or as an answer.
type List[T any] struct {
	Object  string `json:"object"`
	Data    []T    `json:"data"`
	HasMore bool   `json:"has_more"`
	URL     string `json:"url"`
}

// NewList makes a whole list; data is never null.
func NewList[T any](url string, data []T) List[T] {
	if data == nil {
		data = []T{}
	}
	return List[T]{Object: "list", Data: data, URL: url}
}
