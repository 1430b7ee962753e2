package content

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// listCursor names the last row of a page of the desk's list. Which order it is
// of stands in it, so that it is not taken for one of another.
type listCursor struct {
	order string
	id    uuid.UUID
	at    time.Time
	title string
	place int64 // in the index of words
}

// byPlace marks the cursor of a search that goes along the index of words.
const byPlace = "words"

func orderOf(f Filter) string {
	order := string(f.Sort)
	if f.placed() {
		order = byPlace
	}
	if f.Reverse {
		return "-" + order
	}
	return order
}

var never = time.Unix(0, 0).UTC() // when those were published that never were

func cursorAt(n *listRow, f Filter) listCursor {
	c := listCursor{order: orderOf(f), id: n.ID, place: n.Place}
	switch f.Sort {
	case ByTitle:
		c.title = n.Title
	case ByPublication:
		if c.at = never; n.PublishedAt != nil {
			c.at = *n.PublishedAt
		}
	default:
		c.at = n.UpdatedAt
	}
	return c
}

func (c listCursor) String() string {
	var value string
	switch {
	case strings.HasSuffix(c.order, byPlace):
		value = strconv.FormatInt(c.place, 10)
	case strings.HasSuffix(c.order, string(ByTitle)):
		value = c.title
	default:
		value = cursor{c.at, c.id}.String()
	}
	return base64.RawURLEncoding.EncodeToString([]byte(c.order + "\n" + c.id.String() + "\n" + value))
}

func parseListCursor(s string, f Filter) (*listCursor, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // no cursor: the list from its beginning
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	part := strings.SplitN(string(raw), "\n", 3)
	if err != nil || len(part) != 3 || part[0] != orderOf(f) {
		return nil, errCursor
	}
	c := listCursor{order: part[0]}
	if c.id, err = uuid.Parse(part[1]); err != nil {
		return nil, errCursor
	}
	if f.placed() {
		if c.place, err = strconv.ParseInt(part[2], 10, 64); err != nil {
			return nil, errCursor
		}
		return &c, nil
	}
	if f.Sort == ByTitle {
		c.title = part[2]
		if !utf8.ValidString(c.title) || strings.Contains(c.title, "\x00") {
			return nil, errCursor
		}
		return &c, nil
	}
	at, err := parseCursor(part[2])
	if err != nil || at == nil {
		return nil, errCursor
	}
	c.at = at.at
	return &c, nil
}
