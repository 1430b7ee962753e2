package fault

import (
	"fmt"
	"unicode/utf8"
)

// Fields collects the broken rules of one input, so that a person sees all of
// them at once. The zero value is ready.
type Fields struct{ list []Field }

// Add records a broken rule.
func (f *Fields) Add(path, code, message string) {
	f.list = append(f.list, Field{Path: path, Code: code, Message: message})
}

// Check records a broken rule unless ok.
func (f *Fields) Check(ok bool, path, code, message string) {
	if !ok {
		f.Add(path, code, message)
	}
}

// Required records an empty text.
func (f *Fields) Required(path, value string) {
	f.Check(value != "", path, "required", "This field is required.")
}

// MaxRunes records a text longer than n characters.
func (f *Fields) MaxRunes(path, value string, n int) {
	f.Check(utf8.RuneCountInString(value) <= n, path, "too_long", fmt.Sprintf("At most %d characters.", n))
}

// Err returns nil, or one Invalid fault that holds every broken rule.
func (f *Fields) Err() error {
	if len(f.list) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: "invalid_input", Message: "Some fields need another look.", Fields: f.list}
}
