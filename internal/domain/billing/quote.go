package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// MakeQuote writes a quote for somebody who pays by invoice. Nobody is told of
// it yet. It needs plans.write. Faults: invalid fields, plan_not_found,
// plan_archived.
func (o *Office) MakeQuote(ctx context.Context, in OrderInput) (*Order, error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	in.normalize()
	if err := in.Validate(); err != nil {
		return nil, err
	}
	var f fault.Fields
	// Who accepts becomes a member, so the address must do for one.
	f.Check(o.Members.CheckEmail(in.Email) == nil, "/email", "bad_address", "Please write an e-mail address, such as name@example.com.")
	rules, err := o.SalesRules(ctx)
	if err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	x := &Order{
		ID: db.NewID(), Company: in.Company, Name: in.Name, Email: in.Email, Address: in.Address, TaxWords: in.TaxWords, Words: in.Words, Seats: in.Seats, Months: in.Months,
		Amount: in.Amount, Currency: in.Currency, DaysUntilDue: in.DaysUntilDue, OpenUnpaid: in.OpenUnpaid, OverdueDays: rules.OverdueDays,
		State: OrderQuoted, ExpiresAt: now.AddDate(0, 0, in.ValidDays), MadeByName: actor.From(ctx).Name, CreatedAt: now, UpdatedAt: now,
	}
	x.TokenHash = hashSecret(o.orderToken(x.ID))
	if !in.StartsAt.IsZero() {
		start := in.StartsAt.UTC().Truncate(time.Microsecond)
		x.StartsAt = &start
		end := addMonths(start, x.Months)
		f.Check(end.After(now), "/starts_at", "over", "Its months would be over by now.")
		if end.Before(x.ExpiresAt) { // nobody accepts what is over
			x.ExpiresAt = end
		}
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	if in.PlanSlug != "" {
		if x.Plan, err = o.PlanBySlug(ctx, in.PlanSlug); err != nil {
			return nil, err
		}
		if x.Plan.Archived {
			return nil, errPlanArchived
		}
		x.PlanID = uuid.NullUUID{UUID: x.Plan.ID, Valid: true}
	}
	return x, o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.insertOrder(ctx, x); err != nil {
			return err
		}
		return o.recordOrder(ctx, verbOrderQuoted, x)
	})
}

// SendQuote mails the link of a quote to its customer; the letter follows from
// the journal. It needs plans.write.
func (o *Office) SendQuote(ctx context.Context, id uuid.UUID) (*Order, error) {
	return o.turnOrder(ctx, id, verbOrderSent, func(_ context.Context, x *Order) error {
		switch {
		case x.Expired(o.Clock.Now()):
			return errQuoteExpired
		case x.State != OrderQuoted:
			return errOrderClosed
		}
		x.Sent++
		return nil
	})
}

// VoidOrder takes an order back. What it opened closes at the next request;
// its bill is voided at Stripe by a job. It needs plans.write.
func (o *Office) VoidOrder(ctx context.Context, id uuid.UUID) (*Order, error) {
	return o.turnOrder(ctx, id, verbOrderVoid, func(ctx context.Context, x *Order) error {
		if err := x.close(OrderVoid, o.Clock.Now()); err != nil {
			return err
		}
		if err := o.endTermOf(ctx, TermOrder, x.ID.String(), whyOrderVoid); err != nil {
			return err
		}
		return o.DB.Enqueue(ctx, OrderArgs{Order: x.ID}, nil)
	})
}

// turnOrder makes one change of an order at the desk.
func (o *Office) turnOrder(ctx context.Context, id uuid.UUID, verb string, do func(context.Context, *Order) error) (x *Order, err error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if x, err = o.store.orderForUpdate(ctx, id); err != nil {
			return err
		}
		if x == nil {
			return errNoOrder
		}
		if err := do(ctx, x); err != nil {
			return err
		}
		return o.putOrder(ctx, verb, x)
	})
	if err != nil {
		return nil, err
	}
	return x, o.nameOrders(ctx, x)
}

func (o *Office) putOrder(ctx context.Context, verb string, x *Order) error {
	if err := o.store.saveOrder(ctx, x); err != nil || verb == "" {
		return err
	}
	return o.recordOrder(ctx, verb, x)
}

// Orders lists orders, the newest first, from below a number on; 0 begins. state
// is as of now, "" is every. more tells whether there are others below. It needs
// plans.write, as it shows who buys what for how much.
func (o *Office) Orders(ctx context.Context, state OrderState, below int64, limit int) (page []*Order, more bool, err error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, false, err
	}
	if page, err = o.store.orders(ctx, state, below, limit+1, o.Clock.Now()); err != nil {
		return nil, false, err
	}
	if more = len(page) > limit; more {
		page = page[:limit]
	}
	return page, more, o.nameOrders(ctx, page...)
}

// Order fetches one order. It needs plans.write.
func (o *Office) Order(ctx context.Context, id uuid.UUID) (*Order, error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	x, err := o.store.order(ctx, id)
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, errNoOrder
	}
	return x, o.nameOrders(ctx, x)
}

// nameOrders fills in the plans of orders.
func (o *Office) nameOrders(ctx context.Context, orders ...*Order) error {
	c, err := o.catalogue(ctx)
	if err != nil {
		return err
	}
	for _, x := range orders {
		if x.Plan = nil; x.PlanID.Valid {
			x.Plan = c.byID(x.PlanID.UUID)
		}
	}
	return nil
}

// OrderHappened is the payload of every journal row about an order. It names
// nobody but by id.
type OrderHappened struct {
	Number   int64     `json:"number"`
	Member   uuid.UUID `json:"member"` // nil until it is accepted
	Amount   int64     `json:"amount"`
	Currency string    `json:"currency"`
	Sent     int64     `json:"sent,omitempty"`
}

func (o *Office) recordOrder(ctx context.Context, verb string, x *Order) error {
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "order", ID: x.ID.String(), Payload: OrderHappened{
		Number: x.Number, Member: x.MemberID.UUID, Amount: x.Amount, Currency: x.Currency, Sent: x.Sent,
	}})
}
