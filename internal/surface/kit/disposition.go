package kit

import (
	"fmt"
	"strings"
)

// Disposition writes Content-Disposition (RFC 6266): the name in ASCII for those who
// know no better, and in full as RFC 8187 has it where that differs.
func Disposition(disposition, name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '_'
		}
		return r
	}, name)
	out := disposition + `; filename="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(plain) + `"`
	if plain == name && !strings.Contains(name, "%") { // some read %41 in a plain name as A
		return out
	}
	var full strings.Builder
	for _, b := range []byte(name) {
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("!#$&+-.^_`|~", b) >= 0 {
			full.WriteByte(b)
		} else {
			fmt.Fprintf(&full, "%%%02X", b)
		}
	}
	return out + "; filename*=UTF-8''" + full.String()
}
