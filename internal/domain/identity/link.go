package identity

import (
	"context"
	"time"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/frontend"
)

// Look is what the page behind a link shows before anything happens.
type Look struct {
	Email     string // as given
	Name      string // as given with the request; used when the account is new
	ExpiresAt time.Time
	ReturnTo  string // the origin of the front end the link leads back to; "" is here
}

// linkSpent is one answer for a link that was used, has expired or was never
// written by us.
func linkSpent() error {
	return fault.New(fault.Gone, "link_invalid", "This link has been used, or it is older than 15 minutes. Ask for a new one.")
}

// LookLink says whom a link would sign in. It changes nothing, so a mail
// scanner that opens the link spoils nothing; the page shows a button that
// posts to SpendLink, and never presses it by itself.
func (s *Service) LookLink(ctx context.Context, token string) (Look, error) {
	id, ok := s.secrets.readLink(token)
	if !ok {
		return Look{}, linkSpent()
	}
	row, err := s.readSignInToken(ctx, id, s.clock.Now())
	if err != nil {
		return Look{}, err
	}
	if row == nil {
		return Look{}, linkSpent()
	}
	return Look{Email: row.EmailGiven, Name: row.Name, ExpiresAt: row.ExpiresAt, ReturnTo: frontend.OriginOf(row.ReturnTo)}, nil
}

// SpendLink signs in the person the link was sent to, in whichever browser
// they opened it. It works once: of two at the same time exactly one wins. A
// link that a front end asked for signs nobody in: it leads back there, see
// [Return].
func (s *Service) SpendLink(ctx context.Context, token string, v Visit) (SignedIn, error) {
	id, ok := s.secrets.readLink(token)
	if !ok {
		return SignedIn{}, linkSpent()
	}
	row, err := s.readSignInToken(ctx, id, s.clock.Now())
	switch {
	case err != nil:
		return SignedIn{}, err
	case row == nil:
		return SignedIn{}, linkSpent()
	case row.KeyID != nil:
		return s.handBack(ctx, *row)
	}
	return s.spend(ctx, id, "link", v, linkSpent())
}
