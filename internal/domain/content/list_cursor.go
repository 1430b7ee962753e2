package content

import (
	"encoding/base64"
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
}

func orderOf(f Filter) string {
	if f.Reverse {
		return "-" + string(f.Sort)
	}
	return string(f.Sort)
}

var never = time.Unix(0, 0).UTC() // when those were published that never were

func cursorAt(n *Note, f Filter) listCursor {
	c := listCursor{order: orderOf(f), id: n.ID}
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
	value := c.title
	if !strings.HasSuffix(c.order, string(ByTitle)) {
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
