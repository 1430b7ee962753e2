package transfer

import (
	"context"
	"errors"
	"hash/crc32"
	"io/fs"
	"path"
	"strconv"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/porter"
)

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
	// Before the transaction: it takes time, and what an entry rolls back would
	// be taken for kept by those behind it.
	pictures := pictured(l.Kind, src)
	for _, p := range pictures {
		f.album.keep(ctx, p)
	}
	print := printOf(f.dir, src, pictures)
	f.report, f.saved, f.catalogue = Report{}, nil, nil
	return f.run.Step(ctx, l, func(ctx context.Context, l *porter.Line) error {
		err := f.carry(ctx, l, name, src, print)
		var ff *fileFault
		if errors.As(err, &ff) {
			l.Place = name + ":" + strconv.Itoa(ff.line)
			return &porter.Verdict{Outcome: porter.HasFailed, Text: ff.message}
		}
		return err
	})
}

func (f *folderRun) carry(ctx context.Context, l *porter.Line, name, src, print string) error {
	id := sourceID(l.Kind, name, src)
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

// pictured lists the pictures that a file of the folder shows, the one above its
// text too.
func pictured(kind, src string) (names []string) {
	for _, m := range folderPicture.FindAllStringSubmatch(src, -1) {
		names = append(names, m[1])
	}
	var above string
	if kind == issueKind {
		var h issueHeader
		_, _ = take(src, &h) // a fault is said when the file is carried
		above = h.Cover
	} else {
		var h header
		_, _ = take(src, &h)
		above = h.Cover
	}
	if above != "" {
		names = append(names, path.Base(above))
	}
	return names
}

// printOf is the fingerprint of a file of the folder with its pictures.
func printOf(dir fs.FS, src string, pictures []string) string {
	prints := []string{src}
	for _, name := range pictures {
		raw, err := fs.ReadFile(dir, path.Join("media", name))
		if err == nil {
			prints = append(prints, name, strconv.FormatUint(uint64(crc32.ChecksumIEEE(raw)), 16))
		}
	}
	return fingerprint(prints)
}
