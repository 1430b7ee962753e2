package content

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Order is what a list of published notes goes by: a name from [Orders], with
// a hyphen before it from the greatest to the least.
type Order string

// Newest is the order of a list that asks for none.
const Newest Order = "-published_at"

const byTitle = "title"

// orders are the fields that lists can go by, each along an index of its own.
var orders = []string{"published_at", "changed_at", byTitle, "minutes"}

// Orders lists every order.
func Orders() (out []Order) {
	for _, o := range orders {
		out = append(out, Order("-"+o), Order(o))
	}
	return out
}

// ParseOrder reads the name of an order; "" is the usual one.
func ParseOrder(text string) (Order, error) {
	if text == "" {
		return Newest, nil
	}
	var names []string
	for _, o := range Orders() {
		if string(o) == text {
			return o, nil
		}
		names = append(names, string(o))
	}
	f := fault.New(fault.BadRequest, "bad_sort", "There is no such order.")
	f.Fields = []fault.Field{{Path: "sort", Code: "unknown", Message: "One of " + strings.Join(names, ", ") + "."}}
	return "", f
}

// column is the name without the hyphen, and whether there was one.
func (o Order) column() (name string, reverse bool) {
	if o == "" {
		o = Newest
	}
	return strings.CutPrefix(string(o), "-")
}

// place is where a page of a list ended.
type place struct {
	key any // time, number or title
	id  uuid.UUID
}

// otherOrder begins the cursors of every order but the usual one, which may
// have been kept from before there were others.
const otherOrder = 0xff

// after writes the place of a note as a cursor. It holds the name of the order
// and nothing that the note did not show.
func (o Order) after(n *Note) string {
	name, reverse := o.column()
	if name == orders[0] && reverse {
		return cursor{*n.PublishedAt, n.ID}.String()
	}
	b := append([]byte{otherOrder, byte(len(o))}, o...) //nolint:gosec // a name from the list
	b = append(b, n.ID[:]...)
	switch name {
	case byTitle:
		b = append(b, n.Title...)
	case "minutes":
		b = binary.BigEndian.AppendUint64(b, uint64(max(n.Minutes, 0)))
	case "changed_at":
		at := n.PublishedAt
		if n.ChangedAt != nil {
			at = n.ChangedAt
		}
		b = binary.BigEndian.AppendUint64(b, uint64(at.UnixMicro()))
	default:
		b = binary.BigEndian.AppendUint64(b, uint64(n.PublishedAt.UnixMicro()))
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

var errOtherOrder = fault.New(fault.BadRequest, "bad_cursor", "The cursor is of a list in another order. Begin anew, or sort as before.")

// parse reads a cursor of this order; nil is the beginning.
func (o Order) parse(text string) (*place, error) {
	name, reverse := o.column()
	b, err := base64.RawURLEncoding.DecodeString(text)
	usual := name == orders[0] && reverse
	switch {
	case text == "":
		return nil, nil //nolint:nilnil // no cursor: the list from its beginning
	case err != nil:
		return nil, errCursor
	case usual && len(b) > 2 && b[0] == otherOrder, !usual && len(b) == 24 && b[0] != otherOrder:
		return nil, errOtherOrder
	case usual:
		c, err := parseCursor(text)
		if err != nil {
			return nil, err
		}
		return &place{c.at, c.id}, nil
	}
	own := 2 + len(o)
	if len(b) < own+16 || b[0] != otherOrder {
		return nil, errCursor
	}
	if int(b[1]) != len(o) || string(b[2:own]) != string(o) {
		return nil, errOtherOrder
	}
	p := &place{id: uuid.UUID(b[own : own+16])}
	p.key, err = keyOf(name, b[own+16:])
	return p, err
}

func keyOf(name string, b []byte) (any, error) {
	if name == byTitle {
		if text := string(b); utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
			return text, nil
		}
		return nil, errCursor
	}
	if len(b) != 8 {
		return nil, errCursor
	}
	n := int64(binary.BigEndian.Uint64(b)) //nolint:gosec // a bit pattern
	if name == "minutes" {
		if n < 0 || n > 1<<31-1 {
			return nil, errCursor
		}
		return n, nil
	}
	if n < 0 || n > lastMoment {
		return nil, errCursor
	}
	return time.UnixMicro(n).UTC(), nil
}
