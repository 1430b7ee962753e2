package portal

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/phrase"
)

// known refuses a key that there is no text for, so that a page never shows
// one to readers.
func known(l *phrase.Language, key, text string) (string, error) {
	if text == key && !l.Has(key) {
		return "", fmt.Errorf("there is no text for %q", key)
	}
	return text, nil
}

// whole takes the number that a template counts by.
func whole(n any) int {
	switch n := n.(type) {
	case int:
		return n
	case int64:
		return int(n)
	}
	return 0
}

var (
	linked   = regexp.MustCompile(`\[([^\]]+)\]\(([a-z]+)\)`)
	stressed = regexp.MustCompile(`\*\*([^*]+)\*\*`)
)

// rich writes a text with links and stressed words: [words](name) leads to the
// value of that name, **words** stand out. What is put in is escaped.
func rich(l *phrase.Language, key, text string, pairs []any) (template.HTML, error) {
	if _, err := known(l, key, text); err != nil {
		return "", err
	}
	values := map[string]string{}
	var swaps []string
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		values[name] = value
		swaps = append(swaps, "{"+name+"}", template.HTMLEscapeString(value))
	}
	out := stressed.ReplaceAllString(template.HTMLEscapeString(text), "<b>$1</b>")
	var err error
	out = linked.ReplaceAllStringFunc(out, func(m string) string {
		part := linked.FindStringSubmatch(m)
		way := values[part[2]]
		if localPath(way) == "" {
			err = fmt.Errorf("the text %q links to %q, which is no path of this site", key, way)
		}
		return `<a href="` + template.HTMLEscapeString(way) + `">` + part[1] + `</a>`
	})
	return template.HTML(strings.NewReplacer(swaps...).Replace(out)), err //nolint:gosec // escaped above
}

// price writes an amount as the language does.
func price(l *phrase.Language, amount int64, currency string) string {
	if amount < 0 {
		return "−" + price(l, -amount, currency)
	}
	sign, units, tail := billing.MoneyParts(amount, currency)
	return l.Amount(sign, units, tail)
}

// inEnglish is a language, or the fallback where a page names none yet.
func inEnglish(l *phrase.Language) *phrase.Language {
	if l == nil {
		return phrase.In(phrase.Fallback)
	}
	return l
}

// waitText says how long to wait, rounded up but for a few seconds.
func waitText(l *phrase.Language, d time.Duration) string {
	const slack = 5 * time.Second
	switch minutes := int((d - slack + time.Minute - 1) / time.Minute); {
	case minutes <= 1:
		return l.Text("wait.minute")
	case minutes == 60:
		return l.Text("wait.hour")
	case minutes < 100:
		return l.Count("wait.minutes", minutes)
	default:
		return l.Count("wait.hours", (minutes+59)/60)
	}
}

// inLanguage puts what is wrong with a form into the language, as far as the
// catalogue has words for it.
func (f *form) inLanguage(l *phrase.Language, code string) {
	f.Message = l.Or("problem."+code, f.Message)
	for i, x := range f.Problems {
		f.Problems[i].Message = l.Or("problem."+x.Path+"."+x.Code, l.Or("problem."+x.Code, x.Message))
	}
}
