package journal

import (
	"database/sql/driver"
	"fmt"
)

// Payload is a JSON object as it stands in the row.
type Payload []byte

// Value implements driver.Valuer: a text, which both engines take for JSON.
func (p Payload) Value() (driver.Value, error) { return string(p), nil }

// Scan implements sql.Scanner.
func (p *Payload) Scan(v any) error {
	switch v := v.(type) {
	case []byte:
		*p = append((*p)[:0], v...)
	case string:
		*p = Payload(v)
	default:
		return fmt.Errorf("journal: payload is a %T", v)
	}
	return nil
}

// MarshalJSON implements json.Marshaler.
func (p Payload) MarshalJSON() ([]byte, error) {
	if len(p) == 0 {
		return []byte("{}"), nil
	}
	return p, nil
}
