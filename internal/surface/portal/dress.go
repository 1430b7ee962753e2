package portal

import (
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"lighttrends/internal/platform/phrase"
	"lighttrends/web"
)

// dress is what pages are made of: templates, and the files that browsers get.
// It never changes; a theme that does makes another one.
type dress struct {
	templates map[string]string // by file name
	assets    *assets
	sets      sync.Map // of views, by the tag of their language
}

// newDress lays templates and files over the built-in ones.
func newDress(own *theme) (*dress, error) {
	templates, err := filesIn(web.Templates, templateDir)
	if err != nil {
		return nil, err
	}
	files, err := filesIn(web.Static, staticDir)
	if err != nil {
		return nil, err
	}
	d := &dress{templates: make(map[string]string, len(templates))}
	for name, text := range templates {
		d.templates[name] = string(text)
	}
	if own != nil {
		for name, text := range own.templates {
			d.templates[name] = string(text)
		}
		for name, body := range own.files {
			files[name] = body
		}
	}
	d.assets, err = loadAssets(files)
	return d, err
}

// The places of the built-in templates and files in package web.
const (
	templateDir = "templates/portal"
	staticDir   = "static"
)

// filesIn reads all files under a folder, by their path there.
func filesIn(from fs.FS, dir string) (map[string][]byte, error) {
	all := map[string][]byte{}
	err := fs.WalkDir(from, dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(from, file)
		all[strings.TrimPrefix(file, dir+"/")] = body
		return err
	})
	return all, err
}

// in gives the views in a language, which are parsed when they are first
// asked for.
func (d *dress) in(l *phrase.Language) (views, error) {
	if set, ok := d.sets.Load(l.Tag); ok {
		return set.(views), nil //nolint:forcetypeassert // nothing else is put there
	}
	set, err := loadViews(d.templates, d.assets, l)
	if err != nil {
		return nil, err
	}
	kept, _ := d.sets.LoadOrStore(l.Tag, set)
	return kept.(views), nil //nolint:forcetypeassert // nothing else is put there
}

// view finds the template of a page.
func (d *dress) view(l *phrase.Language, name string) (*template.Template, error) {
	set, err := d.in(l)
	if err != nil {
		return nil, err
	}
	if t := set[name]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("portal: there is no view %q", name)
}
