package phrase

// rules choose the plural form of a whole number, by the names that Unicode
// gives the forms (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html).
// A catalogue names its rule.
var rules = map[string]func(n int) string{
	"none": func(int) string { return "other" }, // Japanese, Chinese
	"one-other": func(n int) string { // English, German, Dutch, Italian
		if n == 1 {
			return "one"
		}
		return "other"
	},
	"zero-one": func(n int) string { // French
		if n == 0 || n == 1 {
			return "one"
		}
		return "other"
	},
	"slavic": slavic, // Russian, Ukrainian
	"arabic": arabic,
}

// pluralForms are those that a text has to have under a rule.
var pluralForms = map[string][]string{
	"none": {"other"}, "one-other": {"one", "other"}, "zero-one": {"one", "other"}, "slavic": {"one", "few", "many"},
	"arabic": {"zero", "one", "two", "few", "many", "other"},
}

func slavic(n int) string {
	ten, hundred := n%10, n%100
	switch {
	case ten == 1 && hundred != 11:
		return "one"
	case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
		return "few"
	}
	return "many"
}

func arabic(n int) string {
	hundred := n % 100
	switch {
	case n == 0:
		return "zero"
	case n == 1:
		return "one"
	case n == 2:
		return "two"
	case hundred >= 3 && hundred <= 10:
		return "few"
	case hundred >= 11:
		return "many"
	}
	return "other"
}
