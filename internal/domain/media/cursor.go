package media

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// cursor names the last row of a page by what the list is ordered by.
type cursor struct {
	at time.Time
	id uuid.UUID
}

func (c cursor) String() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(c.at.UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(append(b, c.id[:]...))
}

var errCursor = fault.New(fault.BadRequest, "bad_cursor", "The cursor is not one that this list gave out.")

// lastMoment is the end of the year 9999, which both databases still store.
const lastMoment = 253402300799_999_999 // µs

func parseCursor(s string) (*cursor, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // no cursor: the list from its beginning
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) != 8+16 {
		return nil, errCursor
	}
	at := binary.BigEndian.Uint64(b)
	if at > lastMoment {
		return nil, errCursor
	}
	return &cursor{time.UnixMicro(int64(at)).UTC(), uuid.UUID(b[8:])}, nil
}
