package compare

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// show writes spans with what was taken away in brackets and what was added in
// braces.
func show(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(map[Op]string{Same: s.Text, Del: "[" + s.Text + "]", Add: "{" + s.Text + "}"}[s.Op])
	}
	return b.String()
}

func showHunks(list []Hunk) (out []string) {
	for _, h := range list {
		out = append(out, fmt.Sprintf("@%d,%d", h.From, h.To))
		for _, l := range h.Lines {
			out = append(out, fmt.Sprintf("%s %d:%s | %d:%s", l.Op, l.From, show(l.Left), l.To, show(l.Right)))
		}
	}
	return out
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, tt := range [][3]string{
		{"The yield fell to 9%.", "The yield fell to 6%.", "The yield fell to [9]{6}%."},
		{"same", "same", "same"},
		{"", "new", "{new}"},
		{"old", "", "[old]"},
		{"naïve café", "naïve Café", "naïve [café]{Café}"},
	} {
		if got := show(Words(tt[0], tt[1])); got != tt[2] {
			t.Errorf("%q → %q: %s", tt[0], tt[1], got)
		}
	}
}

func TestSourceShowsWordsWithinLines(t *testing.T) {
	t.Parallel()
	from := "# Title\n\none\ntwo\nthree\n\nFilm is short of nine percent.\n\nGone entirely.\n\na\nb\nc\nd\ne\nf\ng\nlast\n"
	to := "# Title\n\none\ntwo\nthree\n\nFilm is short of six percent.\n\na\nb\nc\nd\ne\nf\ng\nlast, but one\nend\n"
	want := []string{
		"@4,4",
		"same 4:two | 4:two", "same 5:three | 5:three", "same 6: | 6:",
		"change 7:Film is short of [nine] percent. | 7:Film is short of {six} percent.",
		"del 8:[] | 0:", "del 9:[Gone entirely.] | 0:",
		"same 10: | 8:", "same 11:a | 9:a", "same 12:b | 10:b",
		"@15,13",
		"same 15:e | 13:e", "same 16:f | 14:f", "same 17:g | 15:g",
		"change 18:last | 16:last{, but one}", "add 0: | 17:{end}",
	}
	if d := cmp.Diff(want, showHunks(Source(from, to))); d != "" {
		t.Error(d)
	}
	if got := Source(from, from); len(got) != 0 {
		t.Errorf("%v", showHunks(got))
	}
}

func TestRenderedMarksWordsAndKeepsBlocksWhole(t *testing.T) {
	t.Parallel()
	from := "<h2>Why</h2><p>First.</p><p>The <strong>bench fell</strong> to 9 &lt; 10.</p><p>Gone.</p><p>Last.</p><p>End.</p>"
	to := "<h2>Why</h2><p>First.</p><p>The <strong>bench rose</strong> to 9 &lt; 11.</p><p>Last.</p><p>End.</p><svg><text>new</text></svg>"
	want := []Row{
		{Op: Skip, Count: 1},
		{Op: Same, Left: "<p>First.</p>", Right: "<p>First.</p>"},
		{
			Op:    Change,
			Left:  "<p>The <strong>bench <del>fell</del></strong> to 9 &lt; <del>10</del>.</p>",
			Right: "<p>The <strong>bench <ins>rose</ins></strong> to 9 &lt; <ins>11</ins>.</p>",
		},
		{Op: Del, Left: "<p>Gone.</p>"},
		{Op: Same, Left: "<p>Last.</p>", Right: "<p>Last.</p>"},
		{Op: Same, Left: "<p>End.</p>", Right: "<p>End.</p>"},
		{Op: Add, Right: "<svg><text>new</text></svg>"},
	}
	if d := cmp.Diff(want, Rendered(from, to)); d != "" {
		t.Error(d)
	}
	a, b := marked("<svg><text>old</text></svg>", "<svg><text>new</text></svg>")
	if strings.Contains(a+b, "del>") || strings.Contains(a+b, "ins>") {
		t.Errorf("marks inside a drawing: %s %s", a, b)
	}
}

// text draws lines of a small vocabulary, so that two texts have much in
// common.
func text() *rapid.Generator[string] {
	word := rapid.SampledFrom([]string{"film", "bench", "nine", "percent", "é", "—", "**", "ß\u0301", "日本", ",", " ", "  ", "\n", "\n\n", "|", "\U0001F600"})
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 60).Draw(t, "words"), "") })
}

// TestNothingIsLostBetweenTheSides: each side of a comparison, put together
// again, is the text it was made of.
func TestNothingIsLostBetweenTheSides(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := text().Draw(t, "from"), text().Draw(t, "to")
		var left, right []string
		nf, nt := 0, 0
		for _, l := range lines(from, to) {
			join := func(spans []Span, other Op) (s string) {
				for _, x := range spans {
					if x.Op == other {
						t.Fatalf("%s on the wrong side", x.Op)
					}
					s += x.Text
				}
				return s
			}
			if l.From > 0 {
				if nf++; l.From != nf {
					t.Fatalf("line %d follows %d", l.From, nf-1)
				}
				left = append(left, join(l.Left, Add))
			}
			if l.To > 0 {
				if nt++; l.To != nt {
					t.Fatalf("line %d follows %d", l.To, nt-1)
				}
				right = append(right, join(l.Right, Del))
			}
		}
		if d := cmp.Diff(split(from), left) + cmp.Diff(split(to), right); d != "" {
			t.Fatal(d)
		}
		if !utf8Same(words(from), from) || !utf8Same(words(to), to) {
			t.Fatal("words do not make the text again")
		}
	})
}

func utf8Same(list []string, s string) bool { return strings.Join(list, "") == s }

// TestEachChangeIsInOneHunk: hunks follow each other, do not overlap, and hold
// every line that differs.
func TestEachChangeIsInOneHunk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := text().Draw(t, "from"), text().Draw(t, "to")
		changes := 0
		for _, l := range lines(from, to) {
			if l.Op != Same {
				changes++
			}
		}
		lastFrom, lastTo := 0, 0
		for _, h := range Source(from, to) {
			for _, l := range h.Lines {
				if l.Op != Same {
					changes--
				}
				if l.From > 0 && l.From <= lastFrom || l.To > 0 && l.To <= lastTo {
					t.Fatal("a line comes twice")
				}
				lastFrom, lastTo = max(lastFrom, l.From), max(lastTo, l.To)
			}
		}
		if changes != 0 {
			t.Fatalf("%d changes are lost", changes)
		}
	})
}

// TestAnOldHabitOfTheAlphabet: more tokens than fit below the letters that
// Unicode keeps for itself.
func TestAnOldHabitOfTheAlphabet(t *testing.T) {
	t.Parallel()
	var a, b []string
	for i := range 70_000 {
		a = append(a, fmt.Sprint("w", i))
		b = append(b, fmt.Sprint("w", i))
	}
	b[60_000] = "other"
	var left, right []string
	for _, e := range sequence(a, b, false) {
		if e.op != Add {
			left = append(left, e.tokens...)
		}
		if e.op != Del {
			right = append(right, e.tokens...)
		}
	}
	if d := cmp.Diff(a, left) + cmp.Diff(b, right); d != "" {
		t.Errorf("%.300s", d)
	}
}

func TestLongTextsTakeNoLongerThanTheyMay(t *testing.T) {
	t.Parallel()
	var a, b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&a, "line %d of the one\n", i)
		fmt.Fprintf(&b, "row %d of the other\n", i*7%20_000)
	}
	began := time.Now()
	Source(a.String(), b.String())
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}
