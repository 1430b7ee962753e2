package portal

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
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

// onDay writes a day that may not be known.
func onDay(l *phrase.Language, t *time.Time) string {
	if t == nil {
		return ""
	}
	return l.Date(*t)
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

// faultText says what went wrong: by its code where the catalogue has words for
// that, else as the fault says it, which is in English.
func faultText(l *phrase.Language, e *fault.Error) string {
	return inEnglish(l).Or("problem."+e.Code, e.Message)
}

// problemText says what is wrong with one field, by its name and code, or by
// the code alone.
func problemText(l *phrase.Language, x fault.Field) string {
	return l.Or("problem."+x.Path+"."+x.Code, l.Or("problem."+x.Code, x.Message))
}

// priceText is price where a variable has that name.
func priceText(l *phrase.Language, amount int64, currency string) string {
	return price(inEnglish(l), amount, currency)
}

// periodic writes what is paid each time: "$49 a month".
func periodic(l *phrase.Language, amount string, each billing.Interval) string {
	return inEnglish(l).Text("price.a_"+string(each), "price", amount)
}

// speaks is the language of the page that is asked for.
func (p *Portal) speaks(c *fiber.Ctx) *phrase.Language { return p.language(c.UserContext()) }

// says is a text in that language.
func (p *Portal) says(c *fiber.Ctx, key string, pairs ...any) string {
	return p.speaks(c).Text(key, pairs...)
}

// waits says when a fault of too much is over.
func (p *Portal) waits(c *fiber.Ctx, err error) string {
	return p.says(c, "error.wait", "time", waitText(p.speaks(c), fault.Of(err).RetryAfter))
}
