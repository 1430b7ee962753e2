package content

import (
	"strings"
	"testing"

	"lighttrends/internal/platform/fault"
)

// TestAFilterIsTakenApart: what is quoted is what stands between the marks, and
// a mistake is shown where it is.
func TestAFilterIsTakenApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		value string
		wrong string // what is said, and where
	}{
		`title="Film"`:               {value: "Film"},
		`title = "a \"b\" \\ c"`:     {value: `a "b" \ c`},
		"title=\"a\x00b\"":           {wrong: "without a zero byte. (at character 1)"},
		"title=\"a\\\x00b\"":         {wrong: "without a zero byte. (at character 1)"},
		`title="a`:                   {wrong: "A quotation mark is missing at the end. (at character 7)"},
		`"x"=1`:                      {wrong: "Here the name of a field was expected. (at character 1)"},
		`title="\"\"" title`:         {wrong: "(at character 14)"},
		`minutes="\"x"`:              {wrong: "A whole number was expected. (at character 9)"},
		`not not minutes > "\1\2" x`: {wrong: "(at character 26)"},
	} {
		c, err := parseCondition(text, &Catalogue{}, func(i *Issue) *Issue { return i })
		switch {
		case want.wrong == "" && (err != nil || c.test.equal != want.value):
			t.Errorf("%q: %+v, %v", text, c, err)
		case want.wrong != "" && (!fault.HasCode(err, "bad_filter") || !strings.Contains(fault.Of(err).Fields[0].Message, want.wrong)):
			t.Errorf("%q: %v", text, fault.Of(err).Fields)
		}
	}
}
