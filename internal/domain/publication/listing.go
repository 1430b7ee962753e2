package publication

import (
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// listing is what every list of this room is asked for: a part of a text, the
// page after a row, and how much of it.
type listing struct {
	search string
	after  uuid.UUID
	limit  int
}

func listingOf(search, cursor string, limit int) (l listing, err error) {
	var f fault.Fields
	if cursor != "" {
		l.after, err = uuid.Parse(cursor)
		f.Check(err == nil, "cursor", "bad_cursor", "This page of the list does not exist.")
	}
	f.Check(len(search) <= 254 && !strings.ContainsAny(search, "\x00\uFFFD"), "search", "bad_characters", "This cannot be searched for.")
	l.search = strings.TrimSpace(search)
	if l.limit = min(limit, 200); l.limit <= 0 {
		l.limit = 50
	}
	return l, f.Err()
}

// part is the search as a pattern for LIKE with '\' as the escape.
func (l listing) part() string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(l.search)) + "%"
}

// cut takes the row too many off a page, and gives the cursor of the next one.
func cut[T any](rows []T, limit int, id func(T) uuid.UUID) (page []T, next string) {
	if len(rows) <= limit {
		return rows, ""
	}
	return rows[:limit], id(rows[limit-1]).String()
}
