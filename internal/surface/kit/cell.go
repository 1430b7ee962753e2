package kit

import (
	"strconv"
	"strings"
)

// Cell is a text as it stands in a CSV file that a spreadsheet opens: what
// would be taken for a formula gets an apostrophe before it
// (https://owasp.org/www-community/attacks/CSV_Injection). Numbers stay as they
// are, also those that begin with a sign.
func Cell(text string) string {
	if _, err := strconv.ParseFloat(text, 64); err == nil || text == "" {
		return text
	}
	if strings.ContainsRune("=+-@\t\r\n|%", rune(text[0])) {
		return "'" + text
	}
	return text
}
