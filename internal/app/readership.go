package app

import (
	"context"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/readership"
)

// openReadership opens the room that counts openings, and has the gatekeeper
// tell it of them.
func (r *rooms) openReadership() {
	r.readership = readership.New(readership.Deps{DB: r.db, Clock: r.clock, Log: r.log})
	r.gatekeeper.Count = func(who access.Reader, d access.Decision) {
		audience := readership.Stranger
		switch {
		case d.Paid():
			audience = readership.Subscriber
		case who.Signed():
			audience = readership.Member
		}
		r.readership.Count(readership.Opening{Note: d.Note(), Surface: who.Surface, Audience: audience, Whole: d.Full()})
	}
}

// closeReadership writes what was opened in the last moment.
func (r *rooms) closeReadership() {
	ctx, done := context.WithTimeout(context.Background(), 2*time.Second)
	defer done()
	if err := r.readership.Close(ctx); err != nil {
		r.log.Warn("what was opened in the last moment is not counted", "error", err)
	}
}
