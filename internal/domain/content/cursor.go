package content

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// cursor names the last row of a page by what the list is ordered by. It is
// opaque to clients and holds nothing that the row did not show.
type cursor struct {
	at time.Time
	id uuid.UUID
}

func (c cursor) String() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(c.at.UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(append(b, c.id[:]...))
}

// lastMoment is the end of the year 9999 in microseconds: no note is later.
const lastMoment = 253402300799 * 1_000_000

var errCursor = fault.New(fault.BadRequest, "bad_cursor", "The cursor is not one that this list gave out.")

func parseCursor(s string) (*cursor, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // no cursor: the list from its beginning
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) != 24 {
		return nil, errCursor
	}
	us := int64(binary.BigEndian.Uint64(b)) //nolint:gosec // a bit pattern
	if us < 0 || us > lastMoment {
		return nil, errCursor
	}
	return &cursor{time.UnixMicro(us).UTC(), uuid.UUID(b[8:])}, nil
}
