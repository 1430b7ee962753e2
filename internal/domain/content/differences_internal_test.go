package content

import (
	"testing"

	"lighttrends/internal/domain/content/compare"
)

func TestAPieceBesideItselfNamesNothingTwice(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<h3 id="a">A</h3>`: `<p class="was-h3">A</p>`,
		`<sup class="fn"><a id="fnref_1_1" href="#fn_1" role="doc-noteref" aria-label="Footnote 1">1</a></sup>`: `<sup class="fn"><a  aria-label="Footnote 1">1</a></sup>`,
		`<a href="/notes/x#y">id="z" href="#q"</a>`:                                                             `<a href="/notes/x#y">id="z" href="#q"</a>`,
		`<div class="tablewrap" role="region" tabindex="0">`:                                                    `<div class="tablewrap" role="group" tabindex="0">`,
		`<hr/>`: `<hr/>`,
	} {
		if got := loose(in); got != want {
			t.Errorf("%s\nbecame %s\nnot    %s", in, got, want)
		}
	}
}

func TestDifferencesAreOfEverythingThatIsRead(t *testing.T) {
	t.Parallel()
	teaser := func(title, abstract string) *Teaser {
		t := &Teaser{}
		t.Title, t.Abstract = title, abstract
		return t
	}
	d := differences(teaser("One", "Same."), teaser("Two", "Same."), "<p>Old word.</p>", "<p>New word.</p>")
	if d.None() || len(d.Title) == 0 || d.Abstract != nil || len(d.Rows) != 1 || d.Rows[0].Op != compare.Change || d.Rows[0].Left != "<p><del>Old</del> word.</p>" {
		t.Errorf("%+v", d)
	}
	if d := differences(teaser("One", "A."), teaser("One", "A."), "<p>X</p>", "<p>X</p>"); !d.None() {
		t.Errorf("%+v", d)
	}
}
