package content_test

import (
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// write saves a body and publishes it as a change of this kind.
func (b *bench) write(t *testing.T, v *content.DraftView, body string, p content.Publish) *content.DraftView {
	t.Helper()
	in := v.Input()
	in.Body = body
	b.now.Advance(time.Hour)
	must(b.desk.Save(b.staff, v.Note.ID, 0, in))
	return must(b.desk.Publish(b.staff, v.Note.ID, p))
}

func TestUpdatesAreToldByTheirKind(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		look := func() *content.Teaser { return must(b.library.Note(t.Context(), "film-capacity")) }
		if n := look(); n.RevisedAt != nil || n.Shown.Number != 1 || len(n.Versions) != 1 || !n.Newest() {
			t.Errorf("%+v", n)
		}
		v = b.write(t, v, "Second.", content.Publish{Change: content.Silent})
		if n := look(); n.RevisedAt != nil || n.Shown.Number != 2 || !n.ChangedAt.Equal(b.now.Now()) {
			t.Errorf("silent: %+v", n)
		}
		v = b.write(t, v, "Third.", content.Publish{})
		if n := look(); n.RevisedAt == nil || !n.RevisedAt.Equal(b.now.Now()) || n.Shown.Change != content.Minor || len(n.Corrections()) != 0 {
			t.Errorf("minor: %+v", n)
		}
		v = b.write(t, v, "Fourth.", content.Publish{Change: content.Major, Notice: " Table 2 was wrong. "})
		n := look()
		if c := n.Corrections(); len(c) != 1 || c[0].Notice != "Table 2 was wrong." || !c[0].At.Equal(b.now.Now()) || c[0].Number != 4 {
			t.Errorf("major: %+v", n.Versions)
		}
		if !n.PublishedAt.Equal(start) {
			t.Errorf("the date of publication moved to %s", n.PublishedAt)
		}
		for what, tt := range map[string]struct {
			p    content.Publish
			code string
		}{
			"a repeat":                     {content.Publish{Change: content.Major, Notice: "Table 2 was wrong."}, ""},
			"another notice for no change": {content.Publish{Change: content.Major, Notice: "More."}, "nothing_to_publish"},
			"no notice":                    {content.Publish{Change: content.Major}, "/notice required"},
			"a notice of a trifle":         {content.Publish{Change: content.Minor, Notice: "Hm."}, "/notice not_a_correction"},
			"too long a notice":            {content.Publish{Change: content.Major, Notice: strings.Repeat("x", 1001)}, "/notice too_long"},
			"an unknown change":            {content.Publish{Change: "huge"}, "/change unknown"},
		} {
			_, err := b.desk.Publish(b.staff, v.Note.ID, tt.p)
			got := code(err)
			if f := fault.Of(err); f != nil && len(f.Fields) == 1 {
				got = f.Fields[0].Path + " " + f.Fields[0].Code
			}
			if got != tt.code {
				t.Errorf("%s: %q", what, got)
			}
		}
		fresh := must(b.desk.Create(b.staff, content.Input{Title: "Fresh", Abstract: "A.", Body: "B."}))
		if _, err := b.desk.Publish(b.staff, fresh.Note.ID, content.Publish{Change: content.Minor}); fault.Of(err).Fields[0].Code != "not_an_update" {
			t.Errorf("a first publication as an update: %v", err)
		}
		_, list, err := b.desk.Versions(b.staff, v.Note.ID)
		if err != nil || len(list) != 4 || list[0].Number != 4 || list[0].Revision != 4 || list[0].PublishedByName != "Eva" || list[3].Change != "" {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestVersionsStayAndStandBehindTodaysGate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		subscriber := access.Grant{Kind: access.Subscription, Plan: "reader"}
		in := v.Input()
		in.Title, in.Slug, in.Gate = "Renamed", "renamed", access.Public
		b.now.Advance(time.Hour)
		must(b.desk.Save(b.staff, v.Note.ID, 0, in))
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{}))
		see := func(number int) *content.Teaser { return must(b.library.Version(t.Context(), "renamed", number)) }

		old := see(1)
		if old.Title != "Film capacity" || old.Slug != "renamed" || old.Newest() || old.Shown.Number != 1 || !old.Shown.At.Equal(start) {
			t.Errorf("%+v", old)
		}
		if text := must(b.library.Text(t.Context(), decide(old, b.now.Now()))); text.Markdown != body {
			t.Errorf("a note that is open today opens its past: %q", text.Markdown)
		}
		v = must(b.desk.Draft(b.staff, v.Note.ID))
		in = v.Input()
		in.Body, in.Gate = "Open.\n\n<!-- paywall -->\n\nClosed.", access.Paid
		must(b.desk.Save(b.staff, v.Note.ID, 0, in))
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{}))
		for number := 1; number <= 2; number++ {
			old := see(number)
			if strings.Contains(old.HTML+old.Plain, "bench") {
				t.Errorf("version %d shows what is below its paywall", number)
			}
			if _, err := b.library.Text(t.Context(), decide(old, b.now.Now())); code(err) != "no_access" {
				t.Errorf("version %d opens to strangers, which is closed today: %v", number, err)
			}
			if text := must(b.library.Text(t.Context(), decide(old, b.now.Now(), subscriber))); text.Markdown != body {
				t.Errorf("version %d: %q", number, text.Markdown)
			}
		}
		if see(3).Shown.Number != 3 || !see(3).Newest() {
			t.Error("the newest is not to be had by its number")
		}
		for _, number := range []int{0, 4, -1} {
			if _, err := b.library.Version(t.Context(), "renamed", number); code(err) != "version_not_found" {
				t.Errorf("version %d: %v", number, err)
			}
		}
		if m, ok := second(b.library.Version(t.Context(), "film-capacity", 1)).(*content.Moved); !ok || m.Slug != "renamed" { //nolint:errorlint // returned bare
			t.Error("the old address does not lead on")
		}

		must(b.desk.Retract(b.staff, v.Note.ID, 0, "Wrong."))
		if _, err := b.library.Version(t.Context(), "renamed", 1); code(err) != "note_retracted" {
			t.Errorf("a version outlives the retraction: %v", err)
		}
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{}))
		if n := len(see(1).Versions); n != 3 {
			t.Errorf("coming back unchanged made a version: %d", n)
		}
		must(b.desk.Retract(b.staff, v.Note.ID, 0, "Wrong."))
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{Change: content.Major, Notice: "It was right after all."}))
		if n := see(4); len(n.Corrections()) != 1 {
			t.Errorf("%+v", n.Versions)
		}
	})
}
