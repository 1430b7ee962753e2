package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// lockOwner makes whoever writes about the same owner wait. Every owner of a
// subscription has a customer.
func (s store) lockOwner(ctx context.Context, o Owner) error {
	var rows []*customer
	return s.locked(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID).Order("id").Find(&rows).Error
}

// lastTurn is a subscription's newest turn, or nil.
func (s store) lastTurn(ctx context.Context, subscription uuid.UUID) (*Turn, error) {
	return one[Turn](s.db.Read(ctx).Where("subscription_id = ?", subscription).Order("sync_number DESC, step DESC"))
}

// standingOf adds up what an owner pays beside one subscription.
func (s store) standingOf(ctx context.Context, sub *Subscription) (past ownerPast, err error) {
	const others = `SELECT COALESCE(SUM(monthly_value), 0) FROM subscriptions
		WHERE owner_kind = ? AND owner_id = ? AND id <> ? AND currency = ? AND status IN ('active', 'past_due') AND pause_collection = '' AND monthly_value > 0`
	if err := s.db.Read(ctx).Raw(others, sub.Owner.Kind, sub.Owner.ID, sub.ID, sub.Currency).Scan(&past.others).Error; err != nil {
		return past, err
	}
	const before = `SELECT COUNT(*) FROM subscription_turns WHERE owner_kind = ? AND owner_id = ? AND movement <> ''`
	var n int64
	err = s.db.Read(ctx).Raw(before, sub.Owner.Kind, sub.Owner.ID).Scan(&n).Error
	past.paid = n > 0
	return past, err
}

// lastWish is the page from which an owner last went to buy, or "".
func (s store) lastWish(ctx context.Context, o Owner, now time.Time) (string, error) {
	const mine = "owner_kind = ? AND owner_id = ? AND created_at <= ?"
	c, err := one[checkout](s.db.Read(ctx).Where(mine, o.Kind, o.ID, now).Order("created_at DESC"))
	if c == nil || err != nil {
		return "", err
	}
	return c.ReturnTo, nil
}

func (s store) addTurns(ctx context.Context, turns []Turn) error {
	return s.db.Write(ctx).Create(&turns).Error
}

// turnsUntil is the last turn of each of an owner's subscriptions that was
// known at a moment, the newest subscription first.
func (s store) turnsUntil(ctx context.Context, o Owner, at time.Time) (out []turnThen, err error) {
	const query = `SELECT t.*, p.slug AS plan FROM subscription_turns t JOIN plans p ON p.id = t.plan_id
		WHERE t.owner_kind = ? AND t.owner_id = ? AND t.recorded_at <= ? AND NOT EXISTS (
			SELECT 1 FROM subscription_turns later WHERE later.subscription_id = t.subscription_id AND later.recorded_at <= ?
				AND (later.sync_number > t.sync_number OR later.sync_number = t.sync_number AND later.step > t.step))
		ORDER BY t.at DESC, t.id DESC`
	return out, s.db.Read(ctx).Raw(query, o.Kind, o.ID, at, at).Scan(&out).Error
}
