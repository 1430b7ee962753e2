package media

import (
	"cmp"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// cursor names the last row of a page by what the list is ordered by. Which
// order it is of stands in it, so that it is not taken for one of another.
type cursor struct {
	order  string
	by     Order
	number int64 // µs or bytes
	name   string
	id     uuid.UUID
}

func (q *Query) column() string {
	switch q.Order {
	case ByName:
		return "name_key"
	case BySize:
		return "bytes"
	}
	return "created_at"
}

// ascending: names go up and the others down, unless turned round.
func (q *Query) ascending() bool { return (q.Order == ByName) != q.Reverse }

func (q *Query) order() string {
	if q.ascending() {
		return string(q.Order) + "+"
	}
	return string(q.Order) + "-"
}

func cursorAt(e Entry, q Query) cursor {
	c := cursor{order: q.order(), by: q.Order}
	var at time.Time
	var size int64
	if e.Item != nil {
		c.id, at, size, c.name = e.Item.ID, e.Item.CreatedAt, e.Item.Bytes, e.Item.NameKey
	} else {
		c.id, at, size, c.name = e.Attachment.ID, e.Attachment.CreatedAt, e.Attachment.Bytes, e.Attachment.NameKey
	}
	if c.number = at.UnixMicro(); q.Order == BySize {
		c.number = size
	}
	return c
}

// value is what the column of the order is compared with.
func (c cursor) value() any {
	switch c.by {
	case ByName:
		return c.name
	case BySize:
		return c.number
	}
	return time.UnixMicro(c.number).UTC()
}

// compare sorts as the database does.
func (c cursor) compare(d cursor) int {
	n := cmp.Compare(c.number, d.number)
	if c.by == ByName {
		n = strings.Compare(c.name, d.name)
	}
	n = cmp.Or(n, strings.Compare(c.id.String(), d.id.String()))
	if strings.HasSuffix(c.order, "-") {
		return -n
	}
	return n
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.order + "\n" + c.id.String() + "\n" + strconv.FormatInt(c.number, 10) + "\n" + c.name))
}

var errCursor = fault.New(fault.BadRequest, "bad_cursor", "The cursor is not one that this list gave out.")

// lastMoment is the end of the year 9999, which both databases still store.
const lastMoment = 253402300799_999_999 // µs

func parseCursor(s string, q Query) (*cursor, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // no cursor: the list from its beginning
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	part := strings.SplitN(string(raw), "\n", 4)
	if err != nil || len(part) != 4 || part[0] != q.order() || !utf8.ValidString(part[3]) || strings.Contains(part[3], "\x00") {
		return nil, errCursor
	}
	c := cursor{order: part[0], by: q.Order, name: part[3]}
	if c.id, err = uuid.Parse(part[1]); err != nil {
		return nil, errCursor
	}
	c.number, err = strconv.ParseInt(part[2], 10, 64)
	if err != nil || c.number < 0 || c.number > lastMoment {
		return nil, errCursor
	}
	return &c, nil
}
