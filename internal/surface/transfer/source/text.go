package source

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Text is a value of JSON that should be a text and may be a number, a truth
// or null: old exports have all of them.
type Text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || raw[0] == 'n':
		*t = ""
	case raw[0] == '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		*t = Text(s)
	case raw[0] == '{' || raw[0] == '[':
		return Wrong("a list or an object stands where a text should")
	default:
		*t = Text(raw)
	}
	return nil
}

// Yes tells whether the text is one that means yes.
func (t Text) Yes() bool { return Yes(string(t)) }

// Yes reads the truths of exports.
func Yes(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "1", "yes", "y", "t":
		return true
	}
	return false
}

var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999",
	"2006-01-02 15:04", time.RFC1123Z, time.RFC1123, time.DateOnly,
}

// When reads a moment as exports write it; without a zone it is in UTC. The
// zero time and true stand for none, as do years that cannot be.
func When(s string) (at time.Time, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasPrefix(s, "0000-00-00") || strings.EqualFold(s, "null") {
		return at, true
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, s); err == nil {
			return sane(at.UTC())
		}
	}
	// Old exports of Ghost count milliseconds.
	if ms, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 10 && len(s) <= 14 {
		return sane(time.UnixMilli(ms).UTC())
	}
	return at, false
}

func sane(at time.Time) (time.Time, bool) {
	if at.Year() < 1900 || at.Year() > 2200 {
		return time.Time{}, false
	}
	return at, true
}

// Line is the place of an entry that is a line of a file.
func Line(file string, n int) string {
	if file == "" {
		return "line " + strconv.Itoa(n)
	}
	return file + ":" + strconv.Itoa(n)
}
