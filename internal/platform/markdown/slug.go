package markdown

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const maxSlug = 80 // characters

// slug makes an id from the text of a heading: lower case, Latin letters
// without accents, letters and digits of other scripts as they are, hyphens
// for everything between.
func slug(s string) string {
	var b strings.Builder
	gap, size := false, 0
	for _, r := range norm.NFKC.String(s) {
		letters := fold(unicode.ToLower(r))
		if letters == "" {
			gap = gap || !unicode.Is(unicode.Mn, r) && r != '\'' && r != '’'
			continue
		}
		if gap && size > 0 {
			b.WriteByte('-')
			size++
		}
		gap = false
		b.WriteString(letters)
		if size += len([]rune(letters)); size >= maxSlug {
			break
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// fold gives the letters that stand for a character in an id.
func fold(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	if unicode.Is(unicode.Latin, r) {
		var b strings.Builder
		for _, part := range norm.NFD.String(string(r)) {
			if !unicode.Is(unicode.Mn, part) {
				b.WriteRune(part)
			}
		}
		return b.String()
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Mn, r) {
		return string(r)
	}
	return ""
}

// ids hands out ids and never the same twice.
type ids struct {
	taken map[string]bool
	next  map[string]int
}

// newIDs keeps back the ids that pages commonly use for themselves.
func newIDs() *ids {
	i := &ids{taken: map[string]bool{}, next: map[string]int{}}
	for _, id := range []string{"main", "content", "contents", "toc", "top", "menu", "nav", "search", "header", "footer", "footnotes", "paywall", "gate", "app", "root"} {
		i.taken[id] = true
	}
	return i
}

// give makes a base unique with a number: risks, risks-2, risks-3.
func (i *ids) give(base string) string {
	id := base
	for n := max(i.next[base], 2); i.taken[id]; n++ {
		id = base + "-" + itoa(n)
		i.next[base] = n + 1
	}
	i.taken[id] = true
	return id
}
