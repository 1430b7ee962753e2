package billing

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// store speaks to the tables of this room.
type store struct{ db *db.DB }

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any {
	return append(termTables(),
		&Plan{}, &Price{}, &customer{}, &checkout{}, &Subscription{}, &Event{},
		&Offer{}, &redemption{}, &settingRow{},
		&Reconciliation{}, &FoundRow{}, &Turn{},
		&stripeWrite{}, &refusalRow{},
		&errand{}, &Cancellation{}, &Invoice{}, &Refund{}, &Dispute{}, &Letter{},
	)
}

// one reads a row, or nil when there is none.
func one[T any](q *gorm.DB) (*T, error) {
	var row T
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &row, nil
}

// locked keeps others from changing the row until the transaction ends. SQLite
// needs no lock: its transactions begin as writers, one at a time.
func (s store) locked(ctx context.Context) *gorm.DB {
	q := s.db.Write(ctx)
	if s.db.Engine() == db.Postgres {
		return q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return q
}

func (s store) catalogue(ctx context.Context, first string) (*catalogue, error) {
	var plans []*Plan
	if err := s.db.Read(ctx).Order("position, slug").Find(&plans).Error; err != nil {
		return nil, err
	}
	var prices []Price
	if err := s.db.Read(ctx).Where("active").Find(&prices).Error; err != nil {
		return nil, err
	}
	return newCatalogue(plans, prices, first), nil
}

// plan reads a plan with every price it ever had, or nil.
func (s store) plan(ctx context.Context, id uuid.UUID) (*Plan, []Price, error) {
	return s.withPrices(ctx, s.db.Read(ctx).Where("id = ?", id))
}

func (s store) planForUpdate(ctx context.Context, slug string) (*Plan, []Price, error) {
	return s.withPrices(ctx, s.locked(ctx).Where("slug = ?", slug))
}

func (s store) withPrices(ctx context.Context, q *gorm.DB) (*Plan, []Price, error) {
	plan, err := one[Plan](q)
	if plan == nil || err != nil {
		return nil, nil, err
	}
	var prices []Price
	err = s.db.Read(ctx).Where("plan_id = ?", plan.ID).Order("id").Find(&prices).Error
	return plan, prices, err
}

func (s store) planIDs(ctx context.Context) (ids []uuid.UUID, err error) {
	return ids, s.db.Read(ctx).Model(&Plan{}).Order("position, slug").Pluck("id", &ids).Error
}

// putPlan inserts a plan or writes what may change of one. Two who make the
// same plan at once meet at the slug.
func (s store) putPlan(ctx context.Context, p *Plan) error {
	if p.Version == 1 {
		err := s.db.Write(ctx).Create(p).Error
		if db.IsDuplicate(err) {
			return errPlanExists
		}
		return err
	}
	columns := []string{"name", "description", "benefits", "position", "visible", "archived", "version", "updated_at",
		"trial_days", "ai_use", "seat_kind", "seats_from", "seats_to", "drift", "changed_by"}
	return s.db.Write(ctx).Model(&Plan{}).Where("id = ?", p.ID).Select(columns).Updates(p).Error
}

// putPrices writes which prices are sold. Those that go are written first: a
// plan has one active price for an interval.
func (s store) putPrices(ctx context.Context, prices []Price) error {
	sorted := slices.Clone(prices)
	slices.SortStableFunc(sorted, func(a, b Price) int {
		switch {
		case a.Active == b.Active:
			return 0
		case b.Active:
			return -1
		default:
			return 1
		}
	})
	for _, p := range sorted {
		res := s.db.Write(ctx).Model(&Price{}).Where("id = ?", p.ID).Update("active", p.Active)
		if res.Error == nil && res.RowsAffected == 0 {
			res = s.db.Write(ctx).Create(&p)
		}
		if res.Error != nil {
			return res.Error
		}
	}
	return nil
}

// adoptPrice writes down a price that was made at Stripe.
func (s store) adoptPrice(ctx context.Context, plan uuid.UUID, p Price, now time.Time) error {
	p.ID, p.PlanID, p.CreatedAt = db.NewID(), plan, now
	return s.db.Write(ctx).Create(&p).Error
}

// planBySlug reads a plan with every price it ever had, or nil.
func (s store) planBySlug(ctx context.Context, slug string) (*Plan, []Price, error) {
	return s.withPrices(ctx, s.db.Read(ctx).Where("slug = ?", slug))
}

// setDrift notes what is otherwise at Stripe, unless the plan has changed
// meanwhile.
func (s store) setDrift(ctx context.Context, p *Plan, now time.Time) error {
	p.LookedAt = &now
	return s.db.Write(ctx).Model(&Plan{}).Where("id = ? AND version = ?", p.ID, p.Version).Select("drift", "looked_at").UpdateColumns(p).Error
}

// forgetMirror makes the next run push a plan again.
func (s store) forgetMirror(ctx context.Context, plan uuid.UUID) error {
	return s.db.Write(ctx).Model(&Plan{}).Where("id = ?", plan).UpdateColumns(map[string]any{"mirrored_version": 0, "drift": "[]"}).Error
}

// placePlan puts a plan at a place of the page.
func (s store) placePlan(ctx context.Context, slug string, position int) error {
	return s.db.Write(ctx).Model(&Plan{}).Where("slug = ?", slug).UpdateColumn("position", position).Error
}

// setProduct notes a plan's product, unless another has been noted meanwhile.
func (s store) setProduct(ctx context.Context, plan uuid.UUID, was, is string) error {
	return s.db.Write(ctx).Model(&Plan{}).Where("id = ? AND stripe_product_id = ?", plan, was).UpdateColumn("stripe_product_id", is).Error
}

// setStripePrice notes what Stripe knows of a price.
func (s store) setStripePrice(ctx context.Context, p *Price) error {
	return s.db.Write(ctx).Model(&Price{}).Where("id = ?", p.ID).Select("stripe_price_id", "archived_at").Updates(p).Error
}

// setMirrored notes that Stripe shows this version. It tells false when the
// plan has changed meanwhile.
func (s store) setMirrored(ctx context.Context, plan uuid.UUID, version int64) (bool, error) {
	res := s.db.Write(ctx).Model(&Plan{}).Where("id = ? AND version = ?", plan, version).UpdateColumn("mirrored_version", version)
	return res.RowsAffected == 1, res.Error
}

// offer is what a price at Stripe stands for here.
type offer struct {
	PlanID        uuid.UUID
	Slug          string
	PriceID       uuid.NullUUID
	Bands         []Band `gorm:"serializer:json"`
	Volume        bool
	StripePriceID string
	ProductID     string
}

// offersByPrice finds plans by the prices this system made, old ones too.
func (s store) offersByPrice(ctx context.Context, prices []string) (out []offer, err error) {
	const query = `SELECT p.id AS plan_id, p.slug, r.id AS price_id, r.stripe_price_id, r.bands, r.volume
		FROM prices r JOIN plans p ON p.id = r.plan_id WHERE r.stripe_price_id IN ?`
	return out, s.db.Read(ctx).Raw(query, prices).Scan(&out).Error
}

// offersByProduct finds plans by their product, for prices made elsewhere.
func (s store) offersByProduct(ctx context.Context, products []string) (out []offer, err error) {
	const query = `SELECT id AS plan_id, slug, stripe_product_id AS product_id FROM plans WHERE stripe_product_id IN ?`
	return out, s.db.Read(ctx).Raw(query, products).Scan(&out).Error
}

// planSlug names a plan by its id.
func (s store) planSlug(ctx context.Context, id uuid.UUID) (slug string, err error) {
	return slug, s.db.Read(ctx).Model(&Plan{}).Where("id = ?", id).Pluck("slug", &slug).Error
}
