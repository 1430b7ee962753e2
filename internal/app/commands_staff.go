package app

import (
	"context"
	"fmt"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/config"
)

// ResetSecondFactor takes app, passkeys and recovery codes from a staff user
// and signs them out: the way back when the only owner has lost them. Whoever
// can run commands on the server can read its database anyway.
func ResetSecondFactor(ctx context.Context, cfg config.Config, c Console, email string) error {
	address, err := identity.ParseEmail(email)
	if err != nil {
		return readable(err)
	}
	return with(ctx, cfg, c, "command line", func(ctx context.Context, r *rooms) error {
		all, err := r.identity.Colleagues(ctx)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.Email != address.Canonical {
				continue
			}
			if !s.SecondFactor {
				c.say("%s signs in with a password alone; there is no second factor to take away.", s.EmailGiven)
				return nil
			}
			if err := r.identity.ResetSecondFactor(ctx, s.ID); err != nil {
				return readable(err)
			}
			c.say("%s signs in with the password alone now, and is signed out everywhere. They get a mail about it.", s.EmailGiven)
			if s.DisabledAt != nil {
				c.say("They are suspended, and stay so.")
			}
			return nil
		}
		return fmt.Errorf("nobody at the desk signs in with %s", address.Given)
	})
}
