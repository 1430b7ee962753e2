package portal

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
)

const templateDir = "templates/portal"

// loadViews parses the templates once. Files whose names begin with an
// underscore are parts that every view may use; each other file is a view.
func loadViews(files fs.FS, a *assets) (map[string]*template.Template, error) {
	parts, err := template.New("parts").Funcs(words(a)).ParseFS(files, templateDir+"/_*.html")
	if err != nil {
		return nil, fmt.Errorf("portal: %w", err)
	}
	names, err := fs.Glob(files, templateDir+"/[^_]*.html")
	if err != nil {
		return nil, err
	}
	views := map[string]*template.Template{}
	for _, file := range names {
		view, err := parts.Clone()
		if err == nil {
			_, err = view.ParseFS(files, file)
		}
		if err != nil {
			return nil, fmt.Errorf("portal: %w", err)
		}
		views[strings.TrimSuffix(path.Base(file), ".html")] = view.Lookup("frame")
	}
	return views, nil
}

// words are what templates can say beyond the language's own.
func words(a *assets) template.FuncMap {
	return template.FuncMap{
		"asset":   a.url,
		"date":    date,
		"dayOf":   dayOf,
		"machine": machineTime,
		"month":   monthName,
		"count":   count,
		"plural":  plural,
		"money":   money,
		"every":   every,
		"upper":   strings.ToUpper,
		"count64": func(n int64) string { return count(int(n)) },
		"plural64": func(n int64, one, many string) string {
			return plural(int(n), one, many)
		},
		"initial": initial,
		"add":     func(a, b int) int { return a + b },
	}
}
