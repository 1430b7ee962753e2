package compare

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// patience bounds the search for the shortest way from one text to the other;
// beyond it the way found is right, but longer than it had to be.
const patience = time.Second

// edit is a run of tokens: of both sides where it is the same, else of one.
type edit struct {
	op     Op
	tokens []string
}

// alphabet gives each different token a letter of its own.
type alphabet struct {
	letters map[string]rune
	tokens  map[rune]string
	next    rune
}

// write spells a sequence of tokens. It fails when letters run out.
func (a *alphabet) write(tokens []string) ([]rune, bool) {
	out := make([]rune, len(tokens))
	for i, t := range tokens {
		r, ok := a.letters[t]
		if !ok {
			for a.next++; !utf8.ValidRune(a.next) || a.next == utf8.RuneError; a.next++ {
				if a.next > utf8.MaxRune {
					return nil, false
				}
			}
			r = a.next
			a.letters[t], a.tokens[r] = r, t
		}
		out[i] = r
	}
	return out, true
}

// sequence finds the edits from one sequence of tokens to another. tidy joins
// what would be a chop of single words.
func sequence(from, to []string, tidy bool) []edit {
	a := &alphabet{letters: map[string]rune{}, tokens: map[rune]string{}}
	left, ok1 := a.write(from)
	right, ok2 := a.write(to)
	if !ok1 || !ok2 {
		return []edit{{Del, from}, {Add, to}}
	}
	differ := diffmatchpatch.New()
	differ.DiffTimeout = patience
	diffs := differ.DiffMainRunes(left, right, false)
	if tidy {
		diffs = differ.DiffCleanupSemantic(diffs)
	}
	var out []edit
	for _, d := range diffs {
		e := edit{op: map[diffmatchpatch.Operation]Op{diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffDelete: Del, diffmatchpatch.DiffInsert: Add}[d.Type]}
		for _, r := range d.Text {
			e.tokens = append(e.tokens, a.tokens[r])
		}
		if len(e.tokens) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// words cuts a line into words, gaps and single signs; joined they are the
// line again.
func words(s string) (out []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 0
	}
	begin, before := 0, -1
	for i, r := range s {
		k := kind(r)
		if i > 0 && (k != before || k == 0) {
			out = append(out, s[begin:i])
			begin = i
		}
		before = k
	}
	if begin < len(s) {
		out = append(out, s[begin:])
	}
	return out
}

// Words compares two short texts word by word, in one line.
func Words(from, to string) []Span {
	var out []Span
	for _, e := range sequence(words(from), words(to), true) {
		out = append(out, Span{e.op, strings.Join(e.tokens, "")})
	}
	return out
}

// sides compares two lines word by word, each for itself.
func sides(from, to string) (left, right []Span) {
	for _, s := range Words(from, to) {
		if s.Op != Add {
			left = append(left, s)
		}
		if s.Op != Del {
			right = append(right, s)
		}
	}
	return left, right
}
