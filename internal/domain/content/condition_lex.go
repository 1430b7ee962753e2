package content

import (
	"strings"
	"unicode/utf8"
)

// Words are made of letters, digits and - _ : / + . and may not hold two dots
// in a row. Small and capital letters are the same in "and", "or", "not", "in"
// and "null"; a value that is one of these is quoted. In quotation marks a
// backslash takes the meaning from the character behind it.

// tokens of a filter, by what they are.
type tokenKind int

const (
	atEnd tokenKind = iota
	aWord
	aText // quoted
	aSign // an operator, a parenthesis, a comma, two dots
)

type token struct {
	kind tokenKind
	text string
	at   int // characters before it
}

// is tells whether the token is a sign, or a word that means something.
func (t token) is(text string) bool {
	return t.kind == aSign && t.text == text || t.kind == aWord && strings.EqualFold(t.text, text)
}

// lex takes a filter apart.
func lex(text string) (out []token, err error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, badFilter(0, "bad_characters", "A filter is a text in UTF-8, without a zero byte.")
	}
	runes := []rune(text)
	for at := 0; at < len(runes); {
		t := token{at: at}
		switch r := runes[at]; {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			at++
			continue
		case r == '"':
			t.kind = aText
			if t.text, at, err = quoted(runes, at); err != nil {
				return nil, err
			}
		case wordAt(runes, at) > 0:
			n := wordAt(runes, at)
			t.kind, t.text = aWord, string(runes[at:at+n])
			at += n
		default:
			t.kind, t.text = aSign, signAt(runes[at:])
			if t.text == "" {
				return nil, badFilter(at, "bad_characters", "This character means nothing here. Values with other characters are quoted.")
			}
			at += len(t.text)
		}
		out = append(out, t)
	}
	return append(out, token{at: len(runes)}), nil
}

// quoted reads a text in quotation marks, and says what follows it.
func quoted(runes []rune, at int) (text string, end int, err error) {
	var b strings.Builder
	for i := at + 1; i < len(runes); i++ {
		switch {
		case runes[i] == '"':
			return b.String(), i + 1, nil
		case runes[i] == '\\' && i+1 < len(runes):
			i++
		}
		b.WriteRune(runes[i])
	}
	return "", 0, badFilter(at, "unexpected", "A quotation mark is missing at the end.")
}

// wordAt says how long the word is that begins here; 0 for none.
func wordAt(runes []rune, at int) (n int) {
	for ; at+n < len(runes); n++ {
		r := runes[at+n]
		if r == '.' && (n == 0 || at+n+1 < len(runes) && runes[at+n+1] == '.') {
			return n
		}
		if !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_:/+.", r)) {
			return n
		}
	}
	return n
}

func signAt(runes []rune) string {
	begin := string(runes[:min(2, len(runes))])
	for _, sign := range []string{"..", "!=", "<=", ">=", "=", "<", ">", "(", ")", ","} {
		if strings.HasPrefix(begin, sign) {
			return sign
		}
	}
	return ""
}
