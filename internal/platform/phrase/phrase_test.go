package phrase_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/platform/phrase"
)

// hole finds the values that a text waits for.
var hole = regexp.MustCompile(`\{[a-z]+\}|\]\([a-z]+\)`)

// TestEveryLanguageSaysTheSame holds each catalogue to the keys of the
// fallback, and each text to the values and links that it is given.
func TestEveryLanguageSaysTheSame(t *testing.T) {
	t.Parallel()
	english := phrase.In("en")
	for _, l := range phrase.Shipped() {
		if missing := without(english.Keys(), l.Keys()); len(missing) > 0 {
			t.Errorf("%s lacks %v", l.Tag, missing)
		}
		unknown := slices.DeleteFunc(without(l.Keys(), english.Keys()), func(key string) bool {
			return strings.HasPrefix(key, "problem.") // faults speak English by themselves
		})
		if len(unknown) > 0 {
			t.Errorf("%s has %v, which nothing asks for", l.Tag, unknown)
		}
		for _, key := range english.Keys() {
			for _, n := range []int{1, 2} {
				want, got := holes(english, key, n), holes(l, key, n)
				if !slices.Equal(want, got) && n == 2 {
					t.Errorf("%s: %s takes %v and is given %v", l.Tag, key, got, want)
				}
			}
		}
	}
	if got := len(phrase.Shipped()); got < 2 {
		t.Errorf("%d languages", got)
	}
}

func without(all, some []string) (out []string) {
	for _, key := range all {
		if !slices.Contains(some, key) {
			out = append(out, key)
		}
	}
	return out
}

// holes lists what a text waits for. The number of a counted text is left out:
// a language may have a word for it.
func holes(l *phrase.Language, key string, n int) []string {
	text := l.Text(key)
	if text == key {
		text = l.Count(key, n)
	}
	found := hole.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNumbersDatesAndAmounts(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 3, 5, 23, 30, 0, 0, time.UTC)
	en, de := phrase.In("en-GB"), phrase.In("de-AT")
	for got, want := range map[string]string{
		en.Date(day): "5 March 2026", de.Date(day): "5. März 2026",
		en.Day(day): "5 March", de.Day(day): "5. März",
		en.Month(day): "March 2026", de.Month(day): "März 2026", de.ShortMonth(day): "Mär",
		en.Number(1234567): "1,234,567", de.Number(-1234567): "−1.234.567",
		en.Amount("$", 1450, ""): "$1,450", de.Amount("€", 1450, "05"): "1.450,05\u00a0€", de.Amount("CHF\u00a0", 3, ""): "3\u00a0CHF", en.Amount("€", -49, "50"): "−€49.50",
		en.Count("notes", 1): "1 note", en.Count("notes", 0): "0 notes", de.Count("notes", 1200): "1.200 Beiträge", de.Count("notes", 1): "1 Beitrag",
		en.Either([]string{"A", "B", "C"}): "A, B or C", de.Either([]string{"A", "B"}): "A oder B", de.Either([]string{"A"}): "A", de.Either(nil): "",
		en.Text("frame.arrears_until", "date", day): "Your last payment did not go through. You can read on until 5 March 2026.",
		de.Text("no such key"):                      "no such key", de.Or("no such key", "x"): "x", de.Text("notes"): "notes", de.Count("home.latest", 2): "home.latest",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if l := phrase.In("xx"); l.Tag != phrase.Fallback {
		t.Errorf("an unknown language is %s", l.Tag)
	}
}

// TestAValueIsNoText keeps what people typed from being read as a text.
func TestAValueIsNoText(t *testing.T) {
	t.Parallel()
	if got := phrase.In("en").Text("home.about", "name", "{name} & {title}"); got != "About {name} & {title}" {
		t.Error(got)
	}
	if !strings.Contains(phrase.In("de").Text("archive.ways", "notes", "[x](y)"), "[x](y)") {
		t.Error("a value was changed")
	}
}
