package identity

import (
	"context"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
)

// NobodysHash is the hash that stands for nobody.
const NobodysHash = nobodysHash

// SendSignInMailNow does the job's work.
func (s *Service) SendSignInMailNow(ctx context.Context, id uuid.UUID) error {
	return s.sendSignInMail(ctx, id)
}

// PurgeNow does the job's work.
func (s *Service) PurgeNow(ctx context.Context) error { return s.purgeExpired(ctx) }

// HashParams are the parameters of new hashes.
func (s *Service) HashParams() argon2id.Params { return s.passwords.params }

// Network, Device and Fold are inner functions with rules of their own.
func Network(address string) string { return network(address) }

// Device shortens a User-Agent header.
func Device(header string) string { return device(header) }

// LooksLikeKey checks a key's form.
func LooksLikeKey(s string) bool { return looksLikeKey(s) }

// PauseAfter is a limit's pause in seconds after the n-th attempt.
func (s *Service) PauseAfter(n int64) (pair, account float64) {
	return s.limits.passwordsByPair.pause(n).Seconds(), s.limits.passwordsByAccount.pause(n).Seconds()
}
