package webhook

import (
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/mail/lettertest"
)

// TestThePausedLetterReadsWell compares it with how it is drawn.
func TestThePausedLetterReadsWell(t *testing.T) {
	t.Parallel()
	o := &Outlet{Deps: Deps{DeskURL: "https://portal.example/desk/webhooks"}}
	to := Keeper{ID: uuid.Nil, Address: mail.Address{Name: "Olga Brandt", Email: "olga@coldside.example"}}
	lettertest.Golden(t, "paused", o.pausedLetter(to, &Endpoint{Name: "Data room", Why: "It answered 410: it is gone."}, uuid.Nil))
}
