package identity

import (
	"context"
	"time"
)

// Attempt is a counter of a limit.
type Attempt struct {
	Key    []byte    `gorm:"primaryKey"`
	N      int64     `gorm:"not null"`
	FreeAt time.Time `gorm:"not null"` // the next attempt is allowed from here on
	Until  time.Time `gorm:"not null"` // the counter starts anew after this
}

// never is a moment before every attempt.
var never = time.Unix(0, 0).UTC()

// countAttempt adds one and returns the new count, or 0 when a pause is on.
// The statement locks the row until the transaction ends. An attempt that had
// to wait for the lock comes with an older time than the one before it, so the
// time of an attempt is never written where another is compared with it.
func (s *Service) countAttempt(ctx context.Context, key []byte, now, until time.Time) (n int64, err error) {
	// The key must not come first: GORM takes bytes right after a parenthesis
	// for a list.
	const count = `INSERT INTO attempts (n, key, free_at, until) VALUES (1, ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET
			n = CASE WHEN attempts.until <= ? THEN 1 ELSE attempts.n + 1 END,
			until = CASE WHEN attempts.until <= ? THEN excluded.until ELSE attempts.until END,
			free_at = CASE WHEN attempts.until <= ? THEN excluded.free_at ELSE attempts.free_at END
		WHERE attempts.free_at <= ? RETURNING n`
	err = s.db.Write(ctx).Raw(count, key, never, until, now, now, now, now).Scan(&n).Error
	return n, err
}

func (s *Service) pauseToEnd(ctx context.Context, key []byte) error {
	return s.db.Write(ctx).Exec("UPDATE attempts SET free_at = until WHERE key = ?", key).Error
}

func (s *Service) pauseUntil(ctx context.Context, key []byte, at time.Time) error {
	return s.db.Write(ctx).Exec("UPDATE attempts SET free_at = ? WHERE key = ?", at, key).Error
}

func (s *Service) uncountAttempt(ctx context.Context, key []byte) error {
	return s.db.Write(ctx).Exec("UPDATE attempts SET n = n - 1, free_at = ? WHERE key = ? AND n > 0", never, key).Error
}

func (s *Service) readAttempt(ctx context.Context, key []byte) (a Attempt, err error) {
	err = s.db.Read(ctx).Where("key = ?", key).Take(&a).Error
	return a, err
}

func (s *Service) deleteAttempt(ctx context.Context, key []byte) error {
	return s.db.Write(ctx).Where("key = ?", key).Delete(&Attempt{}).Error
}

// remember keeps a mark that is no counter; known asks for it.
func (s *Service) remember(ctx context.Context, key []byte, now, until time.Time) error {
	const mark = `INSERT INTO attempts (n, key, free_at, until) VALUES (0, ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET until = excluded.until`
	return s.db.Write(ctx).Exec(mark, key, now, until).Error
}

func (s *Service) known(ctx context.Context, key []byte, now time.Time) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&Attempt{}).Where("key = ? AND until > ?", key, now).Count(&n).Error
	return n > 0, err
}
