package search

import (
	"strings"
	"unicode"
)

// term is a word or a phrase that must, or must not, be there.
type term struct {
	words []string
	not   bool
}

// Limits of a query. More words are cut off: nobody types them, and each costs.
const (
	maxTerms = 16
	maxRunes = 60 // of a word
)

// parse reads what a person typed: words, "phrases in quotes", and -words that
// must not be there. Everything else is treated as space, so that nothing
// typed has a meaning for the engines.
func parse(text string) []term {
	var terms []term
	for len(text) > 0 && len(terms) < maxTerms {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		not := strings.HasPrefix(text, "-")
		text = strings.TrimPrefix(text, "-")
		var chunk string
		if rest, quoted := strings.CutPrefix(text, `"`); quoted {
			chunk, text, _ = strings.Cut(rest, `"`)
		} else if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
			chunk, text = text[:i], text[i:]
		} else {
			chunk, text = text, ""
		}
		if words := split(chunk); len(words) > 0 {
			terms = append(terms, term{words, not})
		}
	}
	return terms
}

// split breaks a chunk at everything that is not a letter, a mark or a digit:
// "400G-DR4" is the phrase 400G DR4.
func split(chunk string) []string {
	words := strings.FieldsFunc(chunk, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	for i, w := range words {
		if r := []rune(w); len(r) > maxRunes {
			words[i] = string(r[:maxRunes])
		}
	}
	return words[:min(len(words), maxTerms)]
}

// wanted tells whether at least one term must be there: "everything but" is
// not a search.
func wanted(terms []term) bool {
	for _, t := range terms {
		if !t.not {
			return true
		}
	}
	return false
}

// match writes the terms for FTS5. Every word is quoted, so that none is an
// operator: https://sqlite.org/fts5.html#full_text_query_syntax.
func match(terms []term) string {
	var with, without []string
	for _, t := range terms {
		quoted := `"` + strings.Join(t.words, " ") + `"`
		if t.not {
			without = append(without, quoted)
		} else {
			with = append(with, quoted)
		}
	}
	m := strings.Join(with, " AND ")
	if len(without) > 0 {
		m = "(" + m + ") NOT (" + strings.Join(without, " OR ") + ")"
	}
	return m
}

// websearch writes the terms for Postgres' websearch_to_tsquery.
func websearch(terms []term) string {
	var b strings.Builder
	for _, t := range terms {
		if t.not {
			b.WriteByte('-')
		}
		b.WriteString(`"` + strings.Join(t.words, " ") + `" `)
	}
	return b.String()
}
