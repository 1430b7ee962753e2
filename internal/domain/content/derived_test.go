package content_test

import (
	"context"
	"errors"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

type bytesMade string

func (b bytesMade) Size() int { return len(b) }

func TestDerivedBytesGoWithTheirObject(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		made := 0
		derive := func(d *content.Derived, what string) string {
			return string(must(content.Derive(t.Context(), d, "key", func(context.Context) (bytesMade, error) { made++; return bytesMade(what), nil })))
		}
		teaser := func() *content.Teaser { return must(b.library.Note(t.Context(), "film-capacity")) }
		text := func() *content.Opened {
			o := must(b.library.Open(decide(teaser(), b.now.Now(), access.Grant{Kind: access.Subscription, Plan: "reader"})))
			return &o
		}

		// Every word is another, so a wrong one tells where it was kept.
		if derive(&teaser().Derived, "a") != "a" || derive(&teaser().Derived, "b") != "a" || made != 1 {
			t.Fatalf("a teaser's bytes were made %d times", made)
		}
		if derive(&text().Derived, "c") != "c" || derive(&text().Derived, "d") != "c" || made != 2 {
			t.Fatal("a text's bytes are kept with the teaser, or not at all")
		}
		other := input()
		other.Title = "Another note"
		b.published(t, other)
		second := must(b.library.Note(t.Context(), "another-note"))
		if derive(&second.Derived, "e") != "e" || derive(&teaser().Derived, "f") != "a" {
			t.Fatal("notes share what was made of them")
		}

		in := input()
		in.Body = "New.\n\n<!-- paywall -->\n\nOther."
		must(b.desk.Save(b.staff, v.Note.ID, 0, in))
		if derive(&teaser().Derived, "g") != "a" || derive(&text().Derived, "g") != "c" {
			t.Fatal("a draft changed what readers get")
		}
		old := teaser().Edition
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{}))
		if derive(&teaser().Derived, "h") != "h" || derive(&text().Derived, "i") != "i" || teaser().Edition == old {
			t.Fatal("an old revision's bytes were given out")
		}
		must(b.desk.PutSeries(b.staff, content.Label{Slug: "letter", Name: "The Letter"}))
		if derive(&teaser().Derived, "j") != "j" || derive(&text().Derived, "k") != "k" {
			t.Fatal("bytes with an old name in them were given out")
		}
	})
}

// TestANoteReadAgainFindsWhatWasMade: a copy that is merely old costs nothing but
// its reading. What was announced meanwhile counts, whatever it was about:
// answers show more than the teaser says.
func TestANoteReadAgainFindsWhatWasMade(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		edition := func() string { return must(b.library.Note(t.Context(), "film-capacity")).Edition }
		first := edition()
		b.library.Reread("film-capacity")
		if got := edition(); got != first {
			t.Errorf("read again it is %s, was %s", got, first)
		}
		err := b.db.Tx(t.Context(), func(ctx context.Context) error {
			return b.db.Write(ctx).Exec("UPDATE notes SET title = 'Written past the desk' WHERE id = ?", v.Note.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		b.library.Reread("film-capacity")
		second := edition()
		if second == first {
			t.Error("what it says has changed, and not its edition")
		}
		b.library.Forget()
		if edition() == second {
			t.Error("something was announced, and the edition is the same")
		}
	})
}

// TestVersionsWithOneTextAreNamedApart: only what stands around the text differs.
func TestVersionsWithOneTextAreNamedApart(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: "sqlite"})
	v := b.published(t, input())
	in := input()
	for _, abstract := range []string{"In other words.", "In yet other words."} {
		in.Abstract = abstract
		must(b.desk.Save(b.staff, v.Note.ID, 0, in))
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{Change: content.Minor}))
	}
	seen := map[string]int{}
	for n := range 3 {
		seen[must(b.library.Version(t.Context(), "film-capacity", n+1)).Edition]++
	}
	if len(seen) != 3 {
		t.Errorf("three versions go by %d names", len(seen))
	}
}

// TestListsAreMadeAnewSoon: what a list shows of decisions is told by nothing that
// is announced to the library, and each reading of a list has a name of its own.
func TestListsAreMadeAnewSoon(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: "sqlite"})
	b.published(t, input())
	note := must(b.library.Note(t.Context(), "film-capacity"))
	text := must(b.library.Open(decide(note, b.now.Now(), access.Grant{Kind: access.Subscription, Plan: "reader"})))
	list, around := must(b.library.List(t.Context(), content.Query{})), must(b.library.Around(t.Context(), &note.Summary))
	if a, b := content.LifeOf(list.Derived), content.LifeOf(around.Derived); a != 0 || b != 0 {
		t.Errorf("lists are kept for %s and %s", a, b)
	}
	if a, b := content.LifeOf(note.Derived), content.LifeOf(text.Derived); a == 0 || a != b {
		t.Errorf("notes are kept for %s and %s", a, b)
	}
}

func TestWhatCannotBeMadeIsNotKept(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: "sqlite"})
	b.published(t, input())
	d := &must(b.library.Note(t.Context(), "film-capacity")).Derived
	boom := errors.New("boom")
	if _, err := content.Derive(t.Context(), d, "k", func(context.Context) (bytesMade, error) { return "half", boom }); !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if got := must(content.Derive(t.Context(), d, "k", func(context.Context) (bytesMade, error) { return "whole", nil })); got != "whole" {
		t.Fatal(got)
	}
	var nowhere content.Derived
	for _, want := range []bytesMade{"one", "two"} {
		if got := must(content.Derive(t.Context(), &nowhere, "k", func(context.Context) (bytesMade, error) { return want, nil })); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	}
}

func TestATextThatNobodyOpenedIsNotRead(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: "sqlite"})
	b.published(t, input())
	preview := decide(must(b.library.Note(t.Context(), "film-capacity")), b.now.Now())
	for name, d := range map[string]access.Decision{"none": {}, "preview": preview} {
		o, err := b.library.Open(d)
		if code(err) != "no_access" {
			t.Errorf("%s: %v", name, err)
		}
		if text, err := o.Text(t.Context()); code(err) != "no_access" || text != nil {
			t.Errorf("%s: %v %v", name, text, err)
		}
	}
}
