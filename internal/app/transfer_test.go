package app

import (
	"bytes"
	"fmt"
	"image/color"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/transfer"
)

func (h *house) export(t *testing.T, dir string) transfer.Exported {
	t.Helper()
	ex := transfer.Exporter{Desk: h.desk, Gallery: h.gallery(), Cabinet: cabinet{h.media}}
	return must(ex.Export(h.staff, dir, nil))
}

func (h *house) take(t *testing.T, dir string) transfer.Report {
	t.Helper()
	im := transfer.Importer{Desk: h.desk, Gallery: h.gallery(), Cabinet: cabinet{h.media}, Now: h.clock.Now}
	r := must(im.Import(h.staff, os.DirFS(dir), nil))
	if r.Failed > 0 || len(r.Lines) > 0 {
		t.Fatalf("%+v", r)
	}
	return r
}

// changes are the verbs of the journal, but for what a house does by itself.
func (h *house) changes(t *testing.T) string {
	t.Helper()
	return strings.ReplaceAll(h.verbs(t, "", "")+" ", "subscriptions.compared ", "")
}

// filesOf lists the files of a note as people see them, with their content.
func (h *house) filesOf(t *testing.T, slug string) (out []transfer.File, note uuid.UUID) {
	t.Helper()
	v := must(h.desk.DraftBySlug(h.staff, slug))
	return must(cabinet{h.media}.Take(h.staff, v.Note.ID)), v.Note.ID
}

func TestAnExportCarriesFilesGatesFoldersAndFocus(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		a, b := newHouse(t, e), newHouse(t, e)
		pic, _, err := a.media.Upload(a.staff, media.Upload{Filename: "chart.png", Alt: "Bars", Caption: "Figure: 1", Body: bytes.NewReader(painted(t, color.Gray{Y: 9}))})
		if err != nil {
			t.Fatal(err)
		}
		top := must(a.media.MakeFolder(a.staff, media.FolderInput{Name: "Charts"}))
		inner := must(a.media.MakeFolder(a.staff, media.FolderInput{Name: "2026", Parent: &top.ID}))
		must(a.media.Move(a.staff, pic.ID, &inner.ID))
		must(a.media.FocusOn(a.staff, pic.ID, media.Focus{X: 0, Y: 80}))
		live := a.publish(t, paid("Numbers", "![x]("+pic.Path()+")\n\n<!-- paywall -->\n\nHidden.\n"))
		a.attach(t, live, `Überblick "Q1".csv`, "year,sum\n2026,42\n", media.AsNote)
		a.attach(t, live, "method.csv", "step,what\n1,ask\n", media.Everyone)
		a.attach(t, live, "Method.csv", "step,what\n2,ask\n", media.AsNote)
		draft := must(a.desk.Create(a.staff, content.Input{Title: "Waiting", Body: "Not yet."}))
		a.attach(t, draft, "later.csv", "a,b\n3,4\n", media.AsNote)

		dir := t.TempDir()
		if done := a.export(t, dir); done.Files != 4 || done.Pictures != 1 {
			t.Errorf("%+v", done)
		}
		if r := b.take(t, dir); r.Created != 2 || r.Files != 4 {
			t.Errorf("%+v", r)
		}
		for _, slug := range []string{"numbers", "waiting"} {
			want, _ := a.filesOf(t, slug)
			got, _ := b.filesOf(t, slug)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
		facts := must(b.gallery().Pictures(b.staff))[0].Facts
		if facts.Folder != "Charts/2026" || facts.Alt != "Bars" || facts.Caption != "Figure: 1" || *facts.FocusX != 0 || *facts.FocusY != 80 {
			t.Errorf("%+v", facts)
		}
		// The gates hold in the new place: nothing of a gated file for a stranger.
		_, note := b.filesOf(t, "numbers")
		for i, f := range must(b.media.DeskAttached(b.staff, note)) {
			want := 403
			if i == 1 {
				want = 200
			}
			if resp, _ := b.stranger(t).get(f.Address()); resp.StatusCode != want {
				t.Errorf("%s: %d", f.Filename, resp.StatusCode)
			}
		}

		t.Run("twice makes no doubles", func(t *testing.T) {
			before := b.changes(t)
			if r := b.take(t, dir); r.Unchanged != 2 || r.Created+r.Updated+r.Files != 0 {
				t.Errorf("%+v", r)
			}
			if files, _ := b.filesOf(t, "numbers"); len(files) != 3 {
				t.Errorf("%d files", len(files))
			}
			if after := b.changes(t); after != before {
				t.Errorf("something changed: %s", after)
			}
			again := t.TempDir()
			b.export(t, again)
			if diff := cmp.Diff(tree(t, dir), tree(t, again)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("a changed file is changed, and no other", func(t *testing.T) {
			if err := os.WriteFile(dir+"/files/numbers/method.csv", []byte("step,what\n9,ask\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if r := b.take(t, dir); r.Files != 1 {
				t.Errorf("%+v", r)
			}
		})
	})
}

func TestAnImportKeepsTheOrderOfFiles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		a, b := newHouse(t, e), newHouse(t, e)
		note := must(a.desk.Create(a.staff, content.Input{Title: "Numbers", Body: "Text."}))
		for i, name := range []string{"b.csv", "same.csv", "a.csv", "same.csv"} {
			a.attach(t, note, name, fmt.Sprintf("row,n\n1,%d\n", i), media.AsNote)
		}
		dir := t.TempDir()
		bring := func() (files []transfer.File) {
			a.export(t, dir)
			b.take(t, dir)
			files, _ = b.filesOf(t, "numbers")
			want, _ := a.filesOf(t, "numbers")
			if diff := cmp.Diff(want, files); diff != "" {
				t.Error(diff)
			}
			return files
		}
		bring()
		there := must(a.media.DeskAttached(a.staff, note.Note.ID))
		must(a.media.ArrangeAttachments(a.staff, note.Note.ID, []uuid.UUID{there[3].ID, there[0].ID, there[2].ID, there[1].ID}))
		bring()
		// A file that the folder does not know stays, behind the others.
		_, id := b.filesOf(t, "numbers")
		own := must(b.desk.Draft(b.staff, id))
		b.attach(t, own, "own.csv", "x,y\n1,2\n", media.AsNote)
		before := b.changes(t)
		b.take(t, dir)
		if files, _ := b.filesOf(t, "numbers"); len(files) != 5 || files[4].Name != "own.csv" || b.changes(t) != before {
			t.Errorf("%d files", len(files))
		}
	})
}

func TestAFileWhoseNameLiesIsKeptOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: "sqlite"})
	dir := t.TempDir()
	for name, text := range map[string]string{"n.md": "---\ntitle: N\nfiles:\n  - file: table.txt\n---\n\nText.\n", "table.txt": "a,b\n1,2\n"} {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h.take(t, dir)
	if r := h.take(t, dir); r.Files != 0 {
		t.Errorf("%+v", r)
	}
	if files, _ := h.filesOf(t, "n"); len(files) != 1 || files[0].Name != "table.csv" {
		t.Errorf("%+v", files)
	}
}

// tree reads all files below a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	var walk func(at string)
	walk = func(at string) {
		for _, e := range must(os.ReadDir(dir + at)) {
			if name := at + "/" + e.Name(); e.IsDir() {
				walk(name)
			} else {
				out[name] = string(must(os.ReadFile(dir + name)))
			}
		}
	}
	walk("")
	return out
}

func TestABadFileOfANoteIsNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: "sqlite"})
	for what, line := range map[string]string{
		"outside": "../../etc/passwd", "missing": "files/no.csv", "no table": "files/x.svg",
	} {
		dir := t.TempDir()
		if err := os.MkdirAll(dir+"/files", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir+"/files/x.svg", []byte("<svg/>"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir+"/n.md", []byte("---\ntitle: N\nfiles:\n  - file: "+line+"\n---\n\nText.\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		im := transfer.Importer{Desk: h.desk, Gallery: h.gallery(), Cabinet: cabinet{h.media}, Now: h.clock.Now}
		r, err := im.Import(h.staff, os.DirFS(dir), nil)
		if err != nil || r.Failed != 1 || len(r.Lines) != 1 || r.Lines[0].Line != 3 {
			t.Errorf("%s: %+v %v", what, r, err)
		}
	}
}
