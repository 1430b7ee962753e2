package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// ChangeKey says what of a key shall be different. What a key may do never
// changes: for that, make another.
type ChangeKey struct {
	ID              uuid.UUID
	Name            *string  // nil keeps it, and so do the others
	Origins         []string // an empty list that is not nil takes all away
	ReturnAddresses []string
}

// ChangeKey changes the name and the addresses of a key, on every node. It
// needs keys.write.
func (s *Service) ChangeKey(ctx context.Context, in ChangeKey) (k APIKey, err error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return k, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if k, err = s.lockKey(ctx, in.ID); err != nil {
			return err
		}
		if k.over(s.clock.Now()) {
			return fault.New(fault.Conflict, "api_key_over", "This key was revoked or has run out. Make a new one.")
		}
		if err := k.change(in); err != nil {
			return err
		}
		if err := s.saveKey(ctx, k); err != nil {
			return err
		}
		if err := s.db.Announce(ctx, topicKeys, ""); err != nil {
			return err
		}
		return s.record(ctx, "api_key.changed", "api_key", k.ID.String(), map[string]any{"name": k.Name, "origins": k.Origins, "return_addresses": k.ReturnAddresses})
	})
	return k, err
}

func (k *APIKey) change(in ChangeKey) error {
	var f fault.Fields
	if in.Name != nil {
		k.Name = requiredName(&f, *in.Name)
	}
	at := FrontEnd{k.Origins, k.ReturnAddresses}
	if in.Origins != nil {
		at.Origins = in.Origins
	}
	if in.ReturnAddresses != nil {
		at.ReturnAddresses = in.ReturnAddresses
	}
	at = at.checked(&f, k.Scopes)
	k.Origins, k.ReturnAddresses = at.Origins, at.ReturnAddresses
	return f.Err()
}
