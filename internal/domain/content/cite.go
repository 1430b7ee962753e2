package content

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"lighttrends/internal/platform/phrase"
)

// Citation is how a version of a note is cited. It always names the version: a
// note can be corrected, and what was cited stays at its number.
type Citation struct {
	APA    string // as the American Psychological Association writes it, 7th edition
	BibTeX string
	URL    string // of the version
}

// VersionURL is the address of the version that is shown.
func (t *Teaser) VersionURL(base string) string {
	return base + "/notes/" + t.Slug + "/v/" + strconv.Itoa(t.Shown.Number)
}

// Cite cites the version that is shown, in the language of who cites. The
// publication is the publisher, and the author where nobody is named.
func (t *Teaser) Cite(l *phrase.Language, publication, base string) Citation {
	c := Citation{URL: t.VersionURL(base)}
	at := t.Shown.At.UTC()
	names, authors := apaNames(t.Authors), bibNames(t.Authors)
	publisher := publication + ". "
	if names == "" {
		names, authors, publisher = publication, "{"+tex(publication)+"}", ""
	}
	year, version, kind := at.Format("2006"), l.Text("cite.version", "number", t.Shown.Number), t.Kind.In(l)
	day := l.Text("cite.day", "year", year, "month", l.Months[at.Month()-1], "day", at.Day())
	c.APA = fmt.Sprintf("%s (%s). %s (%s) [%s]. %s%s", stopped(names), day, t.Title, version, kind, publisher, c.URL)
	fields := [][2]string{
		{"author", authors}, {"title", "{" + tex(t.Title) + "}"}, {"institution", tex(publication)}, {"type", tex(kind)}, {"number", tex(version)},
		{"year", year}, {"month", at.Format("1")}, {"url", c.URL},
	}
	if t.Series != nil && t.Issue != nil {
		fields = append(fields, [2]string{"note", tex(t.Series.Name + ", " + t.Issue.Label)})
	}
	var b strings.Builder
	b.WriteString("@techreport{" + t.citeKey())
	for _, f := range fields {
		b.WriteString(",\n  " + f[0] + " = {" + f[1] + "}")
	}
	c.BibTeX = b.String() + "\n}"
	return c
}

// stopped ends a name with one full stop.
func stopped(names string) string {
	if strings.HasSuffix(names, ".") {
		return names
	}
	return names + "."
}

// citeKey is the key of the entry: family name, year, and the first word of the
// address, as most tools make it.
func (t *Teaser) citeKey() string {
	who := "note"
	if len(t.Authors) > 0 {
		_, who = parted(t.Authors[0].Name)
	}
	word, _, _ := strings.Cut(t.Slug, "-")
	key := strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, who)
	return key + t.Shown.At.UTC().Format("2006") + word + "v" + strconv.Itoa(t.Shown.Number)
}

// parted takes a name apart: the last word is the family's.
func parted(name string) (given, family string) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "", ""
	}
	return strings.Join(words[:len(words)-1], " "), words[len(words)-1]
}

// apaNames writes "Lind, A., & Ek, B. C.".
func apaNames(authors []*Author) string {
	names := make([]string, 0, len(authors))
	for _, a := range authors {
		given, family := parted(a.Name)
		for word := range strings.FieldsSeq(given) {
			if family != "" && !strings.Contains(family, ",") {
				family += ","
			}
			family += " " + string([]rune(word)[:1]) + "."
		}
		names = append(names, family)
	}
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + ", & " + names[n-1]
	}
}

func bibNames(authors []*Author) string {
	names := make([]string, 0, len(authors))
	for _, a := range authors {
		given, family := parted(a.Name)
		if given != "" {
			family += ", " + given
		}
		names = append(names, tex(family))
	}
	return strings.Join(names, " and ")
}

// tex escapes what TeX would take for a command.
func tex(s string) string {
	return strings.NewReplacer(
		`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
	).Replace(s)
}
