package portal

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lighttrends/internal/platform/phrase"
)

// machineTime is for datetime attributes, feeds and metadata.
func machineTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// plural writes a number with the word that fits it, for themes that have words
// of their own.
func plural(l *phrase.Language, n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return l.Number(n) + " " + many
}

// initial is the first letter of a name, to stand for a picture.
func initial(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	return strings.ToUpper(string(r))
}

// seconds writes a wait for the header Retry-After.
func seconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}
