package search

import (
	"strings"
	"unicode/utf8"
)

// Span is a piece of a text; marked pieces are what was found.
type Span struct {
	Text   string
	Marked bool
}

// Marker marks what a query found in texts that whoever asks may read.
type Marker struct {
	terms []term
}

// Marker gives the marker of the words that must be there.
func (q Query) Marker() Marker {
	var m Marker
	for _, t := range q.terms {
		if !t.not {
			m.terms = append(m.terms, t)
		}
	}
	return m
}

// Found is which of the query's terms a text has.
type Found uint32

// All tells whether that is all of them.
func (m Marker) All(f Found) bool { return f == Found(1)<<len(m.terms)-1 }

// piece is a marked piece of a text, in bytes, with the term it belongs to.
type piece struct {
	from, to int
	term     int
}

// pieces finds the query's terms in the words of a text.
func (m Marker) pieces(words []word) (out []piece, found Found) {
	for i := range words {
		for n, t := range m.terms {
			if t.at(words[i:]) {
				out = append(out, piece{words[i].from, words[i+len(t.words)-1].to, n})
				found |= 1 << n
			}
		}
	}
	return out, found
}

// at tells whether the term stands at the beginning of these words.
func (t term) at(words []word) bool {
	if len(words) < len(t.words) {
		return false
	}
	for i, w := range t.words {
		if words[i].stem != w.stem && !(t.begun && strings.HasPrefix(words[i].folded, w.folded)) {
			return false
		}
	}
	return true
}

// Mark gives the whole text in pieces, and says which terms it has.
func (m Marker) Mark(text string) ([]Span, Found) {
	pieces, found := m.pieces(split(text, maxTokens))
	return spans(text, 0, len(text), pieces), found
}

// spans cuts a part of a text where marked pieces begin and end.
func spans(text string, from, to int, pieces []piece) (out []Span) {
	add := func(text string, marked bool) {
		if text != "" {
			out = append(out, Span{text, marked})
		}
	}
	at := from
	for _, p := range pieces {
		if p.from < at || p.to > to { // outside, or in one that was marked before
			continue
		}
		add(text[at:p.from], false)
		add(text[p.from:p.to], true)
		at = p.to
	}
	add(text[at:to], false)
	return out
}

// Length of an excerpt in words, and how many of them stand before what was
// found.
const (
	excerptWords = 32
	excerptLead  = 8
)

// ExcerptReads is how much of a text, in bytes, is read for an excerpt.
const ExcerptReads = 200_000

// beginningOf gives as much of a text as is read, without a word that is cut.
func beginningOf(text string) string {
	if len(text) <= ExcerptReads {
		return text
	}
	end := ExcerptReads
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:max(strings.LastIndexFunc(text[:end], func(r rune) bool { return !wordRune(r) }), 0)]
}

// Excerpt gives the part of a text in which most terms are, nil when there are
// none in its beginning.
func (m Marker) Excerpt(text string) []Span {
	whole := len(text)
	text = beginningOf(text)
	words := split(text, maxTokens)
	pieces, _ := m.pieces(words)
	if len(pieces) == 0 {
		return nil
	}
	from, to := m.window(words, pieces)
	out := spans(text, words[from].from, words[to-1].to, pieces)
	if from > 0 {
		out = append([]Span{{Text: "… "}}, out...)
	}
	if to < len(words) || len(text) < whole {
		return append(out, Span{Text: " …"})
	}
	if rest := strings.TrimSpace(text[words[to-1].to:]); len(rest) < 4 { // the full stop at the end
		out = append(out, Span{Text: rest})
	}
	return out
}

// window chooses the words to show: those around the first place that has the
// most different terms within reach.
func (m Marker) window(words []word, pieces []piece) (from, to int) {
	best, most, at := 0, 0, 0
	for i, p := range pieces {
		for words[at].from < p.from {
			at++
		}
		end := len(words) - 1
		if at+excerptWords-excerptLead < end {
			end = at + excerptWords - excerptLead
		}
		var here Found
		n := 0
		for _, o := range pieces[i:] {
			if o.to > words[end].to {
				break
			}
			if here&(1<<o.term) == 0 {
				here |= 1 << o.term
				n++
			}
		}
		if n > most {
			best, most = at, n
		}
		if m.All(here) {
			break
		}
	}
	from = max(0, best-excerptLead)
	to = min(len(words), from+excerptWords)
	return max(0, min(from, to-excerptWords)), to
}
