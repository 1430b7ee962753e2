package billing

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// The journal's verbs of a term.
const (
	verbTermGiven   = "term.given"
	verbTermChanged = "term.changed"
	verbTermPaid    = "term.paid" // a bill that was sent outside of Stripe
	verbTermRevoked = "term.revoked"
	verbTermEnding  = "term.ending" // the reminder is due
)

// GiveTerm gives a member a right from one date to another: complimentary, or
// paid outside of Stripe. It needs members.write.
//
// Faults: invalid fields, plan_not_found, member_not_found.
func (o *Office) GiveTerm(ctx context.Context, in TermInput) (t *Term, err error) {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	in.Reference, in.Remark, in.Currency = strings.TrimSpace(in.Reference), strings.TrimSpace(in.Remark), strings.ToLower(in.Currency)
	if in.StartsAt.IsZero() {
		in.StartsAt = now
	}
	if err := in.Validate(); err != nil {
		return nil, err
	}
	if _, err := o.Members.Payer(ctx, in.Member); err != nil {
		return nil, err
	}
	t = &Term{
		Owner: OfMember(in.Member), Source: in.Source, StartsAt: in.StartsAt, EndsAt: in.EndsAt, Seats: in.Seats,
		Reference: in.Reference, Remark: in.Remark, Amount: in.Amount, Currency: in.Currency,
	}
	if in.Amount == 0 {
		t.Currency = ""
	}
	rules, err := o.SalesRules(ctx)
	if err != nil {
		return nil, err
	}
	t.OpenUntil = in.unpaidUntil(rules.OverdueDays)
	if in.PlanSlug != "" {
		if t.Plan, err = o.PlanBySlug(ctx, in.PlanSlug); err != nil {
			return nil, err
		}
		t.PlanID = uuid.NullUUID{UUID: t.Plan.ID, Valid: true}
	}
	return t, o.DB.Tx(ctx, func(ctx context.Context) error { return o.addTerm(ctx, t) })
}

// addTerm writes a term in the transaction of the context and opens what it
// opens. One that comes from something, such as a purchase, is written once:
// a second attempt changes nothing, and t is then the first one.
func (o *Office) addTerm(ctx context.Context, t *Term) error {
	now, who := o.Clock.Now(), actor.From(ctx)
	t.ID, t.Version, t.Seats, t.CreatedAt, t.UpdatedAt = db.NewID(), 1, max(t.Seats, 1), now, now
	t.StartsAt, t.EndsAt = t.StartsAt.UTC().Truncate(time.Microsecond), t.EndsAt.UTC().Truncate(time.Microsecond)
	if t.GivenByName = who.Name; who.ID != uuid.Nil && who.Kind != actor.Member {
		t.GivenBy = &who.ID
	}
	fresh, err := o.store.insertTerm(ctx, t)
	if err != nil {
		return err
	}
	if !fresh {
		first, err := o.store.termFrom(ctx, t.Source, t.SourceID)
		if err == nil && first != nil {
			*t = *first
		}
		return err
	}
	return o.termHappened(ctx, verbTermGiven, t, true)
}

// nextStart is when another term of a plan begins for an owner: now, or when
// what they have of that plan ends. Terms for every plan count as well, and what
// is open before it is paid; what waits for its money does not.
func (o *Office) nextStart(ctx context.Context, owner Owner, plan uuid.UUID) (time.Time, error) {
	now := o.Clock.Now()
	start := now
	terms, err := o.store.termsOf(ctx, owner)
	for _, t := range terms {
		if t.RevokedAt == nil && (t.OpenUntil == nil || t.State(now) == TermOpen) && t.covers(uuid.NullUUID{UUID: plan, Valid: true}) && t.EndsAt.After(start) {
			start = t.EndsAt
		}
	}
	return start, err
}

// ChangeTerm shortens, extends or describes a term. It needs members.write.
func (o *Office) ChangeTerm(ctx context.Context, id uuid.UUID, in TermChange) (*Term, error) {
	verb := verbTermChanged
	if in.Paid {
		verb = verbTermPaid
	}
	return o.turnTerm(ctx, id, in.Version, verb, func(_ context.Context, t *Term) (bool, error) { return t.change(in, o.Clock.Now()) })
}

// RevokeTerm takes a term back; what it opened closes at the next request. It
// needs members.write. While the bill of its order is open, order_open refuses:
// it could still be paid, and nothing would open.
func (o *Office) RevokeTerm(ctx context.Context, id uuid.UUID, why string) (*Term, error) {
	var f fault.Fields
	why = strings.TrimSpace(why)
	f.MaxRunes("/why", why, 500)
	f.Check(plain(why), "/why", "bad_characters", "Control characters are not allowed.")
	if err := f.Err(); err != nil {
		return nil, err
	}
	return o.turnTerm(ctx, id, 0, verbTermRevoked, func(ctx context.Context, t *Term) (bool, error) {
		if err := o.orderSettled(ctx, t); err != nil {
			return false, err
		}
		return true, t.revoke(actor.From(ctx).Name, why, o.Clock.Now())
	})
}

// orderSettled refuses while the order that a term came from waits to be paid.
func (o *Office) orderSettled(ctx context.Context, t *Term) error {
	if t.Source != TermOrder {
		return nil
	}
	id, err := uuid.Parse(t.SourceID)
	if err != nil {
		return err
	}
	x, err := o.store.order(ctx, id)
	if err == nil && x != nil && (x.State == OrderAccepted || x.State == OrderInvoiced) {
		err = errOrderOpen
	}
	return err
}

// turnTerm makes one change to a term.
func (o *Office) turnTerm(ctx context.Context, id uuid.UUID, version int64, verb string, do func(context.Context, *Term) (opens bool, err error)) (t *Term, err error) {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return nil, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if t, err = o.store.termForUpdate(ctx, id); err != nil {
			return err
		}
		if t == nil {
			return errNoTerm
		}
		if version != 0 && version != t.Version {
			stale := *errStaleTerm
			stale.Current = strconv.FormatInt(t.Version, 10)
			return &stale
		}
		opens, err := do(ctx, t)
		if err != nil {
			return err
		}
		return o.putTerm(ctx, verb, t, opens)
	})
	if err != nil {
		return nil, err
	}
	return t, o.namePlans(ctx, t)
}

// putTerm writes a changed term with its consequences.
func (o *Office) putTerm(ctx context.Context, verb string, t *Term, opens bool) error {
	if err := o.store.saveTerm(ctx, t); err != nil {
		return err
	}
	return o.termHappened(ctx, verb, t, opens)
}

// endTermOf takes back, in the transaction of the context, the term that came
// from something, such as a gift that was paid back. Without one, or when it
// was taken back already, nothing happens.
func (o *Office) endTermOf(ctx context.Context, source TermSource, sourceID, why string) error {
	t, err := o.store.termFromForUpdate(ctx, source, sourceID)
	if err != nil || t == nil || t.RevokedAt != nil {
		return err
	}
	if err := t.revoke(actor.From(ctx).Name, why, o.Clock.Now()); err != nil {
		return err
	}
	return o.putTerm(ctx, verbTermRevoked, t, true)
}

// TermHappened is the payload of every journal row about a term. It names
// nobody but by id.
type TermHappened struct {
	OwnerKind OwnerKind  `json:"owner_kind"`
	OwnerID   uuid.UUID  `json:"owner_id"`
	Plan      string     `json:"plan"` // slug; "" is every plan
	Source    TermSource `json:"source"`
	StartsAt  time.Time  `json:"starts_at"`
	EndsAt    time.Time  `json:"ends_at"`
}

func (o *Office) termHappened(ctx context.Context, verb string, t *Term, opens bool) error {
	if opens && t.Owner.Kind == MemberOwner {
		if err := o.bump(ctx, t.Owner.ID); err != nil {
			return err
		}
	}
	if err := o.namePlans(ctx, t); err != nil {
		return err
	}
	told := TermHappened{OwnerKind: t.Owner.Kind, OwnerID: t.Owner.ID, Source: t.Source, StartsAt: t.StartsAt, EndsAt: t.EndsAt}
	if t.Plan != nil {
		told.Plan = t.Plan.Slug
	}
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "term", ID: t.ID.String(), Payload: told})
}
