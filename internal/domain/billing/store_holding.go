package billing

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
)

// heldBy reads what some members hold or once held.
func (s store) heldBy(ctx context.Context, members []uuid.UUID) (out []held, err error) {
	if len(members) == 0 {
		return nil, nil
	}
	const query = `SELECT s.owner_id, p.name AS plan, s.status, s.status = '' AS complimentary, s.opened_at AS starts_at, NULL AS ends_at, NULL AS open_until
		FROM subscriptions s JOIN plans p ON p.id = s.plan_id WHERE s.owner_kind = 'member' AND s.owner_id IN ?`
	if err := s.db.Read(ctx).Raw(query, members).Scan(&out).Error; err != nil {
		return nil, err
	}
	const terms = `SELECT t.owner_id, COALESCE(p.name, '') AS plan, '' AS status, t.source = 'complimentary' AS complimentary, t.starts_at, t.ends_at, t.open_until
		FROM terms t LEFT JOIN plans p ON p.id = t.plan_id WHERE t.owner_kind = 'member' AND t.owner_id IN ? AND t.revoked_at IS NULL`
	var more []held
	err = s.db.Read(ctx).Raw(terms, members).Scan(&more).Error
	return append(out, more...), err
}

// The parts of the condition: positive ones name owners, so that a rare status
// is found by its index; negative ones ask for each member.
const (
	subscribed = "SELECT s.owner_id FROM subscriptions s WHERE s.owner_kind = 'member' AND "
	termed     = "SELECT t.owner_id FROM terms t WHERE t.owner_kind = 'member' AND t.revoked_at IS NULL AND "
	openTerm   = "t.starts_at <= ? AND t.ends_at > ? AND (t.open_until IS NULL OR t.open_until > ?)"
)

// condition is a part of a WHERE with what it stands for.
type condition struct {
	text string
	args []any
}

func (c condition) in() string    { return "members.id IN (" + c.text + ")" }
func (c condition) notIn() string { return "members.id NOT IN (" + c.text + ")" }

// among holds for members in any of the sets.
func among(sets ...condition) (out condition) {
	var texts []string
	for _, c := range sets {
		texts = append(texts, c.in())
		out.args = append(out.args, c.args...)
	}
	out.text = "(" + strings.Join(texts, " OR ") + ")"
	return out
}

func (c condition) and(sets ...condition) condition {
	for _, x := range sets {
		c.text += " AND " + x.notIn()
		c.args = append(c.args, x.args...)
	}
	return c
}

// holders writes down what a word means, as held.word does for one right.
func holders(h MemberStatus, plan string, now time.Time) (text string, args []any) {
	open := []any{now, now, now}
	paid := []condition{{subscribed + "s.status IN ('active', 'trialing')", nil}, {termed + "t.source <> 'complimentary' AND " + openTerm, open}}
	due := condition{subscribed + "s.status = 'past_due'", nil}
	free := condition{termed + "t.source = 'complimentary' AND " + openTerm, open}
	once := []condition{{subscribed + "s.opened_at <= ?", []any{now}}, {termed + "t.starts_at <= ?", []any{now}}}
	all := condition{text: "1 = 1"}
	switch h {
	case HoldsPaid:
		all = among(paid...)
	case HoldsPastDue:
		all = among(due).and(paid...)
	case HoldsComplimentary:
		all = among(free).and(paid...).and(due)
	case HoldsLapsed:
		all = among(once...).and(paid...).and(due, free)
	case HoldsNothing:
		all = all.and(paid...).and(due, free).and(once...)
	}
	if plan != "" {
		sub := condition{"SELECT s.owner_id FROM subscriptions s JOIN plans p ON p.id = s.plan_id WHERE s.owner_kind = 'member' AND s.status IN ('active', 'trialing', 'past_due') AND p.slug = ?", []any{plan}}
		term := condition{"SELECT t.owner_id FROM terms t LEFT JOIN plans p ON p.id = t.plan_id WHERE t.owner_kind = 'member' AND t.revoked_at IS NULL AND " + openTerm + " AND (t.plan_id IS NULL OR p.slug = ?)", append(append([]any{}, open...), plan)}
		some := among(sub, term)
		all.text += " AND " + some.text
		all.args = append(all.args, some.args...)
	}
	return all.text, all.args
}
