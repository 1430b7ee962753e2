package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lighttrends/internal/platform/fault"
)

const maxName = 100 // characters

// cleanName brings a person's name into one form and says what is wrong with
// it. An empty name is for the caller to judge.
func cleanName(f *fault.Fields, s string) string {
	if len(s) > 8*maxName || !utf8.ValidString(s) {
		f.Add("name", "bad_characters", "This does not look like a name.")
		return ""
	}
	s = norm.NFC.String(strings.Join(strings.Fields(s), " "))
	bad := func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
	}
	f.Check(strings.IndexFunc(s, bad) < 0, "name", "bad_characters", "This does not look like a name.")
	f.MaxRunes("name", s, maxName)
	return s
}

// requiredName is cleanName for a name that must be there.
func requiredName(f *fault.Fields, s string) string {
	if strings.TrimSpace(s) == "" {
		f.Required("name", "")
		return ""
	}
	return cleanName(f, s)
}
