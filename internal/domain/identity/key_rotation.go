package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// maxOverlap is how long the old key may go on beside the new one.
const maxOverlap = 30 * 24 * time.Hour

// RotateKey asks for a key that takes over from another.
type RotateKey struct {
	ID        uuid.UUID
	Overlap   time.Duration // until the old one ends
	ExpiresAt *time.Time    // of the new one; nil: as long as the old one was given
}

// RotateKey makes a key with the name, the scopes and the addresses of another,
// which ends after the overlap: time to put the new one where the old one is. It needs
// keys.write.
func (s *Service) RotateKey(ctx context.Context, in RotateKey) (secret string, k APIKey, err error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return "", k, err
	}
	now := s.clock.Now()
	var f fault.Fields
	f.Check(in.Overlap >= 0 && in.Overlap <= maxOverlap, "overlap_hours", "out_of_range", "From 0 to 720 hours.")
	f.Check(in.ExpiresAt == nil || in.ExpiresAt.After(now), "expires_at", "in_the_past", "This moment has passed.")
	if err := f.Err(); err != nil {
		return "", k, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		old, err := s.lockKey(ctx, in.ID)
		if err != nil {
			return err
		}
		if old.ReplacedBy != nil || old.over(now) {
			return fault.New(fault.Conflict, "api_key_over", "This key was revoked or replaced, or has run out. Make a new one.")
		}
		if err := mayHandOut(ctx, old.Scopes); err != nil {
			return err
		}
		secret, k = old.successor(in.ExpiresAt, now)
		if who := actor.From(ctx); who.Kind == actor.Staff {
			k.CreatedBy = &who.ID
		}
		return s.hand(ctx, old, k, now.Add(in.Overlap))
	})
	return secret, k, err
}

// over tells whether the key opens nothing any more.
func (k APIKey) over(now time.Time) bool {
	return k.RevokedAt != nil || k.ExpiresAt != nil && !k.ExpiresAt.After(now)
}

// successor is a new key for the same use. Without an end of its own it gets
// as much time as the old one was given.
func (k APIKey) successor(expires *time.Time, now time.Time) (secret string, next APIKey) {
	secret, prefix := newKeySecret(CreateKey{Scopes: k.Scopes}.kind())
	if expires == nil && k.ExpiresAt != nil {
		until := now.Add(k.ExpiresAt.Sub(k.CreatedAt))
		expires = &until
	}
	return secret, APIKey{
		ID: db.NewID(), Name: k.Name, Prefix: prefix, Hash: hashToken(secret), Scopes: k.Scopes, CreatedAt: now, ExpiresAt: expires,
		Origins: k.Origins, ReturnAddresses: k.ReturnAddresses,
	}
}

// hand makes the new key and lets the old one run out, on every node.
func (s *Service) hand(ctx context.Context, old, next APIKey, end time.Time) error {
	if err := s.insertKey(ctx, next); err != nil {
		return err
	}
	if old.ExpiresAt != nil && old.ExpiresAt.Before(end) {
		end = *old.ExpiresAt
	}
	if err := s.markKeyReplaced(ctx, old.ID, next.ID, end); err != nil {
		return err
	}
	if err := s.db.Announce(ctx, topicKeys, ""); err != nil {
		return err
	}
	return s.record(ctx, "api_key.rotated", "api_key", old.ID.String(), map[string]any{"name": old.Name, "replaced_by": next.ID})
}
