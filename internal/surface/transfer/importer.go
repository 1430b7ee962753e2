package transfer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
)

// Line is one line of a report.
type Line struct {
	File    string
	Line    int // 0 when it concerns the whole file
	Message string
	Warning bool // the file was taken all the same
}

func (l Line) String() string {
	if l.Line == 0 {
		return l.File + ": " + l.Message
	}
	return fmt.Sprintf("%s:%d: %s", l.File, l.Line, l.Message)
}

// Report says what an import did.
type Report struct {
	Created, Updated, Unchanged, Failed int
	Files                               int // beside notes, that were put there or changed
	Lines                               []Line
}

// Importer brings a folder in.
type Importer struct {
	Desk    *content.Desk
	Gallery Gallery
	Cabinet Cabinet // nil: notes have no files
	Now     func() time.Time
}

// Import reads every Markdown file of the folder. progress is told after each
// file; it may be nil. Only a folder that cannot be read, or a context that
// ends, is an error; a bad file is a line of the report.
func (im *Importer) Import(ctx context.Context, dir fs.FS, progress func(done, total int)) (Report, error) {
	files, err := markdownFiles(dir)
	if err != nil {
		return Report{}, err
	}
	run := &importRun{Importer: im, dir: dir, album: album{dir: dir, gallery: im.Gallery, known: map[string]kept{}}}
	if run.album.facts, err = readFacts(dir); err != nil {
		run.fail("media/"+factsFile, err)
	}
	for i, file := range files {
		if err := ctx.Err(); err != nil {
			return run.report, err
		}
		run.file(ctx, file)
		if progress != nil {
			progress(i+1, len(files))
		}
	}
	return run.report, run.pictures(ctx)
}

// markdownFiles lists issues first, because notes refer to them, and drafts
// last, because one may wait beside a note that is published.
func markdownFiles(dir fs.FS) ([]string, error) {
	var issues, notes, drafts []string
	err := fs.WalkDir(dir, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && p != ".":
			return fs.SkipDir
		case d.IsDir() || path.Ext(p) != ".md" || strings.EqualFold(d.Name(), "README.md"):
		case path.Base(path.Dir(p)) == "issues":
			issues = append(issues, p)
		case path.Base(path.Dir(p)) == "drafts":
			drafts = append(drafts, p)
		default:
			notes = append(notes, p)
		}
		return nil
	})
	return slices.Concat(issues, notes, drafts), err
}

type importRun struct {
	*Importer
	dir    fs.FS
	album  album
	report Report
	// catalogue is what the last look found; nil after something was made.
	catalogue *content.Catalogue
	// Of an import as a job, which brings files by themselves and writes over
	// nothing that was changed here.
	filesLater bool
	guard      func(old *content.DraftView) error
	saved      *content.DraftView
}

func (r *importRun) file(ctx context.Context, file string) {
	src, err := fs.ReadFile(r.dir, file)
	if err == nil {
		if path.Base(path.Dir(file)) == "issues" {
			err = r.issue(ctx, string(src))
		} else {
			err = r.note(ctx, file, string(src))
		}
	}
	if err != nil {
		r.fail(file, err)
	}
}

func (r *importRun) fail(file string, err error) {
	r.report.Failed++
	var ff *fileFault
	if errors.As(err, &ff) {
		r.report.Lines = append(r.report.Lines, Line{File: file, Line: ff.line, Message: ff.message})
		return
	}
	r.report.Lines = append(r.report.Lines, Line{File: file, Message: fault.Of(err).Message})
}

func (r *importRun) issue(ctx context.Context, src string) error {
	var h issueHeader
	d, err := take(src, &h)
	if err != nil {
		return err
	}
	if h.Series == "" {
		return &fileFault{d.at("series"), "series: required"}
	}
	series, err := r.series(ctx, h.Series)
	if err != nil {
		return err
	}
	body, missing := r.album.bring(ctx, d.body)
	if len(missing) > 0 {
		return &fileFault{d.bodyLine, missing[0]}
	}
	r.catalogue = nil
	in := content.IssueInput{
		Series: series, Label: h.Issue, Number: h.Number, Title: h.Title, Editorial: body, CoverAlt: h.CoverAlt, Held: h.Status == "held",
	}
	if h.Status != "" && h.Status != "held" {
		return &fileFault{d.at("status"), "status: held, or nothing"}
	}
	if h.Cover != "" {
		k := r.album.keep(ctx, path.Base(h.Cover))
		if k.err != nil {
			return &fileFault{d.at("cover"), "cover: " + reason(k.err)}
		}
		in.Cover = &k.id
	}
	_, err = r.Desk.PutIssue(ctx, in)
	return d.place(err, map[string]string{"/label": "issue", "/editorial": ""})
}

// place turns the broken rules of an input into lines of the file.
func (d document) place(err error, keys map[string]string) error {
	if err == nil {
		return nil
	}
	f := fault.Of(err)
	if len(f.Fields) == 0 {
		return err
	}
	first := f.Fields[0]
	key, ok := keys[first.Path]
	if !ok {
		key = strings.TrimPrefix(first.Path, "/")
	}
	if key == "" || key == "body" {
		return &fileFault{d.bodyLine, first.Message}
	}
	return &fileFault{d.at(key), key + ": " + first.Message}
}

// note reads one note, saves it when something changed, and publishes it when
// its front matter says so.
func (r *importRun) note(ctx context.Context, file, src string) error {
	var h header
	d, err := take(src, &h)
	if err != nil {
		return err
	}
	at, live, err := r.when(h, d)
	if err != nil {
		return err
	}
	in, err := r.input(ctx, file, h, d)
	if err != nil {
		return err
	}
	view, err := r.save(ctx, in)
	if err != nil {
		return d.place(err, map[string]string{"/gate_plans": "plans"})
	}
	for _, p := range view.Problems {
		r.warn(file, d.bodyLine+p.Line-1, p.Message)
	}
	r.saved = view
	if !r.filesLater {
		if err := r.bringFiles(ctx, view.Note.ID, h, d); err != nil {
			return err
		}
	}
	if live {
		_, err = r.Desk.Publish(ctx, view.Note.ID, content.Publish{At: at})
		return d.place(err, nil)
	}
	return nil
}

func (r *importRun) warn(file string, line int, message string) {
	r.report.Lines = append(r.report.Lines, Line{File: file, Line: line, Message: message, Warning: true})
}

// when reads the date. A note without one, or marked as a draft, stays a draft.
func (r *importRun) when(h header, d document) (at time.Time, live bool, err error) {
	if h.Status != "" && !slices.Contains([]string{"draft", "published"}, h.Status) {
		return at, false, &fileFault{d.at("status"), "status: draft or published"}
	}
	if h.Date == "" {
		return at, h.Status == "published", nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if at, err = time.Parse(layout, h.Date); err == nil {
			break
		}
	}
	if err != nil {
		return at, false, &fileFault{d.at("date"), "date: a day such as 2026-07-14, or a moment in RFC 3339"}
	}
	if at.After(r.Now()) {
		return at, false, &fileFault{d.at("date"), "date: lies in the future; mark the note with status: draft"}
	}
	return at, h.Status != "draft", nil
}

// input makes the editable state, and the series, issue, authors and topics it
// names where they do not exist yet.
func (r *importRun) input(ctx context.Context, file string, h header, d document) (content.Input, error) {
	body, missing := r.album.bring(ctx, d.body)
	for _, m := range missing {
		r.warn(file, d.bodyLine, m)
	}
	in := content.Input{
		Title: h.Title, Slug: h.Slug, Abstract: h.Abstract, Body: body, Kind: content.Kind(h.Kind), Position: h.Position,
		Gate: access.GateKind(h.Gate), GatePlans: h.Plans, CoverAlt: h.CoverAlt, SEOTitle: h.SEOTitle, SEODescription: h.SEODescription,
		Why: "Imported",
	}
	if h.Cover != "" {
		k := r.album.keep(ctx, path.Base(h.Cover))
		if k.err != nil {
			return in, &fileFault{d.at("cover"), "cover: " + reason(k.err)}
		}
		in.Cover = &k.id
	}
	return in, r.names(ctx, &in, h, d)
}
