package identity

import (
	"context"
	"time"
)

// keepEnded is how long an ended session stays in the table, for questions.
const keepEnded = 30 * 24 * time.Hour

// purgeExpired deletes sign-in requests that expired, counters whose window is
// over, and sessions that ended a month ago.
func (s *Service) purgeExpired(ctx context.Context) error {
	now := s.clock.Now()
	return s.db.Tx(ctx, func(ctx context.Context) error { return s.deleteExpired(ctx, now, now.Add(-keepEnded)) })
}
