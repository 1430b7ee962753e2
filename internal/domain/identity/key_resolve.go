package identity

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Key is whoever showed a valid API key.
type Key struct {
	ID     uuid.UUID // zero for ADMIN_API_KEY
	Name   string
	Scopes []Scope
	FrontEnd
	actor actor.Actor
}

// Actor is who acts with the key.
func (k Key) Actor() actor.Actor { return k.actor }

// knownKey is what is remembered of a key in use.
type knownKey struct {
	Key
	expires *time.Time
}

func known(k APIKey) knownKey {
	at := FrontEnd{Origins: k.Origins, ReturnAddresses: k.ReturnAddresses}
	return knownKey{Key{ID: k.ID, Name: k.Name, Scopes: k.Scopes, FrontEnd: at, actor: k.Actor()}, k.ExpiresAt}
}

func errKeyRefused() error {
	return fault.New(fault.Unauthenticated, "key_invalid", "This API key is not valid.")
}

// ResolveKey says what a key may do. Anything but a valid key is one and the
// same Unauthenticated fault. Keys in use are remembered in memory, and
// forgotten on every node when one is revoked.
func (s *Service) ResolveKey(ctx context.Context, secret string) (Key, error) {
	sum := sha256.Sum256([]byte(secret)) // see hashToken, which takes memory
	if s.adminKey != nil && subtle.ConstantTimeCompare(sum[:], s.adminKey) == 1 {
		return bootstrapKey(), nil
	}
	k, ok := s.keys.Peek(string(sum[:]))
	if !ok {
		var err error
		if k, err = s.findKey(ctx, secret, hashToken(secret)); err != nil {
			return Key{}, err
		}
	}
	now := s.clock.Now()
	if k.expires != nil && !k.expires.After(now) {
		return Key{}, errKeyRefused()
	}
	if s.keyUse.due(k.ID, now) {
		s.noteKeyUse(ctx, k.ID, now)
	}
	return k.Key, nil
}

func (s *Service) findKey(ctx context.Context, secret string, hash []byte) (knownKey, error) {
	if !looksLikeKey(secret) {
		return knownKey{}, errKeyRefused()
	}
	k, err := s.keys.Get(ctx, string(hash), func(ctx context.Context) (knownKey, error) {
		row, err := s.readKey(ctx, hash)
		return known(row), err
	})
	if errors.Is(err, errNoKey) {
		return knownKey{}, errKeyRefused()
	}
	return k, err
}

// bootstrapKey is the operator's own key from the configuration. It may do
// everything: whoever sets it could as well open the database.
func bootstrapKey() Key {
	name := "ADMIN_API_KEY"
	return Key{Name: name, Scopes: Scopes(), actor: actor.Actor{
		Kind: actor.Key, Name: name, Capabilities: append(actor.All(), actor.ContentRead, actor.VisitorsAddress),
	}}
}

// noteKeyUse writes that the key is in use. When that fails the key is still
// good, so the request goes on.
func (s *Service) noteKeyUse(ctx context.Context, id uuid.UUID, now time.Time) {
	err := s.db.Tx(ctx, func(ctx context.Context) error { return s.touchKey(ctx, id, now, now.Add(-touchEvery)) })
	if err != nil {
		s.log.WarnContext(ctx, "could not note that an API key is in use", "key", id, "error", err)
	}
}

// lastUse remembers when this process last wrote the use of each key.
type lastUse struct {
	mu sync.Mutex
	at map[uuid.UUID]time.Time
}

func newLastUse() *lastUse { return &lastUse{at: map[uuid.UUID]time.Time{}} }

// due tells one caller in a quarter of an hour to write. Only keys that exist
// come here, so the map stays small.
func (l *lastUse) due(id uuid.UUID, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if last, ok := l.at[id]; ok && now.Sub(last) < touchEvery {
		return false
	}
	l.at[id] = now
	return true
}
