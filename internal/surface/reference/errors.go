package reference

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed errors.txt
var errorsFile string

// Code is a refusal's code, explained.
type Code struct {
	Code, Statuses string // statuses are written with commas
	Why, Do        string
}

// CodeGroup are codes that come up together.
type CodeGroup struct {
	Name, ID string
	Codes    []Code
}

// Catalogue lists every code that an API can answer with.
var Catalogue = sync.OnceValue(func() (all []CodeGroup) {
	for line := range strings.Lines(errorsFile) {
		line = strings.TrimSpace(line)
		if name, is := strings.CutPrefix(line, "# "); is {
			all = append(all, CodeGroup{Name: name, ID: anchor(name)})
			continue
		}
		head, text, ok := strings.Cut(line, ": ")
		statuses, code, is := strings.Cut(head, " ")
		if !ok || !is || len(all) == 0 {
			continue
		}
		why, do, _ := strings.Cut(text, " | ")
		group := &all[len(all)-1]
		group.Codes = append(group.Codes, Code{Code: code, Statuses: strings.ReplaceAll(statuses, ",", ", "), Why: why, Do: do})
	}
	kept := all[:0]
	for _, g := range all { // lines of explanation look like groups
		if len(g.Codes) > 0 {
			kept = append(kept, g)
		}
	}
	return kept
})

// anchor makes an id of words.
func anchor(words string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(words, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}), "-"))
}
