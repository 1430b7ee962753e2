package phrase

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// Fallback is the language that has every text.
const Fallback = "en"

// Language is a language with its texts. It is safe for several goroutines.
type Language struct {
	Tag  string `json:"-"`    // BCP 47
	Name string `json:"name"` // in the language itself
	Dir  string `json:"dir"`  // ltr or rtl

	Plural      string   `json:"plural"` // a rule of plural.go
	DateForm    string   `json:"date"`   // of {day}, {month} and {year}
	DayForm     string   `json:"day"`
	MonthForm   string   `json:"month"`
	Months      []string `json:"months"`
	ShortMonths []string `json:"short_months"`
	Thousands   string   `json:"thousands"`
	Decimal     string   `json:"decimal"`
	AmountForm  string   `json:"amount"` // of {sign} and {number}

	texts    map[string]text
	fallback *Language // nil for the one that has every text
}

// text is what stands for a key: one form, or one for each sort of number.
type text struct {
	plain string
	forms map[string]string
}

// UnmarshalJSON takes a string or an object of plural forms.
func (t *text) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '{' {
		return json.Unmarshal(raw, &t.forms)
	}
	return json.Unmarshal(raw, &t.plain)
}

// The catalogues are in the program as make api packs them: a quarter of their
// size.
//
//go:embed catalogue/*.json.gz
var files embed.FS

// shipped reads the catalogues once. They are part of the program, so a fault
// in one is a fault of the program, which the tests find.
var shipped = sync.OnceValue(func() []*Language {
	all, err := load(files)
	if err != nil {
		panic(err)
	}
	return all
})

// Shipped lists the languages, the fallback first.
func Shipped() []*Language { return shipped() }

// In finds a language by its tag, by the part before the hyphen, or else the
// fallback.
func In(tag string) *Language {
	base, _, _ := strings.Cut(tag, "-")
	all := shipped()
	for _, want := range []string{tag, base} {
		if i := slices.IndexFunc(all, func(l *Language) bool { return l.Tag == want }); i >= 0 {
			return all[i]
		}
	}
	return all[0]
}

func load(from fs.FS) ([]*Language, error) {
	names, err := fs.Glob(from, "catalogue/*.json*")
	if err != nil {
		return nil, err
	}
	var all []*Language
	for _, name := range names {
		raw, err := unpacked(from, name)
		if err != nil {
			return nil, err
		}
		tag, _, _ := strings.Cut(path.Base(name), ".")
		l, err := read(tag, raw)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	at := slices.IndexFunc(all, func(l *Language) bool { return l.Tag == Fallback })
	if at < 0 {
		return nil, fmt.Errorf("phrase: there is no %s", Fallback)
	}
	all[0], all[at] = all[at], all[0]
	for _, l := range all[1:] {
		l.fallback = all[0]
	}
	return all, nil
}

func unpacked(from fs.FS, name string) ([]byte, error) {
	raw, err := fs.ReadFile(from, name)
	if err != nil || path.Ext(name) != ".gz" {
		return raw, err
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func read(tag string, raw []byte) (*Language, error) {
	l := &Language{}
	head := struct {
		Language *Language `json:"_language"`
	}{l}
	if err := json.Unmarshal(raw, &head); err != nil {
		return nil, fmt.Errorf("phrase: %s: %w", tag, err)
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(raw, &entries); err != nil {
		return nil, fmt.Errorf("phrase: %s: %w", tag, err)
	}
	delete(entries, "_language")
	l.Tag, l.texts = tag, make(map[string]text, len(entries))
	for key, value := range entries {
		var t text
		if err := json.Unmarshal(value, &t); err != nil {
			return nil, fmt.Errorf("phrase: %s: %s: %w", tag, key, err)
		}
		l.texts[key] = t
	}
	return l, l.check()
}

// check wants everything that dates and numbers need.
func (l *Language) check() error {
	switch {
	case l.Name == "" || l.Dir != "ltr" && l.Dir != "rtl":
		return fmt.Errorf("phrase: %s has no name or no direction", l.Tag)
	case rules[l.Plural] == nil:
		return fmt.Errorf("phrase: %s counts by %q, which is no rule", l.Tag, l.Plural)
	case len(l.Months) != 12 || len(l.ShortMonths) != 12:
		return fmt.Errorf("phrase: %s does not name twelve months", l.Tag)
	case l.DateForm == "" || l.DayForm == "" || l.MonthForm == "" || l.AmountForm == "" || l.Decimal == "":
		return fmt.Errorf("phrase: %s does not say how dates and amounts are written", l.Tag)
	}
	for key, t := range l.texts {
		for _, form := range pluralForms[l.Plural] {
			if t.forms != nil && t.forms[form] == "" {
				return fmt.Errorf("phrase: %s: %s has no form %q", l.Tag, key, form)
			}
		}
	}
	return nil
}

// Keys lists the keys that have a text, sorted.
func (l *Language) Keys() []string {
	keys := make([]string, 0, len(l.texts))
	for key := range l.texts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Has tells whether there is a text for a key, here or in the fallback.
func (l *Language) Has(key string) bool {
	_, ok := l.find(key)
	return ok
}

func (l *Language) find(key string) (text, bool) {
	for x := l; x != nil; x = x.fallback {
		if t, ok := x.texts[key]; ok {
			return t, true
		}
	}
	return text{}, false
}
