package app

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lighttrends/internal/surface/portal"
	"lighttrends/web"
)

// CheckTheme tries every page with the theme in a folder.
func CheckTheme(c Console, dir string) error {
	if err := portal.CheckTheme(dir); err != nil {
		return err
	}
	c.say("The theme in %s is in order.", dir)
	return nil
}

// ExportTheme writes the built-in templates and files into a folder, for
// whoever begins a theme. Nothing that is there already is overwritten.
func ExportTheme(c Console, dir string) error {
	n := 0
	copyAll := func(from fs.FS, root, to string) error {
		return fs.WalkDir(from, root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			body, err := fs.ReadFile(from, file)
			if err != nil {
				return err
			}
			target := filepath.Join(dir, to, filepath.FromSlash(strings.TrimPrefix(file, root+"/")))
			if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil { //nolint:gosec // no secrets are in a theme
				return err
			}
			f, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // no secrets are in a theme
			if os.IsExist(err) {
				return fmt.Errorf("%s is there already; choose an empty folder", target)
			}
			if err != nil {
				return err
			}
			if _, err := f.Write(body); err != nil {
				_ = f.Close()
				return err
			}
			n++
			return f.Close()
		})
	}
	if err := copyAll(web.Templates, "templates/portal", "templates"); err != nil {
		return err
	}
	if err := copyAll(web.Static, "static", "static"); err != nil {
		return err
	}
	c.say("%d files were written. Keep those you change, and delete the others: they follow the program then.", n)
	return nil
}
