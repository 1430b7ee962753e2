package portal

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

const templateDir = "templates/portal"

// frame puts a view's main part between what all pages have around it.
const frame = "{{define `frame %[1]s`}}{{template `above` .}}\n{{template `main %[1]s` .}}\n{{template `below` .}}{{end}}"

// mainPart is how a view begins; there it gets the view's name, because all
// views lie in one set and share the parts. A set for each view would hold
// forty copies of them, which were a quarter of all that a server has on its
// heap.
const mainPart = `{{define "main"}}`

// defined finds the parts that a view has for itself.
var defined = regexp.MustCompile(`\{\{-? ?define "([^"]+)"`)

// loadViews parses the templates once. Files whose names begin with an
// underscore are parts that every view may use; each other file is a view.
func loadViews(files fs.FS, a *assets) (map[string]*template.Template, error) {
	set, err := template.New("parts").Funcs(words(a)).ParseFS(files, templateDir+"/_*.html")
	if err != nil {
		return nil, fmt.Errorf("portal: %w", err)
	}
	names, err := fs.Glob(files, templateDir+"/[^_]*.html")
	if err != nil {
		return nil, err
	}
	views := map[string]*template.Template{}
	for _, file := range names {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if views[name], err = addView(set, files, file, name); err != nil {
			return nil, fmt.Errorf("portal: %w", err)
		}
	}
	return views, nil
}

func addView(set *template.Template, files fs.FS, file, name string) (*template.Template, error) {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	for _, part := range defined.FindAllSubmatch(text, -1) {
		if own := string(part[1]); own != "main" && set.Lookup(own) != nil {
			return nil, fmt.Errorf("%s defines %s, which is there already", file, own)
		}
	}
	if strings.Count(string(text), mainPart) != 1 {
		return nil, fmt.Errorf("%s does not define its main part once", file)
	}
	named := strings.Replace(string(text), mainPart, fmt.Sprintf("{{define `main %s`}}", name), 1)
	if _, err := set.New(file).Parse(named + fmt.Sprintf(frame, name)); err != nil {
		return nil, err
	}
	return set.Lookup("frame " + name), nil
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
