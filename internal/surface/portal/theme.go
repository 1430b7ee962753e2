package portal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"

	"lighttrends/web"
)

// theme is what an owner lays over the built-in templates and files.
type theme struct {
	templates map[string][]byte // by file name
	files     map[string][]byte // by their path under /static/
}

// What a theme may hold at most.
const (
	mostThemeFiles = 500
	mostThemeBytes = 8 << 20 // in one file
)

// themeName is what a file or folder of a theme may be called: an address that
// needs no escaping, and nothing hidden.
var themeName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]*$`)

// served are the kinds of files that browsers may get from a theme.
var served = map[string]bool{
	".css": true, ".js": true, ".svg": true, ".png": true, ".jpg": true, ".jpeg": true, ".webp": true, ".avif": true, ".gif": true, ".ico": true, ".woff2": true, ".txt": true,
}

// readTheme reads a theme's folder: templates/ holds templates by the names of
// the built-in ones and parts of its own, whose names begin with an underscore;
// static/ holds files by the names of the built-in ones, and files of its own
// under static/theme/. What overrides nothing is a mistake, and is named.
// Nothing outside of the folder can be reached: links are refused.
func readTheme(dir string) (*theme, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the theme's folder %s cannot be opened: %w", dir, errors.Unwrap(err))
	}
	defer func() { _ = root.Close() }()
	t := &theme{templates: map[string][]byte{}, files: map[string][]byte{}}
	n := 0
	err = fs.WalkDir(root.FS(), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || file == "." {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") { // what editors and systems leave behind
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return goodName(file, d)
		}
		if n++; n > mostThemeFiles {
			return fmt.Errorf("the theme has more than %d files", mostThemeFiles)
		}
		return t.take(root, file, d)
	})
	return t, err
}

func goodName(file string, d fs.DirEntry) error {
	if !themeName.MatchString(d.Name()) {
		return fmt.Errorf("%s: names in a theme are letters, digits, dots, hyphens and underscores", file)
	}
	return nil
}

// take reads one file and puts it where it belongs.
func (t *theme) take(root *os.Root, file string, d fs.DirEntry) error {
	if err := goodName(file, d); err != nil {
		return err
	}
	if !d.Type().IsRegular() {
		return fmt.Errorf("%s is a link or no plain file; a theme holds plain files only", file)
	}
	top, rest, _ := strings.Cut(file, "/")
	if rest == "" { // a readme and the like
		return nil
	}
	body, err := root.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s cannot be read", file)
	}
	if len(body) > mostThemeBytes {
		return fmt.Errorf("%s is larger than %d MB", file, mostThemeBytes>>20)
	}
	switch top {
	case "templates":
		return t.takeTemplate(file, rest, body)
	case "static":
		return t.takeFile(file, rest, body)
	}
	return fmt.Errorf("%s: a theme has the folders templates and static", file)
}

func (t *theme) takeTemplate(file, name string, body []byte) error {
	_, err := fs.Stat(web.Templates, path.Join(templateDir, name))
	if path.Ext(name) != ".html" || err != nil && (!isPart(name) || strings.Contains(name, "/")) {
		return fmt.Errorf("%s overrides nothing: there is no such page. Parts of your own begin with an underscore", file)
	}
	t.templates[name] = body
	return nil
}

func (t *theme) takeFile(file, name string, body []byte) error {
	if _, err := fs.Stat(web.Static, path.Join(staticDir, name)); err != nil && !strings.HasPrefix(name, "theme/") {
		return fmt.Errorf("%s overrides nothing: there is no such file. Files of your own belong into static/theme", file)
	}
	if !served[strings.ToLower(path.Ext(name))] {
		return fmt.Errorf("%s is of a kind that is not served", file)
	}
	t.files[name] = body
	return nil
}
