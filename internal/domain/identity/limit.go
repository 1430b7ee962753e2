package identity

import (
	"context"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// limit is how often something may be tried. After the free attempts comes a
// pause: until the window ends, or one that doubles with each attempt.
type limit struct {
	name    string
	free    int64         // attempts without a pause
	window  time.Duration // from the first attempt on; then the counter starts anew
	longest time.Duration // of a growing pause; zero pauses until the window ends
}

// limits are the limits of the room. Those by account are the same whether
// the account exists or not.
type limits struct {
	mailsByClient, mailsByPair, mailsByAccount             limit
	codesByClient, codesByAccount                          limit
	passwordsByClient, passwordsByPair, passwordsByAccount limit
	factorsByClient, factorsByAccount, passkeysByClient    limit
	resetsByClient, resetsByAccount                        limit
	memberPasskeysByClient, memberPasswordsByClient        limit
	passwordChanges, accessAsksByClient                    limit
	returnsByClient, refreshesByClient, refreshesBySession limit
}

func houseLimits() limits {
	return limits{
		mailsByClient: limit{name: "mails by client", free: 30, window: time.Hour},
		// Whoever asks for the mails of somebody else uses up what is sent from
		// there, and keeps nobody out who asks from another place.
		mailsByPair:    limit{name: "mails by account and client", free: 5, window: time.Hour},
		mailsByAccount: limit{name: "mails by account", free: 20, window: time.Hour},
		// Whoever guesses codes has 15 of a million a day. The link always works.
		codesByClient:  limit{name: "codes by client", free: 100, window: time.Hour},
		codesByAccount: limit{name: "codes by account", free: 15, window: 24 * time.Hour},
		// Guessing from one place gets slow. From many places it stays under
		// 3,000 a day and costs a colleague who signs in at a new place half a
		// minute, again and again at worst; at a place where they signed in
		// before, nothing.
		passwordsByClient:  limit{name: "passwords by client", free: 60, window: time.Hour},
		passwordsByPair:    limit{name: "passwords by account and client", free: 5, window: 24 * time.Hour, longest: 15 * time.Minute},
		passwordsByAccount: limit{name: "passwords by account", free: 20, window: 24 * time.Hour, longest: 30 * time.Second},
		// Whoever types these knows the password already, so a long pause
		// holds up nobody who does not.
		factorsByClient:  limit{name: "second factors by client", free: 60, window: time.Hour},
		factorsByAccount: limit{name: "second factors by account", free: 5, window: 24 * time.Hour, longest: 15 * time.Minute},
		resetsByClient:   limit{name: "resets by client", free: 20, window: time.Hour},
		resetsByAccount:  limit{name: "resets by account", free: 3, window: time.Hour},
		passkeysByClient: limit{name: "passkeys by client", free: 120, window: time.Hour},
		// Each look at the sign-in page asks once, and an office looks from one
		// address.
		memberPasskeysByClient: limit{name: "member passkeys by client", free: 600, window: time.Hour},
		// Wrong ones only, and apart from the desk's: an office full of readers
		// holds up neither itself nor the staff.
		memberPasswordsByClient: limit{name: "member passwords by client", free: 400, window: time.Hour},
		passwordChanges:         limit{name: "password changes", free: 10, window: time.Hour},
		accessAsksByClient:      limit{name: "asks for access by client", free: 10, window: time.Hour},
		// A front end with a server of its own exchanges for all its readers from
		// one address. Nobody guesses any of these.
		returnsByClient: limit{name: "returns by client", free: 1200, window: time.Hour},
		// Wrong ones only.
		refreshesByClient: limit{name: "refreshes by client", free: 120, window: time.Hour},
		// A page that keeps nothing exchanges whenever it is loaded.
		refreshesBySession: limit{name: "refreshes by session", free: 240, window: time.Hour},
	}
}

// pause is how long nobody may try after the n-th attempt; zero for not at
// all, and until the window ends when it is negative.
func (l limit) pause(n int64) time.Duration {
	switch {
	case n < l.free:
		return 0
	case l.longest == 0:
		return -1
	}
	doublings := min(n-l.free, 20)
	return min(time.Second<<doublings, l.longest)
}

// attempt counts one attempt, or refuses it with TooMany. It counts before
// anything is looked at, in the transaction of the context, so that many
// attempts at once are counted one by one. A refused attempt changes nothing.
func (s *Service) attempt(ctx context.Context, l limit, who string) error {
	now, key := s.clock.Now(), s.secrets.blind(l.name, who)
	n, err := s.countAttempt(ctx, key, now, now.Add(l.window))
	if err != nil {
		return err
	}
	if n == 0 {
		return s.refuse(ctx, key, now)
	}
	switch pause := l.pause(n); {
	case pause < 0:
		return s.pauseToEnd(ctx, key)
	case pause > 0:
		return s.pauseUntil(ctx, key, now.Add(pause))
	}
	return nil
}

func (s *Service) refuse(ctx context.Context, key []byte, now time.Time) error {
	a, err := s.readAttempt(ctx, key)
	if err != nil {
		return err
	}
	f := fault.New(fault.TooMany, "too_many_attempts", "Too many attempts. Please wait a while and try again.")
	f.RetryAfter = max(a.FreeAt.Sub(now).Truncate(time.Second)+time.Second, time.Second)
	return f
}

// forgive starts a counter anew, after a success.
func (s *Service) forgive(ctx context.Context, l limit, who string) error {
	return s.deleteAttempt(ctx, s.secrets.blind(l.name, who))
}

// takeBack undoes one attempt that was let through, and the pause it began.
func (s *Service) takeBack(ctx context.Context, l limit, who string) error {
	return s.uncountAttempt(ctx, s.secrets.blind(l.name, who))
}

// CountAccessAsk counts that somebody at an address asks for access to a note,
// or refuses it with TooMany. The count is one for all who ask, whoever they
// say they are.
func (s *Service) CountAccessAsk(ctx context.Context, client string) error {
	return s.db.Tx(ctx, func(ctx context.Context) error { return s.attempt(ctx, s.limits.accessAsksByClient, network(client)) })
}

// network is whom a limit by client counts.
func network(address string) string { return actor.Network(address) }
