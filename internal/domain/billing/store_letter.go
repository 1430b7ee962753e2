package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// insertLetter writes a letter unless it is there, and tells which.
func (s store) insertLetter(ctx context.Context, l *Letter) (bool, error) {
	res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(l)
	return res.RowsAffected == 1, res.Error
}

// claimLetter takes a queued letter that nobody is sending, or nil.
func (s store) claimLetter(ctx context.Context, id uuid.UUID, now, until time.Time) (*Letter, error) {
	const free = "id = ? AND state = 'queued' AND (claimed_until IS NULL OR claimed_until <= ?)"
	changes := map[string]any{"claimed_until": until, "attempts": gorm.Expr("attempts + 1")}
	res := s.db.Write(ctx).Model(&Letter{}).Where(free, id, now).Updates(changes)
	if res.Error != nil || res.RowsAffected == 0 {
		return nil, res.Error
	}
	return one[Letter](s.db.Write(ctx).Where("id = ?", id))
}

func (s store) releaseLetter(ctx context.Context, id uuid.UUID, code string) error {
	changes := map[string]any{"claimed_until": nil, "error": code}
	return s.db.Write(ctx).Model(&Letter{}).Where("id = ? AND state = 'queued'", id).Updates(changes).Error
}

func (s store) closeLetter(ctx context.Context, id uuid.UUID, state, code string, now time.Time) error {
	changes := map[string]any{"state": state, "error": code, "closed_at": now, "claimed_until": nil}
	return s.db.Write(ctx).Model(&Letter{}).Where("id = ? AND state = 'queued'", id).Updates(changes).Error
}

// stuckLetters lists letters that nobody is sending although they wait for
// some time: their job was lost.
func (s store) stuckLetters(ctx context.Context, now, since time.Time) (ids []uuid.UUID, err error) {
	const stuck = "state = 'queued' AND created_at < ? AND (claimed_until IS NULL OR claimed_until <= ?)"
	return ids, s.db.Read(ctx).Model(&Letter{}).Where(stuck, since, now).Order("created_at").Limit(500).Pluck("id", &ids).Error
}

func (s store) lettersOf(ctx context.Context, o Owner) (out []Letter, err error) {
	return out, s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID).Order("created_at DESC, id DESC").Find(&out).Error
}

// expiringCards lists subscriptions that renew before a moment with a card that
// is not good by then.
func (s store) expiringCards(ctx context.Context, now, until time.Time) (out []*Subscription, err error) {
	const expiring = `status IN ('active', 'trialing') AND NOT cancel_at_period_end AND cancel_at IS NULL AND pause_collection = ''
		AND card_expires IS NOT NULL AND current_period_end > ? AND current_period_end <= ? AND card_expires <= current_period_end`
	return out, s.db.Read(ctx).Where(expiring, now, until).Order("id").Find(&out).Error
}

// pastDueSince lists subscriptions whose trouble began in a span of time.
func (s store) pastDueSince(ctx context.Context, from, to time.Time) (out []*Subscription, err error) {
	return out, s.db.Read(ctx).Where("status = 'past_due' AND past_due_since > ? AND past_due_since <= ?", from, to).Order("id").Find(&out).Error
}
