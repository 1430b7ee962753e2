package identity

import (
	"context"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// NobodysHash is the hash that stands for nobody.
const NobodysHash = nobodysHash

// SendSignInMailNow does the job's work.
func (s *Service) SendSignInMailNow(ctx context.Context, id uuid.UUID) error {
	return s.sendSignInMail(ctx, id, "")
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

// MemberPasswordCounter is the key of what a client's members may try.
func (s *Service) MemberPasswordCounter(client string) []byte {
	return s.secrets.blind(s.limits.memberPasswordsByClient.name, client)
}

// RetryAfter is how long the mail job waits after an attempt.
func (s *Service) RetryAfter(attempt int) time.Duration {
	job := &river.Job[SendSignInMail]{JobRow: &rivertype.JobRow{Attempt: attempt}}
	return (&mailWorker{service: s}).NextRetry(job).Sub(s.clock.Now())
}

// HoldHashing makes every comparison of a password wait until release.
func (s *Service) HoldHashing() (release func()) {
	for range cap(s.passwords.allowed) {
		s.passwords.allowed <- struct{}{}
	}
	return func() {
		for range cap(s.passwords.allowed) {
			<-s.passwords.allowed
		}
	}
}

// SendInvitationMailNow does the job's work.
func (s *Service) SendInvitationMailNow(ctx context.Context, id uuid.UUID, n int64) error {
	return s.sendInvitationMail(ctx, id, n)
}

// SendResetMailNow does the job's work.
func (s *Service) SendResetMailNow(ctx context.Context, id uuid.UUID) error {
	return s.sendResetMail(ctx, id)
}

// Reception is the desk where look-ups of sessions are shared.
type Reception struct{ r *reception }

// Counters is how many look-ups run at a time.
const Counters = counters

// NewReception makes one that looks up in this way.
func NewReception(look func(ctx context.Context, hashes [][]byte) (map[string]Session, error)) Reception {
	return Reception{&reception{look: look}}
}

// Ask finds one session.
func (x Reception) Ask(ctx context.Context, hash []byte) (Session, bool, error) {
	return x.r.ask(ctx, hash)
}

// Waiting is how many wait for the next look-up.
func (x Reception) Waiting() int {
	x.r.mu.Lock()
	defer x.r.mu.Unlock()
	if x.r.next == nil {
		return 0
	}
	return len(x.r.next.hashes)
}

// SendEmailChangeNow does the work of both jobs of a change of address.
func (s *Service) SendEmailChangeNow(ctx context.Context, id uuid.UUID) error {
	if err := s.sendEmailChange(ctx, id); err != nil {
		return err
	}
	return s.sendEmailChanged(ctx, id)
}

// SendLeavingNow does the job's work.
func (s *Service) SendLeavingNow(ctx context.Context, l Leaving) error {
	return s.sendLeaving(ctx, SendLeaving{Member: l.MemberID, AskedAt: l.AskedAt})
}

// SendMemberNoticeNow does the job's work.
func (s *Service) SendMemberNoticeNow(ctx context.Context, job SendMemberNotice) error {
	return s.sendMemberNotice(ctx, job)
}

// SendSharingAlertNow does the job's work.
func (s *Service) SendSharingAlertNow(ctx context.Context, id uuid.UUID) error {
	return s.sendSharingAlert(ctx, id)
}
