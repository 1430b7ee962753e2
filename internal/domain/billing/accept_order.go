package billing

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// OrderByToken finds the order that a link leads to. A quote whose time is over
// answers quote_expired, any other link order_not_found.
func (o *Office) OrderByToken(ctx context.Context, token string) (*Order, error) {
	x, err := o.store.orderByHash(ctx, hashSecret(token))
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, errNoOrder
	}
	if x.Expired(o.Clock.Now()) {
		return nil, errQuoteExpired
	}
	return x, o.nameOrders(ctx, x)
}

// LookAtOrder is OrderByToken for the page of an order. While the bill is open
// it asks Stripe how that stands, so that who has just paid reads the truth
// also when no webhook came. When Stripe cannot be asked it shows what is known.
func (o *Office) LookAtOrder(ctx context.Context, token string) (*Order, error) {
	x, err := o.OrderByToken(ctx, token)
	if err != nil || x.State != OrderInvoiced {
		return x, err
	}
	if _, unseen := o.SyncInvoice(ctx, x.InvoiceID); unseen != nil {
		o.Log.WarnContext(ctx, "the bill of an order could not be looked at", "order", x.ID, "code", fault.Of(unseen).Code)
	}
	return o.OrderByToken(ctx, token)
}

// Acceptance is what a customer adds to the quote that they accept.
type Acceptance struct {
	Name     string // of who accepts
	PONumber string // of the buyer's own; may be empty
	Address  string // lines, for the bill
	TaxID    string // may be empty
	Consent  bool   // to what the order is, and to paying for it
}

// Validate lists every broken rule. What stands on the bill in a line of its
// own has up to 140 characters
// (https://docs.stripe.com/api/invoices/create#create_invoice-custom_fields-value).
func (in *Acceptance) Validate() error {
	for _, s := range []*string{&in.Name, &in.PONumber, &in.Address, &in.TaxID} {
		*s = strings.TrimSpace(strings.ReplaceAll(*s, "\r\n", "\n"))
	}
	var f fault.Fields
	f.Required("name", in.Name)
	f.Required("address", in.Address)
	for path, line := range map[string]string{"name": in.Name, "po_number": in.PONumber, "tax_id": in.TaxID} {
		f.MaxRunes(path, line, 140)
		f.Check(plain(line) && !strings.Contains(line, "\n"), path, "bad_characters", "This is one line.")
	}
	f.MaxRunes("address", in.Address, 500)
	f.Check(plain(in.Address), "address", "bad_characters", "Control characters are not allowed.")
	f.Check(in.Consent, "consent", "order_required", "Please say that you order this for your company.")
	return f.Err()
}

// AcceptOrder takes a quote for the customer who holds its link: the member is
// made if there is none, the term is given, and a job writes the bill. Accepting
// again changes nothing. Faults: invalid fields, order_not_found, order_closed,
// quote_expired.
func (o *Office) AcceptOrder(ctx context.Context, token string, in Acceptance) (*Order, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	return o.turnLinked(ctx, token, verbOrderAccepted, func(ctx context.Context, x *Order) (bool, error) {
		first, err := x.accept(&in, o.Clock.Now())
		if err != nil || !first {
			return false, err
		}
		member, _, err := o.Members.Enrol(ctx, x.Email, x.Name)
		if err != nil {
			return false, err
		}
		x.MemberID = uuid.NullUUID{UUID: member, Valid: true}
		if err := o.nameOrders(ctx, x); err != nil {
			return false, err
		}
		start, err := o.giveOrderTerm(ctx, x)
		if err != nil {
			return false, err
		}
		told := x.facts()
		if x.OpenUnpaid {
			told.Begins = &start
		}
		if err := o.post(ctx, LetterOrdered, x.ID.String(), OfMember(member), told); err != nil {
			return false, err
		}
		return true, o.DB.Enqueue(ctx, OrderArgs{Order: x.ID}, nil)
	})
}

// DeclineOrder refuses a quote for the customer who holds its link.
func (o *Office) DeclineOrder(ctx context.Context, token string) (*Order, error) {
	return o.turnLinked(ctx, token, verbOrderDeclined, func(_ context.Context, x *Order) (bool, error) {
		if x.State == OrderDeclined {
			return false, nil
		}
		return true, x.close(OrderDeclined, o.Clock.Now())
	})
}

// turnLinked makes one change of the order that a link leads to.
func (o *Office) turnLinked(ctx context.Context, token, verb string, do func(context.Context, *Order) (changed bool, err error)) (x *Order, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if x, err = o.store.orderByHashForUpdate(ctx, hashSecret(token)); err != nil {
			return err
		}
		if x == nil {
			return errNoOrder
		}
		changed, err := do(ctx, x)
		if err != nil || !changed {
			return err
		}
		return o.putOrder(ctx, verb, x)
	})
	if err != nil {
		return nil, err
	}
	return x, o.nameOrders(ctx, x)
}

// giveOrderTerm gives what an order is for. Whether it opens before it is paid
// was decided with the quote; an overdue bill closes it by the rules that held
// then.
func (o *Office) giveOrderTerm(ctx context.Context, x *Order) (start time.Time, err error) {
	owner := OfMember(x.MemberID.UUID)
	if x.StartsAt != nil {
		start = *x.StartsAt
	} else if start, err = o.nextStart(ctx, owner, x.PlanID.UUID); err != nil {
		return start, err
	}
	return start, o.addTerm(ctx, &Term{
		Owner: owner, PlanID: x.PlanID, Source: TermOrder, SourceID: x.ID.String(), StartsAt: start, EndsAt: addMonths(start, x.Months),
		OpenUntil: x.unpaidUntil(start, x.AcceptedAt.AddDate(0, 0, int(x.DaysUntilDue))), Seats: x.Seats, Reference: x.PONumber,
		Amount: x.Amount, Currency: x.Currency,
	})
}

// whyOrderVoid marks a term that ended with its order: if the bill is paid all
// the same, it opens again.
const whyOrderVoid = "The order was taken back, or its bill will not be paid."

// followOrder takes over, in the transaction of the context, how the bill of
// an order stands; before is what was known of the bill, or nil. A bill that no
// order is behind is fine. Money that is known to have gone back changes nothing,
// so that another choice of the owner's does not reach back.
func (o *Office) followOrder(ctx context.Context, before, in *Invoice) error {
	x, err := o.store.orderByInvoiceForUpdate(ctx, in.StripeID)
	if err != nil || x == nil {
		return err
	}
	verb := x.follow(&in.Bill, o.Clock.Now())
	if err := o.putOrder(ctx, verb, x); err != nil {
		return err
	}
	switch {
	case verb == verbOrderPaid:
		err = o.turnOrderTerm(ctx, x, (*Term).settled)
	case verb == verbOrderVoid:
		err = o.endTermOf(ctx, TermOrder, x.ID.String(), whyOrderVoid)
	case x.State == OrderInvoiced && x.DueAt != nil:
		err = o.turnOrderTerm(ctx, x, func(t *Term) bool { return t.owedUntil(x.unpaidUntil(t.StartsAt, *x.DueAt)) })
	}
	known := before != nil && before.PaidBack() && verb != verbOrderPaid
	if err != nil || !in.PaidBack() || known {
		return err
	}
	rules, err := o.SalesRules(ctx)
	if err != nil || !rules.RefundCloses {
		return err
	}
	return o.endTermOf(ctx, TermOrder, x.ID.String(), "Paid back.")
}

// turnOrderTerm changes the term of an order; do tells whether it did.
func (o *Office) turnOrderTerm(ctx context.Context, x *Order, do func(*Term) bool) error {
	t, err := o.store.termFromForUpdate(ctx, TermOrder, x.ID.String())
	if err != nil || t == nil || !do(t) {
		return err
	}
	t.Version++
	t.UpdatedAt = o.Clock.Now()
	verb := verbTermChanged
	if t.OpenUntil == nil {
		verb = verbTermPaid
	}
	return o.putTerm(ctx, verb, t, true)
}

// settled notes that the bill of a term is paid. One that was given up for
// want of payment opens again; one that the desk took back does not.
func (t *Term) settled() bool {
	if t.RevokedAt != nil && t.RevokedWhy != whyOrderVoid {
		return false
	}
	t.OpenUntil, t.RevokedAt, t.RevokedByName, t.RevokedWhy = nil, nil, "", ""
	return true
}

// owedUntil moves the moment up to which an unpaid term opens. One that the
// desk has called paid stays so.
func (t *Term) owedUntil(until *time.Time) bool {
	if t.RevokedAt != nil || t.OpenUntil == nil || t.OpenUntil.Equal(*until) {
		return false
	}
	t.OpenUntil = until
	return true
}
