package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// subscription reads a row by Stripe's id, or nil.
func (s store) subscription(ctx context.Context, stripeID string) (*Subscription, error) {
	return one[Subscription](s.db.Read(ctx).Where("stripe_id = ?", stripeID))
}

func (s store) subscriptionByID(ctx context.Context, id uuid.UUID) (*Subscription, error) {
	return one[Subscription](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) subscriptionsByStripeID(ctx context.Context, ids []string) (map[string]*Subscription, error) {
	var rows []*Subscription
	if err := s.db.Read(ctx).Where("stripe_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[string]*Subscription, len(rows))
	for _, r := range rows {
		out[r.StripeID] = r
	}
	return out, nil
}

// subscriptionsOf lists what an owner has or had, newest first.
func (s store) subscriptionsOf(ctx context.Context, o Owner) (out []*Subscription, err error) {
	return out, s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID).Order("started_at DESC, id DESC").Find(&out).Error
}

func (s store) subscriptionIDsOfCustomer(ctx context.Context, customer string) (ids []string, err error) {
	return ids, s.db.Read(ctx).Model(&Subscription{}).Where("stripe_customer_id = ?", customer).Order("id").Pluck("stripe_id", &ids).Error
}

// subscriptionsAfter walks through the rows that have not ended, by id.
func (s store) subscriptionsAfter(ctx context.Context, after uuid.UUID, limit int) (out []*Subscription, err error) {
	const running = "id > ? AND status NOT IN ('canceled', 'incomplete_expired')"
	return out, s.db.Read(ctx).Where(running, after).Order("id").Limit(limit).Find(&out).Error
}

// saveSubscription writes a row that apply has changed. The row must still
// have the number before; a new row must not exist yet. Otherwise nothing is
// written and the error is errOvertaken.
func (s store) saveSubscription(ctx context.Context, sub *Subscription) error {
	if sub.SyncNumber == 1 {
		return s.insertSubscription(ctx, sub)
	}
	res := s.db.Write(ctx).Model(&Subscription{}).Where("id = ? AND sync_number = ?", sub.ID, sub.SyncNumber-1).
		Select("*").Omit("id", "owner_kind", "owner_id", "stripe_id", "created_at").Updates(sub)
	if res.Error == nil && res.RowsAffected == 0 {
		return errOvertaken
	}
	return res.Error
}

func (s store) insertSubscription(ctx context.Context, sub *Subscription) error {
	sub.ID = db.NewID()
	res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(sub)
	if res.Error == nil && res.RowsAffected == 0 {
		return errOvertaken
	}
	return res.Error
}

// standing is a row of the query behind Standings.
type standing struct {
	Plan         string
	Status       Status
	PastDueSince *time.Time
}

// standings is asked for every gated page, so it is one statement on one index.
func (s store) standings(ctx context.Context, o Owner) (out []standing, err error) {
	const query = `SELECT p.slug AS plan, s.status, s.past_due_since FROM subscriptions s JOIN plans p ON p.id = s.plan_id
		WHERE s.owner_kind = ? AND s.owner_id = ? ORDER BY s.started_at DESC, s.id DESC`
	return out, s.db.Read(ctx).Raw(query, o.Kind, o.ID).Scan(&out).Error
}

// pastDueMembers lists members whose renewal failed.
func (s store) pastDueMembers(ctx context.Context) (out []uuid.UUID, err error) {
	const query = `SELECT DISTINCT owner_id FROM subscriptions WHERE owner_kind = 'member' AND status = 'past_due'`
	return out, s.db.Read(ctx).Raw(query).Scan(&out).Error
}
