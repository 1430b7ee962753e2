package app

import (
	"image/color"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripeapi"
)

func TestMembersKeepTheirCustomersAtStripe(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		made := must(h.stripe.CreateCustomer(t.Context(), "a-key", stripeapi.CustomerInput{}))
		other := must(h.stripe.CreateCustomer(t.Context(), "b-key", stripeapi.CustomerInput{}))
		until := time.Now().AddDate(1, 0, 0)
		list := func(of, also string) string {
			return "email,name,stripe_customer_id,complimentary_plan\nann@example.com,Ann," + of + ",true\nbo@example.com,Bo," + also + ",\n"
		}
		options := porter.Options{Complimentary: "reader", ComplimentaryUntil: &until}
		first := h.bring(t, porter.StartImport{Source: "members", Options: options}, list(made.ID, made.ID))
		if diff := cmp.Diff([]string{
			"export:2 member made:",
			"export:3 member made: the customer at Stripe was not linked: This customer at Stripe is, or was, somebody else's here.",
		}, h.report(t, first)); diff != "" {
			t.Fatal(diff)
		}
		ann := must(h.identity.MemberByEmail(h.staff, "ann@example.com"))
		if ids := must(h.billing.CustomerIDs(h.staff, []uuid.UUID{ann.ID})); ids[ann.ID] != made.ID {
			t.Error(ids)
		}
		terms := must(h.billing.Terms(h.staff, ann.ID))
		if len(terms) != 1 || terms[0].Plan.Slug != "reader" || terms[0].Source != billing.TermComplimentary {
			t.Error(terms)
		}
		second := h.bring(t, porter.StartImport{Source: "members", Options: options}, list(other.ID, other.ID))
		if second.Conflicts != 1 || second.Updated != 1 {
			t.Errorf("%+v %v", second.Counts, h.report(t, second))
		}
		if ids := must(h.billing.CustomerIDs(h.staff, []uuid.UUID{ann.ID})); ids[ann.ID] != made.ID {
			t.Error("a link was written over", ids)
		}
		if terms := must(h.billing.Terms(h.staff, ann.ID)); len(terms) != 1 {
			t.Error("a term was given twice", terms)
		}
	})
}

func TestAnExportAsAJobComesBackUnchanged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.bring(t, porter.StartImport{Source: "ghost"}, zipped(t, "e.json", ghostExport(ghostPost("p1", "one", `<p>a</p><img src="/content/images/a.png">`, ""), ghostPost("p2", "two", "<p>b</p>", `,"status":"draft"`)),
			"content/images/a.png", string(painted(t, color.Gray{Y: 3}))))
		v := must(h.desk.DraftBySlug(h.staff, "one"))
		h.attach(t, v, "numbers.csv", "a,b\n1,2\n", "note")
		out := h.exported(t, "notes")
		back := h.bring(t, porter.StartImport{Source: "markdown"}, out)
		if back.State != porter.Done || back.Updated+back.Conflicts+back.Failed != 0 || back.Unchanged != 3 { // two notes, and a file
			t.Errorf("%+v\n%s", back, strings.Join(h.report(t, back), "\n"))
		}
		fresh := newHouse(t, e)
		dry := fresh.bring(t, porter.StartImport{Source: "markdown", DryRun: true}, out)
		in := fresh.bring(t, porter.StartImport{Source: "markdown"}, out)
		if diff := cmp.Diff(fresh.report(t, dry), fresh.report(t, in)); diff != "" || in.Made != 3 || in.Failed != 0 { // two notes, and a picture
			t.Errorf("%+v %s\n%s", in, diff, strings.Join(fresh.report(t, in), "\n"))
		}
		again := fresh.bring(t, porter.StartImport{Source: "markdown"}, out)
		if again.Unchanged != again.Total {
			t.Errorf("%+v\n%s", again.Counts, strings.Join(fresh.report(t, again), "\n"))
		}
		// Changed here and there.
		w := must(fresh.desk.DraftBySlug(fresh.staff, "one"))
		changed := w.Input()
		changed.Title = "Changed here"
		must(fresh.desk.Save(fresh.staff, w.Note.ID, 0, changed))
		h.publish(t, func() content.Input { in := v.Input(); in.Slug, in.Title = "three", "Three"; return in }())
		x := must(h.desk.DraftBySlug(h.staff, "one"))
		changed = x.Input()
		changed.Title = "Changed there"
		must(h.desk.Save(h.staff, x.Note.ID, 0, changed))
		must(h.desk.Publish(h.staff, x.Note.ID, content.Publish{}))
		late := fresh.bring(t, porter.StartImport{Source: "markdown"}, h.exported(t, "notes"))
		if late.Conflicts != 1 || late.Made != 1 {
			t.Errorf("%+v\n%s", late.Counts, strings.Join(fresh.report(t, late), "\n"))
		}
	})
}

// exported is the file of an export.
func (h *house) exported(t *testing.T, what string) string {
	t.Helper()
	tr := must(h.porter.StartExport(h.staff, what))
	for range 200 {
		if now := must(h.porter.Transfer(h.staff, porter.Export, tr.ID)); !now.State.UnderWay() {
			_, f, err := h.porter.Download(h.staff, tr.ID)
			if err != nil {
				t.Fatal(now, err)
			}
			defer func() { _ = f.Close() }()
			return string(must(io.ReadAll(f)))
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the export did not end")
	return ""
}

func TestMembersGoOutAndComeBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: "sqlite"})
	h.bring(t, porter.StartImport{Source: "ghost"}, zipped(t, "e.json", ghostExport(), "members.csv", ghostMembers))
	out := h.exported(t, "members")
	if !strings.HasPrefix(out, "email,name,subscribed_to_emails,stripe_customer_id,created_at,signed_in\n") || strings.Count(out, "\n") != 4 ||
		!strings.Contains(out, "di@example.com,Di,true,cus_import1,") || !strings.Contains(out, "bo@example.com,Bo,false,,2021-01-02T03:04:05Z,false\n") {
		t.Error(out)
	}
	back := h.bring(t, porter.StartImport{Source: "members"}, out)
	if back.Unchanged != 3 || back.Total != 3 {
		t.Errorf("%+v %v", back.Counts, h.report(t, back))
	}
}

func TestWhatIsNoExportFailsWithWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: "sqlite"})
	for source, file := range map[string]string{"ghost": "PK\x03\x04 broken", "substack": "no zip", "markdown": zipped(t, "a.txt", "x"), "wordpress": zipped(t, "a.txt", "x")} {
		tr := h.bring(t, porter.StartImport{Source: source}, file)
		if tr.State != porter.Failed || tr.Message == "" || tr.FileKey != "" {
			t.Errorf("%s: %+v", source, tr)
		}
	}
	for source, file := range map[string]string{"ghost": "[", "wordpress": "<x/>", "members": "name\nx\n"} {
		tr := h.bring(t, porter.StartImport{Source: source}, file)
		if tr.State != porter.Done || tr.Failed != 1 || tr.Made != 0 {
			t.Errorf("%s: %+v", source, tr)
		}
	}
}

func TestPicturesAboveNotesAreKeptThoughTheirNoteIsNot(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.publish(t, content.Input{Title: "Ours", Slug: "ours", Abstract: "A.", Body: "Ours.\n", Gate: access.Public})
		note := func(slug string) string {
			return "---\ntitle: About " + slug + "\nslug: " + slug + "\ndate: 2024-05-06\ngate: public\nabstract: A.\ncover: media/top.png\n---\n\nWords.\n"
		}
		folder := func(shade uint8) string {
			return zipped(t, "notes/ours.md", note("ours"), "notes/theirs.md", note("theirs"), "media/top.png", string(painted(t, color.Gray{Y: shade})))
		}
		dry := h.bring(t, porter.StartImport{Source: "markdown", DryRun: true}, folder(9))
		if all := must(h.media.List(h.staff, media.Query{})).Items; len(all) != 0 {
			t.Error("a dry run kept pictures", all)
		}
		in := h.bring(t, porter.StartImport{Source: "markdown"}, folder(9))
		if diff := cmp.Diff(h.report(t, dry), h.report(t, in)); diff != "" || in.Conflicts != 1 || in.Made != 2 {
			t.Errorf("%+v %s", in, diff)
		}
		cover := must(h.desk.DraftBySlug(h.staff, "theirs")).Revision.CoverID
		must(h.media.Item(h.staff, *cover))
		for l, err := range must(h.porter.Report(h.staff, in.ID)) {
			if err == nil && l.Kind == "picture" {
				must(h.media.Item(h.staff, *l.SubjectID))
			}
		}
		again := h.bring(t, porter.StartImport{Source: "markdown"}, folder(99))
		if now := must(h.desk.DraftBySlug(h.staff, "theirs")).Revision.CoverID; again.Updated != 1 || *now == *cover {
			t.Errorf("another picture of the same name above a note was not seen: %+v", again.Counts)
		}
	})
}
