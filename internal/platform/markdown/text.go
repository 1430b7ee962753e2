package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// escape makes text safe between tags and in quoted attributes.
func escape(s string) string {
	if !strings.ContainsAny(s, `&<>"`) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		switch s[i] {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&quot;")
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// unescape resolves backslashes and character references as CommonMark does.
func unescape(b []byte) string {
	if !bytes.ContainsAny(b, `\&`) {
		return string(b)
	}
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		if b[i] == '\\' && i+1 < len(b) && util.IsPunct(b[i+1]) {
			i++
			out.WriteByte(b[i])
			continue
		}
		if b[i] == '&' {
			if s, size := entity(b[i:]); size > 0 {
				out.WriteString(s)
				i += size - 1
				continue
			}
		}
		out.WriteByte(b[i])
	}
	return out.String()
}

const longestEntity = 34 // &CounterClockwiseContourIntegral;

// entity resolves a character reference at the start of b and tells how long
// it is. Unknown ones have no length.
func entity(b []byte) (string, int) {
	end := bytes.IndexByte(b[:min(len(b), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(b[1:end])
	if name[0] == '#' {
		r, ok := numeric(name[1:])
		if !ok {
			return "", 0
		}
		return string(r), end + 1
	}
	found, ok := util.LookUpHTML5EntityByName(name)
	if !ok {
		return "", 0
	}
	return string(found.Characters), end + 1
}

// numeric reads the digits of a numeric character reference. What may not
// stand in a page becomes the replacement character.
func numeric(digits string) (rune, bool) {
	base, most := 10, 7
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		base, most, digits = 16, 6, digits[1:]
	}
	if digits == "" || len(digits) > most {
		return 0, false
	}
	n := 0
	for _, c := range digits {
		v := strings.IndexRune("0123456789abcdef", unicode.ToLower(c))
		if v < 0 || v >= base {
			return 0, false
		}
		n = n*base + v
	}
	if r := rune(n); utf8.ValidRune(r) && !unprintable(r) {
		return r, true
	}
	return utf8.RuneError, true
}

// cleanText drops from decoded HTML what the source itself may not hold.
func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\r' || unprintable(r) {
			return -1
		}
		return r
	}, s)
}

// clip shortens a text to so many characters.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// plain builds plain text: blocks with a blank line between them, counted in
// words as it grows.
type plain struct {
	b       strings.Builder
	pending string // what separates the next text from the last
	fresh   bool   // a list mark was just written; the next block joins it
	raised  bool   // the next text is superscript
	inWord  bool
	words   int
	glyphs  int // of scripts that are written without spaces
}

// block makes what follows a block of its own.
func (p *plain) block() {
	p.inWord = false
	if p.b.Len() > 0 && !p.fresh {
		p.pending = "\n\n"
	}
}

// line makes what follows start on a new line.
func (p *plain) line() {
	p.inWord = false
	if p.b.Len() > 0 && !p.fresh && p.pending == "" {
		p.pending = "\n"
	}
}

// raw writes text without counting it.
func (p *plain) raw(s string) {
	if s == "" {
		return
	}
	p.b.WriteString(p.pending)
	p.b.WriteString(s)
	p.pending, p.fresh = "", false
}

// mark writes what starts a list item; the block after it stays on its line.
func (p *plain) mark(s string) {
	p.raw(s)
	p.fresh = true
}

// say writes text and counts its words. A superscript number is a power, and
// 10 to the 9th must not read 109.
func (p *plain) say(s string) {
	if p.raised && s != "" {
		p.raised = false
		if strings.ContainsRune("0123456789+-−", []rune(s)[0]) {
			p.raw("^")
		}
	}
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			p.inWord = false
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			p.inWord = false
			p.glyphs++
		case !p.inWord && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			p.inWord = true
			p.words++
		}
	}
	p.raw(s)
}

// count gives the words; two glyphs of Chinese or Japanese read like one.
func (p *plain) count() int { return p.words + (p.glyphs+1)/2 }

// String gives the text without white space at its ends.
func (p *plain) String() string { return strings.TrimSpace(p.b.String()) }
