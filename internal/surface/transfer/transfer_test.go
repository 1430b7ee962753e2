package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/surface/transfer"
)

// gallery keeps pictures in memory, by content as the media room does.
type gallery map[uuid.UUID]struct {
	name    string
	content []byte
}

func (g gallery) Keep(_ context.Context, name string, r io.Reader) (uuid.UUID, string, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return uuid.Nil, "", err
	}
	if string(b) == "broken" {
		return uuid.Nil, "", errors.New("not a picture")
	}
	id := uuid.NewSHA1(uuid.Nil, append([]byte(name), b...))
	g[id] = struct {
		name    string
		content []byte
	}{name, b}
	return id, g.Address(id), nil
}

func (g gallery) Take(ctx context.Context, name, _, _ string, r io.Reader) (uuid.UUID, string, error) {
	return g.Keep(ctx, name, r)
}

func (g gallery) At(_ context.Context, id uuid.UUID) (string, error) {
	if _, there := g[id]; !there {
		return "", nil
	}
	return g.Address(id), nil
}

func (g gallery) Fetch(_ context.Context, id uuid.UUID) (string, []byte, error) {
	p, ok := g[id]
	if !ok {
		return "", nil, fs.ErrNotExist
	}
	return p.name, p.content, nil
}

func (g gallery) Address(id uuid.UUID) string { return "/media/" + id.String() + "/full.png" }

type bench struct {
	*transfer.Importer
	*transfer.Exporter
	library *content.Library
	journal *journal.Journal
	staff   context.Context
}

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func setup(t *testing.T, e dbtest.Engine) *bench {
	t.Helper()
	c := clock.NewManual(now)
	d := e.Open(t, c)
	j := journal.New(d, c, nil)
	index := search.New(d)
	desk := content.NewDesk(content.Deps{DB: d, Clock: c, Journal: j, Search: index})
	g := gallery{}
	return &bench{
		Importer: &transfer.Importer{Desk: desk, Gallery: g, Now: c.Now},
		Exporter: &transfer.Exporter{Desk: desk, Gallery: g},
		library:  content.NewLibrary(d, c, index), journal: j,
		staff: actor.With(t.Context(), actor.Machine("import")),
	}
}

func (b *bench) in(t *testing.T, dir fs.FS) transfer.Report {
	t.Helper()
	r, err := b.Import(b.staff, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// out exports and returns all files by name.
func (b *bench) out(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if _, err := b.Export(b.staff, dir, nil); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(os.DirFS(dir), p)
		files[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func folder(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

const full = `---
title: "The count: second quarter"
slug: the-count
kind: data
series: Letter
issue: July 2026
position: 2
date: 2026-07-14
authors: [Lucía Belmonte, Bo Ek]
topics: [Film Foundries]
gate: plans
plans: [house]
abstract: >
  Two lines that
  fold into one.
cover: chart.png
cover_alt: A chart
seo_title: Count
seo_description: All of it
---

Public.[^a]

![Units](/media/chart.png "Figure 1. Units") and ![x](/media/nosuch.png)

<!-- paywall -->

Gated.

[^a]: Note.
`

const issue = `---
series: Letter
issue: July 2026
number: 74
date: 2026-07-07
title: We mark our own paper
---

It *rained*.
`

func TestImport(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		dir := folder(map[string]string{"notes/a.md": full, "issues/2026-07.md": issue, "media/chart.png": "PNG", "README.md": "not a note", ".git/x.md": "no"})
		r := b.in(t, dir)
		if r.Created != 1 || r.Failed != 0 || len(r.Lines) != 1 || r.Lines[0].String() != "notes/a.md:22: media/nosuch.png: there is no such picture in the folder" {
			t.Fatalf("%+v", r)
		}
		n, err := b.library.Note(t.Context(), "the-count")
		if err != nil {
			t.Fatal(err)
		}
		if n.Title != "The count: second quarter" || n.Abstract != "Two lines that fold into one." || n.Kind != content.Data || n.Position != 2 ||
			n.Gate != access.Plans || !cmp.Equal(n.GatePlans, []string{"house"}) || n.Authors[0].Name != "Lucía Belmonte" || n.Authors[1].Name != "Bo Ek" ||
			n.Topics[0].Slug != "film-foundries" || n.Issue.Number != 74 || n.Issue.Title != "We mark our own paper" ||
			!n.PublishedAt.Equal(time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)) || n.CoverID == nil || n.SEOTitle != "Count" {
			t.Errorf("%+v", n.Summary)
		}
		if !strings.Contains(n.HTML, "/media/"+n.CoverID.String()+"/full.png") || strings.Contains(n.HTML, "Gated") {
			t.Errorf("teaser %s", n.HTML)
		}

		t.Run("a second import changes nothing", func(t *testing.T) {
			if r := b.in(t, dir); r.Unchanged != 1 || r.Created+r.Updated+r.Failed != 0 {
				t.Errorf("%+v", r)
			}
			events, err := b.journal.List(t.Context(), journal.Filter{Subject: "note"})
			if err != nil || len(events) != 2 {
				t.Errorf("%d events, %v", len(events), err)
			}
		})
		t.Run("a changed file is an update", func(t *testing.T) {
			changed := folder(map[string]string{"a.md": strings.ReplaceAll(full, "Public.", "Changed."), "media/chart.png": "PNG"})
			if r := b.in(t, changed); r.Updated != 1 {
				t.Errorf("%+v", r)
			}
			if n, err := b.library.Note(t.Context(), "the-count"); err != nil || !strings.Contains(n.HTML, "Changed.") {
				t.Errorf("%v", err)
			}
		})
	})
}

func TestABadFileIsNamedWithItsLineAndTheOthersGoOn(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: "sqlite"})
	head := func(lines ...string) string { return "---\n" + strings.Join(lines, "\n") + "\n---\n\nText.\n" }
	files := map[string]string{
		"01.md":       "no front matter",
		"02.md":       "---\ntitle: x\n",
		"03.md":       head("title: A", "colour: red"),
		"04.md":       head("title: A", "position: many"),
		"05.md":       head("title: A", "abstract: [unclosed"),
		"06.md":       head("title: A", "", "date: yesterday"),
		"07.md":       head("title: A", "date: 2027-01-01"),
		"08.md":       head("title: A", "gate: friends"),
		"09.md":       head("slug: a", "kind: data"),
		"10.md":       head("title: A", "issue: July 2026"),
		"11.md":       head("title: A", "series: L", "issue: Sometime"),
		"12.md":       head("title: A", "cover: no.png"),
		"13.md":       head("title: A", "date: 2026-01-01"), // no abstract: cannot be published
		"14.md":       head("title: A", "title: B"),
		"15.md":       head("title: Good", "abstract: Yes.", "date: 2026-01-02"),
		"16.md":       head("title: A", "status: maybe"),
		"17.md":       "---\ntitle: A\n---\n\n\xff\xfe\n",
		"issues/i":    "ignored",
		"issues/1.md": head("issue: July 2026"),
		"issues/2.md": head("series: L", "issue: Sometime"),
	}
	r := b.in(t, folder(files))
	if r.Created != 2 || r.Failed != 18 { // 13 is kept as a draft, though it could not be published
		t.Errorf("created %d, failed %d", r.Created, r.Failed)
	}
	got := map[string]int{}
	for _, l := range r.Lines {
		if l.Message == "" || strings.Contains(l.Message, "\n") {
			t.Errorf("%s: not one readable line", l)
		}
		got[l.File] = l.Line
	}
	want := map[string]int{
		"01.md": 1, "02.md": 1, "03.md": 3, "04.md": 3, "05.md": 3, "06.md": 4, "07.md": 3, "08.md": 3, "09.md": 1, "10.md": 3,
		"11.md": 4, "12.md": 3, "13.md": 1, "14.md": 3, "16.md": 3, "17.md": 5, "issues/1.md": 1, "issues/2.md": 3,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff, r.Lines)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		files := map[string]string{"issues/i.md": issue, "media/chart.png": "PNG", "media/other.png": "OTHER"}
		files["notes/full.md"] = strings.ReplaceAll(full, " and ![x](/media/nosuch.png)", "")
		for i := range 12 {
			files[fmt.Sprintf("notes/n%d.md", i)] = fmt.Sprintf("---\ntitle: \"Odd: %d # 'x' \\\"y\\\" — é\"\nabstract: \"- not a list\"\ndate: 2026-0%d-01T10:11:12.123456Z\ngate: public\n---\n\n    code first\n\n| a |\n|---|\n| %d |\n\n---\n\nend ![o](/media/other.png)  \n", i, i%9+1, i)
		}
		files["d.md"] = "---\ntitle: Only a draft\nstatus: draft\n---\n\nNot yet.\n"
		files["issues/held.md"] = "---\nseries: The Almanac\nissue: August 2026\nstatus: held\ntitle: Heat\ncover: other.png\ncover_alt: A lake\n---\n\nNot yet.\n"
		b.in(t, folder(files))
		// One live note with a draft beside it.
		v, err := b.Importer.Desk.DraftBySlug(b.staff, "the-count")
		if err != nil {
			t.Fatal(err)
		}
		in := v.Input()
		in.Body += "\nMore to come.\n"
		if _, err := b.Importer.Desk.Save(b.staff, v.Note.ID, v.Note.Version, in); err != nil {
			t.Fatal(err)
		}

		first := b.out(t)
		if len(first) != 13+2+2+2 {
			t.Errorf("%d files", len(first))
		}
		fresh := setup(t, e)
		if r := fresh.in(t, folder(first)); r.Failed != 0 || len(r.Lines) != 0 {
			t.Fatalf("%+v", r)
		}
		if got := first["issues/the-almanac-2026-08.md"]; !strings.Contains(got, "status: held") || !strings.Contains(got, "cover: other.png") {
			t.Errorf("the held issue: %s", got)
		}
		if diff := cmp.Diff(first, fresh.out(t)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAnInterruptedImportCanBeRepeated(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: "sqlite"})
	files := map[string]string{}
	for i := range 5 {
		files[fmt.Sprintf("n%d.md", i)] = fmt.Sprintf("---\ntitle: Note %d\nabstract: A.\ndate: 2026-01-01\n---\n\nText.\n", i)
	}
	ctx, stop := context.WithCancel(b.staff)
	var done bytes.Buffer
	_, err := b.Import(ctx, folder(files), func(n, total int) {
		fmt.Fprintf(&done, "%d/%d ", n, total)
		if n == 2 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) || done.String() != "1/5 2/5 " {
		t.Fatalf("%v after %s", err, done.String())
	}
	if r := b.in(t, folder(files)); r.Unchanged != 2 || r.Created != 3 {
		t.Errorf("%+v", r)
	}
}
