package search

import (
	"context"
	"math/bits"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lighttrends/internal/platform/memo"
)

// Lengths of words that are looked up when they are misspelt. Shorter ones are
// near to too many.
const (
	minKnown = 4
	maxKnown = 30
)

// knowable tells a word worth keeping in the list.
func knowable(w string) bool {
	n := 0
	for _, r := range w {
		if '0' <= r && r <= '9' || single(r) {
			return false
		}
		n++
	}
	return n >= minKnown && n <= maxKnown
}

// book is a process's copy of the list, by length in letters. It is read when
// somebody finds nothing, and again when it is older than a minute.
type book map[int][]entry

type entry struct {
	word string
	mask uint32 // which letters it has
}

const (
	bookLife   = time.Minute
	bookWeight = 16 << 20
)

func newBooks() *memo.Copies[book] {
	return memo.NewFor(bookLife, bookWeight, func(b book) uint32 {
		n := 0
		for _, entries := range b {
			n += 40 * len(entries)
		}
		return uint32(n)
	})
}

func (x *Index) book(ctx context.Context) (book, error) {
	return x.books.Get(ctx, "", func(ctx context.Context) (book, error) {
		words, err := x.words(ctx)
		out := book{}
		for _, w := range words {
			n := utf8.RuneCountInString(w)
			out[n] = append(out[n], entry{w, maskOf(w)})
		}
		return out, err
	})
}

func maskOf(w string) (m uint32) {
	for _, r := range w {
		m |= 1 << (uint32(r) & 31) //nolint:gosec // a letter's number is positive
	}
	return m
}

// Correct replaces words that no note has, as far as the lens shows, by near
// ones that some have. When the query found something, so that no word is
// without a note, it replaces those that hardly any has by ones that many have.
// The second result is false when there is nothing to replace, or nothing near:
// one word that no note has, and that stays, and the rest would be in vain.
func (x *Index) Correct(ctx context.Context, q Query, l Lens, found int) (Query, bool, error) {
	out, changed := q, false
	out.terms = slices.Clone(q.terms)
	for i, t := range out.terms {
		if t.not {
			continue
		}
		t.words = slices.Clone(t.words)
		for j, w := range t.words {
			better, used, err := x.nearest(ctx, w, l, found)
			if err != nil || better == "" && !used {
				return q, false, err
			}
			if better != "" {
				t.words[j] = word{raw: better, folded: better, stem: stem(better)}
				changed = true
			}
		}
		out.terms[i] = t
	}
	return out, changed, nil
}

// nearest finds what a word that no more notes have than were found was meant
// to be; "" when more have it, or nothing is near. Among equally near ones it
// is the one that most notes have, and at least several times as many. The
// second result is false for a word that no note is known to have.
func (x *Index) nearest(ctx context.Context, w word, l Lens, found int) (best string, inUse bool, err error) {
	if !knowable(w.folded) {
		return "", true, nil
	}
	used, err := x.used(ctx, w, l, found+1)
	if err != nil || used > found {
		return "", true, err
	}
	book, err := x.book(ctx)
	if err != nil {
		return "", false, err
	}
	most := several * used
	for _, c := range near(book, w.folded) {
		if used > 0 && (stem(c) == w.stem || strings.HasPrefix(c, w.folded)) {
			continue // another form of it, which was looked for already
		}
		n, err := x.uses(ctx, word{stem: stem(c)})
		if err != nil {
			return "", false, err
		}
		if n > most {
			best, most = c, n
		}
	}
	return best, used > 0, nil
}

// several times as many notes must have a word that is proposed for another.
const several = 5

// used counts the notes that have a word, as far as the lens shows, up to most.
func (x *Index) used(ctx context.Context, w word, l Lens, most int) (int, error) {
	h, err := x.Find(ctx, Page{Query: Query{terms: []term{{words: []word{w}}}}, Sort: Recent, Limit: most, Lens: l})
	return len(h.Notes), err
}

// maxNear candidates are counted; each costs a question.
const maxNear = 8

// near lists the words of the book with the fewest slips from w: letters left
// out, put in, mistaken or exchanged. Short words allow one, long ones two. A
// word that is only begun counts as one slip.
func near(b book, w string) []string {
	letters := []rune(w)
	most, mask := allowed(len(letters)), maskOf(w)
	bySlips := make([][]string, most+1)
	for n, entries := range b {
		far := n < len(letters)-most || n > len(letters)+most
		for _, e := range entries {
			d := most + 1
			if n > len(letters) && strings.HasPrefix(e.word, w) {
				d = 1
			} else if !far && bits.OnesCount32(e.mask^mask) <= 2*most {
				d = slips(letters, []rune(e.word), most)
			}
			if d <= most {
				bySlips[d] = append(bySlips[d], e.word)
			}
		}
	}
	for _, words := range bySlips {
		if len(words) > 0 {
			return nearest(words, w)
		}
	}
	return nil
}

// nearest picks the few of equally near words that are to be counted: first
// those that begin alike, for few slips are made in the first letter.
func nearest(words []string, w string) (out []string) {
	slices.Sort(words)
	for _, alike := range []bool{true, false} {
		for _, c := range words {
			if (c[0] == w[0]) == alike && len(out) < maxNear {
				out = append(out, c)
			}
		}
	}
	return out
}

func allowed(letters int) int {
	if letters >= 8 {
		return 2
	}
	return 1
}

// slips counts how many letters were left out, put in, mistaken or exchanged
// with a neighbour to make b of a; more than most is not counted to the end.
// (Optimal string alignment.)
func slips(a, b []rune, most int) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// Nearest finds the name that was meant among some, for what is not a word of
// the list, such as topics; "" when none is near.
func Nearest(name string, among []string) string {
	typed := []rune(foldName(name))
	best, most := "", allowed(len(typed))
	for _, n := range among {
		if d := slips(typed, []rune(foldName(n)), most); d <= most && (best == "" || d < most) {
			best, most = n, d
		}
	}
	return best
}

func foldName(name string) string {
	var words []string
	for _, w := range split(name, maxTerms) {
		words = append(words, w.folded)
	}
	return strings.Join(words, " ")
}

// Names tells whether what was typed names something: all of its words stand
// in the name, in any order.
func Names(typed, name string) bool {
	have := map[string]bool{}
	for _, w := range split(name, maxTerms) {
		have[w.stem] = true
	}
	words := split(typed, maxTerms)
	for _, w := range words {
		if !have[w.stem] {
			return false
		}
	}
	return len(words) > 0
}
