package app

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/db/dbtest"
)

// bring imports a file at once.
func (h *house) bring(t *testing.T, in porter.StartImport, file string) *porter.Transfer {
	t.Helper()
	in.File = &porter.Upload{Filename: "export", Body: strings.NewReader(file), Size: int64(len(file))}
	in.ByHand = true
	tr := must(h.porter.StartImport(h.staff, in))
	return must(h.porter.Carry(h.staff, tr.ID, nil))
}

// report is what became of each entry, in one line each.
func (h *house) report(t *testing.T, tr *porter.Transfer) (out []string) {
	t.Helper()
	for l, err := range must(h.porter.Report(h.staff, tr.ID)) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s: %s", l.Place, l.Kind, l.Outcome, strings.Join(l.Messages, "; "))))
	}
	return out
}

func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		must(must(z.Create(files[i])).Write([]byte(files[i+1])))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// ghostPost is a post as Ghost writes it.
func ghostPost(id, slug, html, more string) string {
	return fmt.Sprintf(`{"id":%q,"title":"About %s","slug":%q,"html":%q,"type":"post","status":"published","visibility":"public","published_at":"2024-05-06T07:08:09.000Z"%s}`, id, slug, slug, html, more)
}

func ghostExport(posts ...string) string {
	return `{"db":[{"meta":{"version":"6.0.0"},"data":{"posts":[` + strings.Join(posts, ",") + `],
"tags":[{"id":"t1","name":"Film Foundries","slug":"films"}],"posts_tags":[{"post_id":"p1","tag_id":"t1"}],
"users":[{"id":"u1","name":"Ann Ek","slug":"ann"}],"posts_authors":[{"post_id":"p1","author_id":"u1"}]}}]}`
}

const ghostMembers = "id,email,name,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at\n" +
	"1,Ann@Example.com,Ann,true,false,,2020-01-02T03:04:05.000Z\n" +
	"2,bo@example.com,Bo,false,true,,2021-01-02T03:04:05.000Z\n" +
	"3,no address,Cy,true,false,,\n" +
	"4,ANN@example.com,Ann again,true,false,,\n" +
	"5,di@example.com,Di,true,false,cus_import1,\n"

func TestAnImportFromGhost(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		png := string(painted(t, color.Gray{Y: 7}))
		file := zipped(t, "export.json", ghostExport(
			ghostPost("p1", "one", `<p>Open words here.</p><figure><img src="__GHOST_URL__/content/images/2024/a.png" alt="A"><figcaption>Bars</figcaption></figure><!--members-only--><p>Hidden words.</p>`, `,"visibility":"paid","feature_image":"__GHOST_URL__/content/images/2024/a.png"`),
			ghostPost("p2", "two", `<p>Hidden from the first word on.</p><img alt="B" src="https://cdn.example/b.png">`, `,"visibility":"members"`),
			ghostPost("p3", "two", `<p>The same address.</p>`, ``),
			ghostPost("p4", "draft", `<p>Not yet.</p>`, `,"status":"draft"`),
			ghostPost("p5", "page", `<p>x</p>`, `,"type":"page"`),
			ghostPost("p6", "late", `<p>x</p>`, `,"published_at":"2199-01-01T00:00:00.000Z"`),
		), "content/images/2024/a.png", png, "members.csv", ghostMembers)
		want := []string{
			"posts[0] note made:",
			"posts[1] note made: it has no public summary; its title stands in its place; 1 of its pictures did not come with the export and are not fetched: https://cdn.example/b.png",
			"posts[2] note made: its address was taken; it is at /notes/two-2",
			"posts[3] note made:",
			"posts[4] note skipped: a page, not a post: put it into the settings' pages by hand",
			"posts[5] note made: its date lies in the future: it stays a draft",
			"members.csv:2 member made:",
			"members.csv:3 member made: they read without paying there; nothing was given here",
			"members.csv:4 member failed: email: This does not look like an e-mail address.",
			"members.csv:5 member skipped: the same address stands at members.csv:2",
			"members.csv:6 member made:",
		}

		// A dry run says the same and leaves nothing.
		dry := h.bring(t, porter.StartImport{Source: "ghost", DryRun: true}, file)
		if diff := cmp.Diff(want, h.report(t, dry)); diff != "" || dry.State != porter.Done {
			t.Fatalf("%+v %s", dry, diff)
		}
		notes, _, err := h.desk.List(h.staff, content.Filter{Limit: 10})
		page := must(h.identity.ListMembers(h.staff, identity.ListMembers{}))
		cat := must(h.desk.Catalogue(h.staff))
		if err != nil || len(notes)+len(page.Members)+len(cat.Authors)+len(cat.Topics) != 0 {
			t.Fatal("a dry run wrote something", notes, page, err)
		}
		if got := strings.Fields(h.changes(t)); strings.Join(got, " ") != "import.started import.finished" {
			t.Error(got)
		}

		first := h.bring(t, porter.StartImport{Source: "ghost"}, file)
		if diff := cmp.Diff(want, h.report(t, first)); diff != "" || first.State != porter.Done {
			t.Fatalf("%+v %s", first, diff)
		}
		if first.Made != 8 || first.Skipped != 2 || first.Failed != 1 || first.Done != 11 || first.Total != 11 || first.FileKey != "" {
			t.Errorf("%+v", first.Counts)
		}
		h.seesTheImport(t)

		again := h.bring(t, porter.StartImport{Source: "ghost"}, file)
		if again.Unchanged != 8 || again.Made+again.Updated+again.Conflicts != 0 {
			t.Errorf("%+v\n%s", again.Counts, strings.Join(h.report(t, again), "\n"))
		}
		if letters := h.letters(t, "ann@example.com"); len(letters) > 0 {
			t.Error("a member got a mail", letters)
		}
	})
}

// seesTheImport looks at what was made.
func (h *house) seesTheImport(t *testing.T) {
	t.Helper()
	v := must(h.desk.DraftBySlug(h.staff, "one"))
	if v.Note.Status != content.Published || !v.Note.PublishedAt.Equal(time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)) || v.Revision.Gate != access.Paid || v.Revision.Abstract != "Open words here." ||
		len(v.Authors) != 1 || v.Authors[0].Slug != "ann" || len(v.Topics) != 1 || v.Topics[0].Name != "Film Foundries" || v.Revision.CoverID == nil {
		t.Errorf("%+v", v.Revision)
	}
	if !strings.Contains(v.Body, `![A](/media/`+v.Revision.CoverID.String()+`/`) || !strings.Contains(v.Body, "\n\n<!-- paywall -->\n\nHidden words.\n") {
		t.Error(v.Body)
	}
	s := h.stranger(t)
	if r, _ := s.get("/one/"); r.StatusCode != 301 && r.StatusCode != 308 {
		t.Error("the old address leads nowhere", r.StatusCode)
	}
	if two := must(h.desk.DraftBySlug(h.staff, "two")); two.Revision.Abstract != "About two" || two.Revision.Gate != access.Members {
		t.Errorf("%+v", two.Revision)
	}
	if d := must(h.desk.DraftBySlug(h.staff, "draft")); d.Note.Status != content.Draft {
		t.Error(d.Note.Status)
	}
	ann := must(h.identity.MemberByEmail(h.staff, "ann@example.com"))
	bo := must(h.identity.MemberByEmail(h.staff, "bo@example.com"))
	if ann.CreatedAt.Year() != 2020 || ann.Name != "Ann" || !ann.Wants(identity.MailNewsletters) || bo.Wants(identity.MailNewsletters) || !bo.Wants(identity.MailReceipts) {
		t.Errorf("%+v %+v", ann, bo)
	}
}

func TestASecondImportChangesWhatChangedThereOnly(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.publish(t, content.Input{Title: "Ours", Slug: "four", Abstract: "A.", Body: "Ours.\n", Gate: access.Public})
		posts := func(word string) string {
			return ghostExport(ghostPost("p1", "one", "<p>"+word+".</p>", ""), ghostPost("p2", "two", "<p>"+word+".</p>", ""), ghostPost("p3", "three", "<p>Same.</p>", ""), ghostPost("p4", "four", "<p>Taken.</p>", ""))
		}
		first := h.bring(t, porter.StartImport{Source: "ghost"}, posts("First"))
		if first.Made != 3 || first.Conflicts != 1 {
			t.Fatalf("%+v %v", first.Counts, h.report(t, first))
		}
		edit := func(slug, body string) {
			v := must(h.desk.DraftBySlug(h.staff, slug))
			in := v.Input()
			in.Body = body
			must(h.desk.Save(h.staff, v.Note.ID, v.Note.Version, in))
		}
		edit("two", "Edited here.\n")
		edit("three", "Edited here.\n")
		second := h.bring(t, porter.StartImport{Source: "ghost"}, posts("Second"))
		if diff := cmp.Diff([]string{
			"posts[0] note updated:",
			"posts[1] note conflict: it was changed here and there since the last import; nothing was written over",
			"posts[2] note unchanged:",
			"posts[3] note conflict: a note that did not come from there has the address /notes/four; nothing was written",
		}, h.report(t, second)); diff != "" {
			t.Error(diff)
		}
		for slug, want := range map[string]string{"one": "Second.\n", "two": "Edited here.\n", "three": "Edited here.\n", "four": "Ours.\n"} {
			if v := must(h.desk.DraftBySlug(h.staff, slug)); v.Body != want {
				t.Errorf("%s: %q", slug, v.Body)
			}
		}
		if live := must(h.desk.Live(h.staff, must(h.desk.DraftBySlug(h.staff, "one")).Note.ID)); live.Body != "Second.\n" {
			t.Error("readers do not see the change", live.Body)
		}
		third := h.bring(t, porter.StartImport{Source: "ghost", Options: porter.Options{Overwrite: true}}, posts("Second"))
		if third.Updated != 1 || third.Conflicts != 1 || third.Unchanged != 2 {
			t.Errorf("%+v", third.Counts)
		}
	})
}

func TestAnImportThatBrokeOffGoesOnWithoutDoubles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		var posts []string
		for i := range 40 {
			posts = append(posts, ghostPost(fmt.Sprintf("p%d", i), fmt.Sprintf("note-%d", i%38), fmt.Sprintf("<p>Words %d.</p>", i), ""))
		}
		file := ghostExport(posts...)
		tr := must(h.porter.StartImport(h.staff, porter.StartImport{Source: "ghost", ByHand: true, File: &porter.Upload{Filename: "x.json", Body: strings.NewReader(file), Size: int64(len(file))}}))
		for _, stop := range []int64{3, 4, 17, 38} {
			ctx, cancel := context.WithCancel(h.staff)
			_, err := h.porter.Carry(ctx, tr.ID, func(c porter.Counts) {
				if c.Done == stop {
					cancel()
				}
			})
			cancel()
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("stopped at %d: %v", stop, err)
			}
		}
		if _, err := h.porter.StartImport(h.staff, porter.StartImport{Source: "ghost", File: &porter.Upload{Body: strings.NewReader("x"), Size: 1}}); err == nil {
			t.Error("a second import began beside the first")
		}
		done := must(h.porter.Carry(h.staff, tr.ID, nil))
		notes, _, err := h.desk.List(h.staff, content.Filter{Limit: 100})
		if err != nil || done.State != porter.Done || done.Made != 40 || len(notes) != 40 || len(h.report(t, done)) != 40 {
			t.Errorf("%+v, %d notes, %v", done, len(notes), err)
		}
	})
}

func TestAnImportCanBeCanceled(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: "sqlite"})
	file := ghostExport(ghostPost("p1", "one", "<p>x</p>", ""), ghostPost("p2", "two", "<p>x</p>", ""))
	tr := must(h.porter.StartImport(h.staff, porter.StartImport{Source: "ghost", ByHand: true, File: &porter.Upload{Filename: "x.json", Body: strings.NewReader(file), Size: int64(len(file))}}))
	done, err := h.porter.Carry(h.staff, tr.ID, func(c porter.Counts) {
		if c.Done == 1 {
			go func() { _, _ = h.porter.Cancel(h.staff, porter.Import, tr.ID) }()
			time.Sleep(300 * time.Millisecond)
		}
	})
	if err != nil || done.State == porter.Running {
		t.Fatal(done, err)
	}
	if canceled := must(h.porter.Cancel(h.staff, porter.Import, tr.ID)); canceled.State.UnderWay() {
		t.Error(canceled)
	}
}
