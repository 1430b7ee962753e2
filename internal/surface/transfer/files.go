package transfer

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// File is a file beside a note.
type File struct {
	Name    string
	Title   string
	Access  string // note or public, as the media room names them
	Content []byte
}

// Cabinet keeps the files beside notes; the media room is one.
type Cabinet interface {
	// Take gives the files of a note with their content, in order.
	Take(ctx context.Context, note uuid.UUID) ([]File, error)
	// Keep puts a file beside a note, or makes the one of this name so that is
	// there and not among the kept ones; changed is false when it was so already.
	Keep(ctx context.Context, note uuid.UUID, f File, kept []uuid.UUID) (id uuid.UUID, changed bool, err error)
	// Arrange puts the files of a note in this order, and the others behind.
	Arrange(ctx context.Context, note uuid.UUID, kept []uuid.UUID) error
}

// fileHeader names a file of a note in its front matter. Where it lies is a
// path in the folder; who may have it is the note's gate unless it is public.
type fileHeader struct {
	File   string `yaml:"file"`
	Name   string `yaml:"name,omitempty"` // when the folder cannot hold the real one
	Title  string `yaml:"title,omitempty"`
	Access string `yaml:"access,omitempty"`
}

// bringFiles puts the files that a note's front matter names beside it, before
// the note is published. Files beside it that are not named stay: a folder
// without them is no wish to lose them.
func (r *importRun) bringFiles(ctx context.Context, note uuid.UUID, h header, d document) error {
	if len(h.Files) == 0 {
		return nil
	}
	if r.Cabinet == nil {
		return &fileFault{d.at("files"), "files: there is no place for them here"}
	}
	var kept []uuid.UUID
	for _, fh := range h.Files {
		if !fs.ValidPath(fh.File) {
			return &fileFault{d.at("files"), "files: not a path inside the folder: " + fh.File}
		}
		content, err := fs.ReadFile(r.dir, fh.File)
		if err != nil {
			return &fileFault{d.at("files"), "files: there is no such file in the folder: " + fh.File}
		}
		f := File{Name: fh.Name, Title: fh.Title, Access: fh.Access, Content: content}
		if f.Name == "" {
			f.Name = path.Base(fh.File)
		}
		id, changed, err := r.Cabinet.Keep(ctx, note, f, kept)
		if err != nil {
			return &fileFault{d.at("files"), "files: " + fh.File + ": " + said(err)}
		}
		if changed {
			r.report.Files++
		}
		kept = append(kept, id)
	}
	return r.Cabinet.Arrange(ctx, note, kept)
}

// said is what a fault says of its first broken rule.
func said(err error) string {
	f := fault.Of(err)
	if len(f.Fields) > 0 {
		return f.Fields[0].Message
	}
	return f.Message
}

// files writes the files beside a note, once: they belong to the note and not
// to one of its states. Each lies in a folder of its note, whose name is the
// note's address.
func (r *exportRun) files(ctx context.Context, note uuid.UUID, slug string) ([]fileHeader, error) {
	if r.Cabinet == nil || r.filed[note] {
		return nil, nil
	}
	r.filed[note] = true
	all, err := r.Cabinet.Take(ctx, note)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	dir := filepath.Join(r.dir, "files", slug)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	var out []fileHeader
	taken := map[string]bool{}
	for i, f := range all {
		name := plainName(f.Name)
		if taken[strings.ToLower(name)] {
			name = fmt.Sprintf("%d-%s", i+1, name)
		}
		taken[strings.ToLower(name)] = true
		h := fileHeader{File: path.Join("files", slug, name), Title: f.Title, Access: f.Access}
		if name != f.Name {
			h.Name = f.Name
		}
		if err := writeFile(filepath.Join(dir, name), f.Content); err != nil {
			return nil, err
		}
		out = append(out, h)
		r.done.Files++
	}
	return out, nil
}

var unplain = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// plainName is a name that every disk can hold.
func plainName(name string) string {
	name = strings.TrimLeft(unplain.ReplaceAllString(name, "-"), "._-")
	if len(name) > 120 {
		name = name[len(name)-120:]
	}
	if name == "" {
		return "file"
	}
	return name
}
