package transfer

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"strconv"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
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

// file carries a note or an issue.
func (f *folderRun) file(ctx context.Context, name string) error {
	l := porter.Line{Place: name, Kind: porter.NoteKind, Title: path.Base(name)}
	raw, err := fs.ReadFile(f.dir, name)
	if err != nil {
		return f.run.Step(ctx, l, func(context.Context, *porter.Line) error { return unreadable(err) })
	}
	src := string(raw)
	if path.Base(path.Dir(name)) == "issues" {
		l.Kind = issueKind
	}
	f.album.bring(ctx, src) // before the transaction: it takes time
	f.report, f.saved, f.catalogue = Report{}, nil, nil
	return f.run.Step(ctx, l, func(ctx context.Context, l *porter.Line) error {
		err := f.carry(ctx, l, name, src)
		var ff *fileFault
		if errors.As(err, &ff) {
			l.Place = name + ":" + strconv.Itoa(ff.line)
			return &porter.Verdict{Outcome: porter.HasFailed, Text: ff.message}
		}
		return err
	})
}

func (f *folderRun) carry(ctx context.Context, l *porter.Line, name, src string) error {
	id, print := sourceID(l.Kind, name, src), printOf(f.dir, src)
	known, err := f.run.Book().Origin(ctx, markdownSystem, l.Kind, id)
	if err != nil {
		return err
	}
	if known != nil && known.SourceHash == print {
		l.Outcome, l.SubjectID = porter.WasUnchanged, &known.OurID
		return nil
	}
	if l.Kind == issueKind {
		if err := f.issue(ctx, src); err != nil {
			return err
		}
		if l.Outcome = porter.WasMade; known != nil {
			l.Outcome = porter.WasUpdated
		}
		return f.enter(ctx, issueKind, id, uuid.Nil, print, "")
	}
	return f.carryNote(ctx, l, name, src, id, print, known)
}

func (f *folderRun) carryNote(ctx context.Context, l *porter.Line, name, src, id, print string, known *porter.Origin) error {
	f.guard = func(old *content.DraftView) error {
		switch {
		case f.run.Options.Overwrite, known != nil && known.OurHash == ours(old):
			return nil
		case known == nil && f.fresh(ctx, id, old):
			return nil
		}
		text := changedTwice
		if known == nil {
			text = "a note with this address is here already and differs; nothing was written over"
		}
		return &porter.Verdict{Outcome: porter.InConflict, Text: text, Subject: &old.Note.ID}
	}
	if err := f.note(ctx, name, src); err != nil {
		return err
	}
	for _, w := range f.report.Lines {
		l.Say("line " + strconv.Itoa(w.Line) + ": " + w.Message)
	}
	switch {
	case f.report.Created > 0:
		l.Outcome = porter.WasMade
	case f.report.Updated > 0:
		l.Outcome = porter.WasUpdated
	default:
		l.Outcome = porter.WasUnchanged
	}
	now, err := f.Desk.Draft(ctx, f.saved.Note.ID)
	if err != nil {
		return err
	}
	l.SubjectID, l.Title = &now.Note.ID, now.Revision.Title
	if err := f.enter(ctx, porter.NoteKind, id, now.Note.ID, print, ours(now)); err != nil {
		return err
	}
	return f.alsoEnter(ctx, id, now)
}

// fresh tells whether a draft stands beside a note that came from this folder
// and was not touched since.
func (f *folderRun) fresh(ctx context.Context, id string, old *content.DraftView) bool {
	live, err := f.run.Book().Origin(ctx, markdownSystem, porter.NoteKind, "notes:"+old.Note.Slug)
	return err == nil && live != nil && id == "drafts:"+old.Note.Slug && live.OurHash == ours(old)
}

// alsoEnter marks the published note whose draft was written, or it would seem
// changed by somebody.
func (f *folderRun) alsoEnter(ctx context.Context, id string, now *content.DraftView) error {
	other := "notes:" + now.Note.Slug
	if id == other {
		other = "drafts:" + now.Note.Slug
	}
	o, err := f.run.Book().Origin(ctx, markdownSystem, porter.NoteKind, other)
	if err != nil || o == nil {
		return err
	}
	o.OurHash = ours(now)
	return f.run.Book().Enter(ctx, *o)
}

func (f *folderRun) enter(ctx context.Context, kind, id string, ours uuid.UUID, print, hash string) error {
	return f.run.Book().Enter(ctx, porter.Origin{System: markdownSystem, Kind: kind, SourceID: id, OurID: ours, SourceHash: print, OurHash: hash})
}

// sourceID is a file's name in the book: a note's address and whether it is a
// draft beside it, so that files may be moved.
func sourceID(kind, name, src string) string {
	if kind == issueKind {
		return name
	}
	var h header
	if _, err := take(src, &h); err != nil {
		return name
	}
	in := content.Input{Title: h.Title, Slug: h.Slug}
	in.Normalize()
	if path.Base(path.Dir(name)) == "drafts" {
		return "drafts:" + in.Slug
	}
	return "notes:" + in.Slug
}

// beside brings the files beside a note. That can be done twice.
func (f *folderRun) beside(ctx context.Context, name string) error {
	l := porter.Line{Place: name, Kind: "file", Outcome: porter.WasUnchanged}
	changed, err := f.attach(ctx, &l, name)
	return f.run.Step(ctx, l, func(_ context.Context, l *porter.Line) error {
		var ff *fileFault
		switch {
		case errors.As(err, &ff):
			return &porter.Verdict{Outcome: porter.HasFailed, Text: "line " + strconv.Itoa(ff.line) + ": " + ff.message}
		case err != nil:
			return err
		case changed:
			l.Outcome = porter.WasUpdated
		}
		return nil
	})
}

func (f *folderRun) attach(ctx context.Context, l *porter.Line, name string) (changed bool, err error) {
	src, err := fs.ReadFile(f.dir, name)
	if err != nil {
		return false, unreadable(err)
	}
	var h header
	d, err := take(string(src), &h)
	if err != nil {
		return false, err
	}
	l.Title = h.Title
	if f.run.DryRun {
		for _, x := range h.Files {
			if _, err := fs.Stat(f.dir, path.Clean(x.File)); err != nil {
				return false, &fileFault{d.at("files"), "files: there is no such file in the folder: " + x.File}
			}
		}
		return true, nil
	}
	in := content.Input{Title: h.Title, Slug: h.Slug}
	in.Normalize()
	view, err := f.Desk.DraftBySlug(ctx, in.Slug)
	if err != nil {
		return false, err
	}
	l.SubjectID = &view.Note.ID
	f.report = Report{}
	err = f.bringFiles(ctx, view.Note.ID, h, d)
	return f.report.Files > 0, err
}

// picture keeps a picture that may be shown nowhere. That can be done twice.
func (f *folderRun) picture(ctx context.Context, name string) error {
	k := f.album.keep(ctx, name)
	l := porter.Line{Place: "media/" + name, Kind: pictureKind, Title: name, Outcome: porter.WasMade}
	return f.run.Step(ctx, l, func(ctx context.Context, l *porter.Line) error {
		if k.err != nil {
			return unreadable(k.err)
		}
		known, err := f.run.Book().Origin(ctx, markdownSystem, pictureKind, name)
		if err != nil || f.run.DryRun && known == nil {
			return err
		}
		if known != nil && (f.run.DryRun || known.OurID == k.id) {
			l.Outcome, l.SubjectID = porter.WasUnchanged, &known.OurID
			return nil
		}
		l.SubjectID = &k.id
		return f.enter(ctx, pictureKind, name, k.id, "", "")
	})
}
