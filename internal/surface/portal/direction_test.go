package portal_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"lighttrends/web"
)

// physical finds declarations that name a side of the screen instead of the
// beginning or the end of a line.
var physical = regexp.MustCompile(`(?:^|[{;\s])((?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right)(?:-[a-z]+)?|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)`)

// shorthand finds the four sides of a box in one declaration.
var shorthand = regexp.MustCompile(`(?:^|[{;\s])(margin|padding|inset|border-radius)\s*:\s*([^;}]+)`)

// onOneSide lists the declarations of a stylesheet that would stand on the
// wrong side where lines run from right to left.
func onOneSide(sheet string) (found []string) {
	sheet = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(sheet, "")
	found = append(found, physical.FindAllString(sheet, -1)...)
	for _, m := range shorthand.FindAllStringSubmatch(sheet, -1) {
		sides := outerFields(strings.Replace(m[2], "!important", "", 1))
		if len(sides) != 4 {
			continue
		}
		uneven := sides[1] != sides[3]
		if m[1] == "border-radius" {
			uneven = sides[0] != sides[1] || sides[2] != sides[3]
		}
		if uneven {
			found = append(found, m[0])
		}
	}
	return found
}

// outerFields splits at spaces that stand in no brackets.
func outerFields(s string) []string {
	depth := 0
	return strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		return r == ' ' && depth == 0
	})
}

// TestStylesNameNoSide keeps the portal readable from right to left: what
// stands at the beginning of a line is said to, and not to stand at the left.
func TestStylesNameNoSide(t *testing.T) {
	t.Parallel()
	sheet, err := fs.ReadFile(web.Static, "static/portal.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range onOneSide(string(sheet)) {
		t.Errorf("%q: say margin-inline-start, inset-inline-end, text-align: start and the like", strings.TrimSpace(x))
	}
	for _, x := range []string{
		"a{left:0}", "a { margin-left: 1px }", "a { border-right-color: red }", "a{text-align: right}", "a { padding: 1px 2px 3px 4px }",
		"a { border-radius: 0 4px 4px 0 }", "a { border-top-left-radius: 2px }", "a { float: left }",
	} {
		if len(onOneSide(x)) == 0 {
			t.Errorf("%s goes unseen", x)
		}
	}
	if x := onOneSide("a[align=right] { padding: 0 calc(1px + 2px) 0 calc(1px + 2px); text-align: end } /* left: */ .left { top: 0 }"); len(x) > 0 {
		t.Errorf("found %q where nothing is wrong", x)
	}
}
