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
