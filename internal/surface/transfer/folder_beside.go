package transfer

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strconv"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/porter"
)

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
