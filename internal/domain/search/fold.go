package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxRunes of a word count.
const maxRunes = 60

// fold makes one word of all its spellings: without case, without the marks
// over Latin, Greek and Cyrillic letters, without vowel points. Marks that are
// letters of their own in other scripts stay.
func fold(word string) string {
	if w, ok := foldASCII(word); ok {
		return w
	}
	var b strings.Builder
	n := 0
	for _, r := range norm.NFKD.String(strings.ToLower(word)) {
		if pointed(r) {
			continue
		}
		if n++; n > maxRunes {
			break
		}
		if plain, ok := letters[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return kept(norm.NFC.String(b.String()))
}

// foldASCII is the short way for most words.
func foldASCII(word string) (string, bool) {
	lower := false
	for i := range len(word) {
		switch c := word[i]; {
		case c >= 0x80:
			return "", false
		case 'A' <= c && c <= 'Z':
			lower = true
		}
	}
	if len(word) > maxRunes {
		word = word[:maxRunes]
	}
	if lower {
		word = strings.ToLower(word)
	}
	return word, true
}

// kept drops what normalising brought in that is no letter of a word, such as
// the slash of ½: a token must hold nothing that an engine would split at.
func kept(word string) string {
	return strings.Map(func(r rune) rune {
		if wordRune(r) {
			return r
		}
		return -1
	}, word)
}

// letters that are not a letter with a mark, to Unicode, but are typed so.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ς': "σ",
}

// pointed tells a mark that may be left out when typing.
func pointed(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x591 && r <= 0x5c7 || r >= 0x64b && r <= 0x65f || r == 0x670
}

func wordRune(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.No, r)
}

// single tells a letter of a script that is written without blanks.
func single(r rune) bool {
	return r >= 0xe00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// word is one word of a text and where it stands there, in bytes.
type word struct {
	from, to int
	raw      string
	folded   string
	stem     string
}

// eachWord calls use for every word of a text until it says no. An s after an
// apostrophe belongs to nothing: Moore's is Moore.
func eachWord(text string, use func(word) bool) {
	start, lone := -1, false // lone: the word is one letter of a script without blanks
	end := func(at int) bool {
		if start < 0 {
			return true
		}
		w := word{from: start, to: at, raw: text[start:at], folded: fold(text[start:at])}
		start = -1
		if w.folded == "" || w.folded == "s" && apostrophe(text[:w.from]) {
			return true
		}
		w.stem = stem(w.folded)
		return use(w)
	}
	for i, r := range text {
		switch {
		case !wordRune(r):
			if !end(i) {
				return
			}
			lone = false
		case single(r) && !unicode.IsMark(r):
			if !end(i) {
				return
			}
			start, lone = i, true
		case start < 0:
			start = i
		case lone && !unicode.IsMark(r):
			if !end(i) {
				return
			}
			start, lone = i, false
		}
	}
	end(len(text))
}

func apostrophe(before string) bool {
	return strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’")
}

// split gives the words of a chunk.
func split(chunk string, most int) (out []word) {
	eachWord(chunk, func(w word) bool {
		out = append(out, w)
		return len(out) < most
	})
	return out
}
