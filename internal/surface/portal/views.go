package portal

import (
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/phrase"
)

// frame puts a view's main part between what all pages have around it.
const frame = "{{define `frame %[1]s`}}{{template `above` .}}\n{{template `main %[1]s` .}}\n{{template `below` .}}{{end}}"

// mainPart is how a view begins; there it gets the view's name, because all
// views lie in one set and share the parts. A set for each view would hold
// forty copies of them, which were a quarter of all that a server has on its
// heap.
const mainPart = `{{define "main"}}`

// defined finds the parts that a view has for itself.
var defined = regexp.MustCompile(`\{\{-? ?define "([^"]+)"`)

// views are the templates of the pages in one language, by the page's name.
type views map[string]*template.Template

// loadViews parses templates, by file name. Files whose names begin with an
// underscore are parts that every view may use; each other file is a view. The
// words of the set speak one language, so a publication that speaks one holds
// one set.
func loadViews(files map[string]string, a *assets, l *phrase.Language) (views, error) {
	set := template.New("parts").Funcs(words(a, l))
	names := slices.Sorted(maps.Keys(files))
	for _, file := range names {
		if !isPart(file) {
			continue
		}
		if _, err := set.New(file).Parse(files[file]); err != nil {
			return nil, fmt.Errorf("portal: %w", err)
		}
	}
	all := views{}
	for _, file := range names {
		if isPart(file) {
			continue
		}
		name := strings.TrimSuffix(file, ".html")
		view, err := addView(set, files[file], file, name)
		if err != nil {
			return nil, fmt.Errorf("portal: %w", err)
		}
		all[name] = view
	}
	return all, nil
}

func isPart(file string) bool { return strings.HasPrefix(file, "_") }

func addView(set *template.Template, text, file, name string) (*template.Template, error) {
	for _, part := range defined.FindAllStringSubmatch(text, -1) {
		if own := part[1]; own != "main" && set.Lookup(own) != nil {
			return nil, fmt.Errorf("%s defines %s, which is there already", file, own)
		}
	}
	if strings.Count(text, mainPart) != 1 {
		return nil, fmt.Errorf("%s does not define its main part once", file)
	}
	named := strings.Replace(text, mainPart, fmt.Sprintf("{{define `main %s`}}", name), 1)
	if _, err := set.New(file).Parse(named + fmt.Sprintf(frame, name)); err != nil {
		return nil, err
	}
	return set.Lookup("frame " + name), nil
}

// words are what templates can say beyond the language's own. Texts of the
// catalogue are asked for by t, by tn where something is counted, and by rich
// and richn where they hold links or stressed words.
func words(a *assets, l *phrase.Language) template.FuncMap {
	return template.FuncMap{
		"asset": a.url,
		"theme": a.perhaps,
		"t":     func(key string, pairs ...any) (string, error) { return known(l, key, l.Text(key, pairs...)) },
		"tn": func(key string, n any, pairs ...any) (string, error) {
			return known(l, key, l.Count(key, whole(n), pairs...))
		},
		"rich": func(key string, pairs ...any) (template.HTML, error) {
			return rich(l, key, l.Text(key), pairs)
		},
		"richn": func(key string, n any, pairs ...any) (template.HTML, error) {
			return rich(l, key, l.Count(key, whole(n)), pairs)
		},
		"kind":       func(k any) string { return l.Or(fmt.Sprintf("kind.%v", k), fmt.Sprint(k)) },
		"date":       l.Date,
		"dayOf":      l.Day,
		"day":        func(t *time.Time) string { return onDay(l, t) },
		"machine":    machineTime,
		"month":      l.Month,
		"monthShort": l.ShortMonth,
		"count":      l.Number,
		"price":      func(amount int64, currency string) string { return price(l, amount, currency) },
		"money":      func(amount int64, currency string) string { return price(l, amount, currency) },
		"plural":     func(n int, one, many string) string { return plural(l, n, one, many) },
		"every":      func(p *billing.Price) string { return every(l, p) },
		"upper":      strings.ToUpper,
		"count64":    func(n int64) string { return l.Number(int(n)) },
		"plural64":   func(n int64, one, many string) string { return plural(l, int(n), one, many) },
		"initial":    initial,
		"add":        func(a, b int) int { return a + b },
	}
}
