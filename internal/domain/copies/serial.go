package copies

import (
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
)

// letters are those of Crockford's base 32: none that is taken for another.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const serialLength = 16 // of five bits: 80 bits nobody can guess

// newSerial makes a serial, as it is kept.
func newSerial() (string, error) {
	raw := make([]byte, serialLength)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("copies: %w", err)
	}
	for i, b := range raw {
		raw[i] = letters[b&31]
	}
	return string(raw), nil
}

// String writes the serial in groups of four: 7K2M-Q0VX-94TB-HC6E.
func (c *Copy) String() string {
	var groups []string
	for s := c.Serial; s != ""; s = s[min(4, len(s)):] {
		groups = append(groups, s[:min(4, len(s))])
	}
	return strings.Join(groups, "-")
}

// readSerial takes a serial as somebody typed it from paper: in any case, with
// blanks and hyphens anywhere, with O for 0 and I or L for 1. It gives "" for
// what can be none.
func readSerial(typed string) string {
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '–', '\u00a0', '\u2011':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, strings.ToUpper(strings.TrimSpace(typed)))
	if len(s) != serialLength || strings.Trim(s, letters) != "" {
		return ""
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }
