package adminapi

import (
	"context"
	"crypto/sha256"
	"encoding/json"

	"github.com/google/uuid"
)

// created is what is kept of a create for its repeats.
type created struct {
	ID uuid.UUID `json:"id"`
}

// fingerprint tells whether two requests ask for the same.
func fingerprint(body any) ([]byte, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(raw)
	return sum[:], nil
}

// createOnce makes something once for each key. again says that this request
// has been answered before.
func (s *service) createOnce(ctx context.Context, scope, key string, body any, do func(context.Context) (uuid.UUID, error)) (id uuid.UUID, again bool, err error) {
	print, err := fingerprint(body)
	if err != nil {
		return id, false, err
	}
	answer, again, err := s.Once.Do(ctx, scope, key, print, func(ctx context.Context) ([]byte, error) {
		id, err := do(ctx)
		if err != nil {
			return nil, err
		}
		return json.Marshal(created{id})
	})
	if err != nil {
		return id, false, err
	}
	var kept created
	err = json.Unmarshal(answer, &kept)
	return kept.ID, again, err
}
