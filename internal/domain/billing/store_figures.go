package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

// month is SQL for the month a moment lies in.
func (s store) month(column string) string {
	if s.db.Engine() == db.Postgres {
		return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM')"
	}
	return "substr(" + column + ", 1, 7)"
}

// moved adds up all movements before a moment, by month.
func (s store) moved(ctx context.Context, before time.Time) (out []movedIn, err error) {
	query := "SELECT " + s.month("at") + ` AS month, currency, movement, SUM(delta) AS amount, COUNT(*) AS count
		FROM subscription_turns WHERE movement <> '' AND at < ? GROUP BY 1, 2, 3 ORDER BY currency, 1`
	return out, s.db.Read(ctx).Raw(query, before).Scan(&out).Error
}

// planValueRow is PlanValue with its currency.
type planValueRow struct {
	PlanValue
	Currency string
}

func (s store) planValues(ctx context.Context) (out []planValueRow, err error) {
	const query = `SELECT p.slug AS plan, p.name, s.currency, COUNT(*) AS subscribers, SUM(s.monthly_value) AS value
		FROM subscriptions s JOIN plans p ON p.id = s.plan_id
		WHERE s.status IN ('active', 'past_due') AND s.pause_collection = '' AND s.monthly_value >= 0
		GROUP BY p.slug, p.name, p.position, s.currency ORDER BY s.currency, p.position, p.slug`
	return out, s.db.Read(ctx).Raw(query).Scan(&out).Error
}

// churnRow is ChurnReason with its currency.
type churnRow struct {
	ChurnReason
	Currency string
}

func (s store) churnReasons(ctx context.Context, span Span) (out []churnRow, err error) {
	const query = `SELECT currency, reason, feedback, COUNT(*) AS count, -SUM(delta) AS value FROM subscription_turns
		WHERE movement = 'churn' AND at >= ? AND at < ? GROUP BY 1, 2, 3 ORDER BY currency, count DESC, reason, feedback`
	return out, s.db.Read(ctx).Raw(query, span.From, span.To).Scan(&out).Error
}

// sourceRow is Source with its currency.
type sourceRow struct {
	Source
	Currency string
}

// revenueRow is Revenue with its currency.
type revenueRow struct {
	Revenue
	Currency string
}

// revenue adds up paid bills by the month in which they were paid and the plan
// that their subscription was on by then, or that was ordered by invoice.
func (s store) revenue(ctx context.Context, span Span) (out []revenueRow, err error) {
	query := "SELECT " + s.month("i.paid_at") + ` AS month, i.currency, COALESCE(p.slug, '') AS plan, COALESCE(p.name, '') AS name,
			COUNT(*) AS bills, SUM(i.paid) AS paid, SUM(CASE WHEN i.paid > 0 THEN i.tax ELSE 0 END) AS tax, SUM(i.refunded) AS refunded
		FROM invoices i LEFT JOIN subscriptions s ON s.stripe_id = i.subscription_id
		LEFT JOIN orders o ON o.invoice_id = i.stripe_id AND o.invoice_id <> ''
		LEFT JOIN plans p ON p.id = COALESCE((SELECT t.plan_id FROM subscription_turns t
			WHERE t.subscription_id = s.id AND t.at <= i.paid_at ORDER BY t.at DESC, t.sync_number DESC, t.step DESC LIMIT 1), s.plan_id, o.plan_id)
		WHERE i.status = 'paid' AND i.paid_at >= ? AND i.paid_at < ?
		GROUP BY 1, i.currency, p.slug, p.name ORDER BY i.currency, 1, 3`
	return out, s.db.Read(ctx).Raw(query, span.From, span.To).Scan(&out).Error
}

// maxSources bounds the list of pages that sold something.
const maxSources = 100

func (s store) sources(ctx context.Context, span Span) (out []sourceRow, err error) {
	const query = `SELECT currency, source AS page, COUNT(*) AS count, SUM(delta) AS value FROM subscription_turns
		WHERE movement IN ('new', 'reactivation') AND at >= ? AND at < ? GROUP BY 1, 2 ORDER BY count DESC, value DESC, page LIMIT ?`
	return out, s.db.Read(ctx).Raw(query, span.From, span.To, maxSources).Scan(&out).Error
}

func (s store) trials(ctx context.Context, span Span) (out []Trials, err error) {
	query := "SELECT " + s.month("s.started_at") + ` AS month, COUNT(*) AS began,
			SUM(CASE WHEN EXISTS (SELECT 1 FROM subscription_turns t WHERE t.subscription_id = s.id AND t.value > 0) THEN 1 ELSE 0 END) AS converted,
			SUM(CASE WHEN s.status = 'trialing' THEN 1 ELSE 0 END) AS running
		FROM subscriptions s WHERE s.trial_end IS NOT NULL AND s.opened_at IS NOT NULL AND s.started_at >= ? AND s.started_at < ?
		GROUP BY 1 ORDER BY 1`
	return out, s.db.Read(ctx).Raw(query, span.From, span.To).Scan(&out).Error
}

// movementsAfter pages through movements, oldest first, for exports.
func (s store) movementsAfter(ctx context.Context, span Span, at time.Time, id uuid.UUID, limit int) (out []MovementRow, err error) {
	const query = `SELECT t.id, t.at, t.recorded_at, t.owner_kind, t.owner_id, s.stripe_id, p.slug AS plan, t.movement, t.delta, t.currency, t.reason, t.feedback, t.source
		FROM subscription_turns t JOIN subscriptions s ON s.id = t.subscription_id JOIN plans p ON p.id = t.plan_id
		WHERE t.movement <> '' AND t.at >= ? AND t.at < ? AND (t.at > ? OR (t.at = ? AND t.id > ?)) ORDER BY t.at, t.id LIMIT ?`
	return out, s.db.Read(ctx).Raw(query, span.From, span.To, at, at, id, limit).Scan(&out).Error
}
