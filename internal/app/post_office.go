package app

import (
	"context"
	"sync"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/mail"
)

// postOffice counts what becomes of letters, for the health page, and notes
// which were sent to whom.
type postOffice struct {
	mailer
	clock clock.Clock
	note  func(ctx context.Context, l mail.Letter, refused bool)

	mu           sync.Mutex
	sent, failed int64
	lastSent     time.Time
	lastFailure  time.Time
	refused      bool // the last failure was for good
}

// Send implements mailer.
func (p *postOffice) Send(ctx context.Context, l mail.Letter) error {
	err := p.mailer.Send(ctx, l)
	if err == nil || mail.Permanent(err) {
		p.note(ctx, l, err != nil)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		p.failed++
		p.lastFailure, p.refused = p.clock.Now(), mail.Permanent(err)
		return err
	}
	p.sent++
	p.lastSent = p.clock.Now()
	return nil
}
