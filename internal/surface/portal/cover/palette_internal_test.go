package cover

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// luminance is the relative luminance of a colour such as #0f2a43 (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	v, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	part := func(shift uint) float64 {
		c := float64(v>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestInkCanBeReadOnPaper in every month, and the tones go one way, away from
// the paper.
func TestInkCanBeReadOnPaper(t *testing.T) {
	t.Parallel()
	seen := map[string]time.Month{}
	for m := time.January; m <= time.December; m++ {
		p := inks(m)
		if c := contrast(t, p.ink, p.paper); c < 7 {
			t.Errorf("%s: ink on paper is %.1f:1", m, c)
		}
		if other, taken := seen[p.paper]; taken {
			t.Errorf("%s and %s have one paper", m, other)
		}
		seen[p.paper] = m
		last := 1.0
		for i, tone := range p.tones {
			c := contrast(t, tone, p.paper)
			if c <= last {
				t.Errorf("%s: tone %d is not farther from the paper than the one before", m, i)
			}
			last = c
		}
		if c := contrast(t, p.spark, p.paper); c < 1.5 {
			t.Errorf("%s: the spark does not show", m)
		}
	}
}

// TestTitlesFit on their lines above the band.
func TestTitlesFit(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		title string
		lines int
		size  int
	}{
		{"", 0, 60}, {"   ", 0, 60}, {"Film", 1, 84}, {"Nobody is waiting", 2, 84}, {"What Ombrecht is paid for", 3, 84},
		{"We introduce our February letter to our March one", 3, 68},
	} {
		lines, size := fit(x.title)
		if len(lines) != x.lines || size != x.size {
			t.Errorf("%q: %q at %d", x.title, lines, size)
		}
		if strings.Join(lines, " ") != strings.TrimSpace(x.title) {
			t.Errorf("%q lost something: %q", x.title, lines)
		}
	}
	lines, size := fit(strings.Repeat("a very long title that goes on ", 12))
	if len(lines) != maxLines || size != 48 || !strings.HasSuffix(lines[maxLines-1], "…") {
		t.Errorf("%q at %d", lines, size)
	}
	// A word that is longer than a line is broken, and stays on the sheet.
	lines, size = fit("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau")
	if len(lines) < 2 || slices.ContainsFunc(lines, func(s string) bool { return measure(s)*float64(size) > width-2*margin }) {
		t.Errorf("%q at %d", lines, size)
	}
	lines, size = fit(strings.Repeat("a very long title that goes on ", 12))
	if foot := 94 + size + (len(lines)-1)*size*108/100; foot > bandTop {
		t.Errorf("the last line stands at %d, in the band", foot)
	}
}

// TestDiceAreFair enough for a pattern, and stay within their bounds.
func TestDiceAreFair(t *testing.T) {
	t.Parallel()
	d := newDice(Face{Series: "x"})
	count := map[int]int{}
	for range 6000 {
		if u := d.unit(); u < 0 || u >= 1 {
			t.Fatal(u)
		}
		if b := d.between(3, 4); b < 3 || b >= 4 {
			t.Fatal(b)
		}
		count[d.of(6)]++
	}
	for side, n := range count {
		if n < 800 || n > 1200 {
			t.Errorf("%d came %d times", side, n)
		}
	}
	if a, b := newDice(Face{Number: 1}), newDice(Face{Number: 2}); a.next() == b.next() {
		t.Error("two faces roll the same")
	}
}

// TestEveryPatternIsUsed in a row of numbers, one after the other.
func TestEveryPatternIsUsed(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for n := 1; n <= 7; n++ {
		seen[Face{Series: "Letter", Number: n}.turn(7)] = true
	}
	if len(seen) != 7 {
		t.Errorf("%d patterns in seven issues", len(seen))
	}
	month := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if (Face{Month: month}).turn(7) == (Face{Month: month.AddDate(0, 1, 0)}).turn(7) {
		t.Error("without numbers neighbours are alike")
	}
}
