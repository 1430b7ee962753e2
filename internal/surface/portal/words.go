package portal

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Dates are days of UTC, as the library counts months.

func date(t time.Time) string { return t.UTC().Format("2 January 2006") }

func monthName(t time.Time) string { return t.UTC().Format("January 2006") }

// machineTime is for datetime attributes, feeds and metadata.
func machineTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// count writes a number with a comma between thousands.
func count(n int) string {
	s := strconv.Itoa(n)
	if n < 0 {
		return "−" + count(-n)
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plural writes a number with the word that fits it.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}

// initial is the first letter of a name, to stand for a picture.
func initial(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	return strings.ToUpper(string(r))
}

// either joins names: "A", "A or B", "A, B or C".
func either(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
}

// within says how long to wait, rounded up but for a few seconds.
func within(d time.Duration) string {
	const slack = 5 * time.Second
	switch minutes := int((d - slack + time.Minute - 1) / time.Minute); {
	case minutes <= 1:
		return "a minute"
	case minutes == 60:
		return "an hour"
	case minutes < 100:
		return plural(minutes, "minute", "minutes")
	default:
		return plural((minutes+59)/60, "hour", "hours")
	}
}

// seconds writes a wait for the header Retry-After.
func seconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}
