package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// teaser joins every field that a reader without access may get.
func teaser(r Rendered) string {
	return strings.Join([]string{r.TeaserHTML, r.TeaserText, r.TeaserSource, fmt.Sprint(r.TeaserContents)}, "\n=====\n")
}

func TestNothingFromBelowShowsAbove(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := &anyNote{T: t}
		above, below := g.write()
		src := above + marker + below
		r := Render([]byte(src), Options{})
		checkRendered(t, r)
		if !r.HasPaywall {
			t.Fatalf("no paywall in\n%s", src)
		}
		open := teaser(r)
		for _, w := range g.words {
			shown := g.visible(w.part)
			switch {
			case (w.hidden || !shown) && strings.Contains(open, w.text):
				t.Fatalf("%q leaks (%+v) from\n%s\ninto\n%s", w.text, w, src, open)
			case w.hidden || !shown:
			case !strings.Contains(r.TeaserHTML, w.text) || !strings.Contains(r.TeaserSource, w.text) || !w.attribute && !strings.Contains(r.TeaserText, w.text):
				t.Fatalf("%q is missing (%+v) from\n%s\nin\n%s", w.text, w, src, open)
			}
		}
		again := Render([]byte(r.TeaserSource), Options{})
		if again.HasPaywall {
			t.Fatalf("the preview has a paywall:\n%s", r.TeaserSource)
		}
		if diff := cmp.Diff(r.TeaserText, again.FullText); diff != "" {
			t.Fatalf("the source of the preview renders otherwise: %s\nfrom\n%s\ncut to\n%s", diff, src, r.TeaserSource)
		}
		if diff := cmp.Diff(r.TeaserHTML, again.FullHTML); diff != "" {
			t.Fatalf("the source of the preview renders otherwise: %s\nfrom\n%s\ncut to\n%s", diff, src, r.TeaserSource)
		}
		if diff := cmp.Diff(len(r.TeaserContents), len(again.Contents)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Whatever changes below the paywall, the preview stays as it is.
func TestThePreviewDoesNotDependOnTheGatedText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := &anyNote{T: t}
		above, below := g.write()
		other := &anyNote{T: t}
		_, more := other.write()
		more = strings.NewReplacer("[^n", "[^m", "[ref ", "[other ", "details", "p").Replace(more)
		a := Render([]byte(above+marker+below), Options{})
		b := Render([]byte(above+marker+"# One\n\n"+more+"\n\n"+below), Options{})
		if diff := cmp.Diff(teaser(a), teaser(b)); diff != "" {
			t.Fatalf("%s\nfrom\n%s\nand\n%s", diff, above, more)
		}
	})
}
