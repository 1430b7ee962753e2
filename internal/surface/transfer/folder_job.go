package transfer

import (
	"context"
	"io/fs"
	"os"
	"path"

	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/fault"
)

// The words of the book for folders of Markdown.
const (
	markdownSystem = "markdown"
	issueKind      = "issue"
	pictureKind    = "picture"
)

// folderRun is an import of a folder as a job.
type folderRun struct {
	*importRun
	run    *porter.Run
	behind int64 // entries that are whole
	at     int64
}

// folder carries a zip with a folder of Markdown files: the files, then what
// lies beside notes, then pictures that nothing shows. An entry that was
// carried before is passed over.
func (c *Carrier) folder(ctx context.Context, r *porter.Run, file *os.File) error {
	size, err := sizeOf(file)
	if err != nil {
		return err
	}
	dir, err := folderOf(file, size)
	if err != nil {
		return unreadable(err)
	}
	files, err := markdownFiles(dir)
	if err != nil {
		return unreadable(err)
	}
	pictures, beside := loose(dir), besideNotes(dir, files)
	if len(files)+len(pictures) == 0 {
		return fault.New(fault.Invalid, "unreadable_file", "There are no Markdown files in the zip.")
	}
	f := c.folderRun(r, dir)
	if err := r.Expect(ctx, len(files)+len(beside)+len(pictures)); err != nil {
		return err
	}
	for _, part := range []struct {
		names []string
		carry func(context.Context, string) error
	}{{files, f.file}, {beside, f.beside}, {pictures, f.picture}} {
		for _, name := range part.names {
			if f.at++; f.at <= f.behind {
				continue
			}
			if err := part.carry(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Carrier) folderRun(r *porter.Run, dir fs.FS) *folderRun {
	gallery := c.Gallery
	if r.DryRun {
		gallery = trying{gallery}
	}
	run := &importRun{
		Importer: &Importer{Desk: c.Desk, Gallery: gallery, Cabinet: c.Cabinet, Now: c.Now}, dir: dir, filesLater: true,
		album: album{dir: dir, gallery: gallery, known: map[string]kept{}},
	}
	if facts, err := readFacts(dir); err == nil {
		run.album.facts = facts
	}
	return &folderRun{importRun: run, run: r, behind: r.Done}
}

// besideNotes lists the files with front matter that names files.
func besideNotes(dir fs.FS, files []string) (out []string) {
	for _, name := range files {
		var h header
		src, err := fs.ReadFile(dir, name)
		if err != nil || path.Base(path.Dir(name)) == "issues" {
			continue
		}
		if _, err := take(string(src), &h); err == nil && len(h.Files) > 0 {
			out = append(out, name)
		}
	}
	return out
}

// loose lists the pictures of a folder; those that a text shows are in it, too,
// and are kept once.
func loose(dir fs.FS) (out []string) {
	all, err := fs.ReadDir(dir, "media")
	if err != nil {
		return nil
	}
	for _, f := range all {
		if !f.IsDir() && pictureName.MatchString(f.Name()) {
			out = append(out, f.Name())
		}
	}
	return out
}
