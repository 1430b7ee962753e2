package phrase

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Text is the text of a key with values in it: pairs of a name and what takes
// its place. A key without a text is given back, so that it is seen.
func (l *Language) Text(key string, pairs ...any) string {
	return l.Or(key, key, pairs...)
}

// Or is the text of a key, or another text when there is none.
func (l *Language) Or(key, other string, pairs ...any) string {
	t, ok := l.find(key)
	if !ok || t.forms != nil {
		return other
	}
	return l.fill(t.plain, pairs)
}

// Count is the text of a key in the form for a number, which stands for {n}.
func (l *Language) Count(key string, n int, pairs ...any) string {
	for x := l; x != nil; x = x.fallback {
		if t, ok := x.texts[key]; ok && t.forms != nil {
			return x.fill(t.forms[rules[x.Plural](max(n, -n))], append([]any{"n", n}, pairs...))
		}
	}
	return key
}

// fill puts values into a text.
func (l *Language) fill(s string, pairs []any) string {
	if len(pairs) < 2 || !strings.Contains(s, "{") {
		return s
	}
	swaps := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		v := l.value(pairs[i+1])
		if pairs[i] == "number" { // a name that is made of digits, and no amount
			v = fmt.Sprint(pairs[i+1])
		}
		swaps = append(swaps, fmt.Sprintf("{%v}", pairs[i]), v)
	}
	return strings.NewReplacer(swaps...).Replace(s)
}

func (l *Language) value(v any) string {
	switch v := v.(type) {
	case int:
		return l.Number(v)
	case int64:
		return l.Number(int(v))
	case string:
		return v
	case time.Time:
		return l.Date(v)
	}
	return fmt.Sprint(v)
}

// Number writes a whole number.
func (l *Language) Number(n int) string {
	if n < 0 {
		return "−" + l.Number(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + l.Thousands + s[i:]
	}
	return s
}

// Fraction writes a number with a few digits behind the point.
func (l *Language) Fraction(f float64) string {
	return strings.Replace(strconv.FormatFloat(f, 'g', 3, 64), ".", l.Decimal, 1)
}

// Amount writes an amount of money: the sign or code of its currency, the whole
// units, and the digits behind the point or "".
func (l *Language) Amount(sign string, whole int64, digits string) string {
	minus := ""
	if whole < 0 {
		minus, whole = "−", -whole
	}
	number := l.Number(int(whole))
	if digits != "" {
		number += l.Decimal + digits
	}
	if !strings.HasPrefix(l.AmountForm, "{sign}") { // a code brings its own space along, for standing before
		sign = strings.TrimRight(sign, "\u00a0")
	}
	return minus + strings.NewReplacer("{sign}", sign, "{number}", number).Replace(l.AmountForm)
}

// Date writes a day. Dates are days of UTC, as the library counts months.
func (l *Language) Date(t time.Time) string { return l.written(l.DateForm, t) }

// Day leaves out the year, for lists under the name of a month.
func (l *Language) Day(t time.Time) string { return l.written(l.DayForm, t) }

// Month writes a month with its year.
func (l *Language) Month(t time.Time) string { return l.written(l.MonthForm, t) }

// ShortMonth is the name of a month for a narrow cell.
func (l *Language) ShortMonth(t time.Time) string { return l.ShortMonths[t.UTC().Month()-1] }

func (l *Language) written(form string, t time.Time) string {
	year, month, day := t.UTC().Date()
	return strings.NewReplacer("{day}", strconv.Itoa(day), "{month}", l.Months[month-1], "{year}", strconv.Itoa(year)).Replace(form)
}

// Either joins names, the last two by the word for or.
func (l *Language) Either(names []string) string {
	n := len(names)
	if n < 2 {
		return strings.Join(names, "")
	}
	return l.Text("either", "first", strings.Join(names[:n-1], ", "), "last", names[n-1])
}
