package search

import (
	"encoding/base64"
	"encoding/binary"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

var errCursor = fault.New(fault.BadRequest, "bad_cursor", "The cursor is not one that this search gave out.")

// cursor names the last hit of a page by what the order goes by. The order
// stands in it, so that it is not taken for one of another.
func (h hit) cursor(s Sort) string {
	b := binary.BigEndian.AppendUint64([]byte{byte(h.class), sorted(s)}, uint64(h.place)) //nolint:gosec // a bit pattern; a class is a small number
	return base64.RawURLEncoding.EncodeToString(append(b, h.note[:]...))
}

func sorted(s Sort) byte {
	if s == Recent {
		return 'r'
	}
	return 'b'
}

func parseCursor(text string, s Sort) (hit, error) {
	if text == "" {
		return start, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) != 26 || b[0] < classBegun || b[0] > classTitle || b[1] != sorted(s) {
		return hit{}, errCursor
	}
	return hit{int(b[0]), int64(binary.BigEndian.Uint64(b[2:10])), uuid.UUID(b[10:])}, nil //nolint:gosec // a bit pattern
}
