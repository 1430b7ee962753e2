package billing

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// Account is what a member sees of what they bought.
type Account struct {
	Holdings []Holding // the open ones first, then the newest
	Portal   bool      // PortalURL has something to show
	Bills    Bills     // the first page
	// Away says that Stripe did not answer in time: the newest bill and the
	// exact next amount may be missing. Everything else is from the mirror.
	Away bool
}

// Current is the holding that matters most, or nil.
func (a *Account) Current() *Holding {
	if len(a.Holdings) == 0 {
		return nil
	}
	return &a.Holdings[0]
}

// Holding is one subscription as its owner sees it.
type Holding struct {
	*Subscription
	Plan    *Plan      // shared: read it only
	Next    *Charge    // nil: nothing more will be charged
	Ends    *time.Time // when it stops being open; nil: it goes on
	Trouble *Trouble   // nil: all is well

	MayChange bool // another plan, interval or quantity
	MayPause  bool
}

// Charge is money that will be asked for.
type Charge struct {
	At        time.Time
	Amount    int64 // in the smallest unit of Currency
	Currency  string
	Estimated bool // from the list price: discounts and taxes may change it
}

// TroubleKind says what a member has to see to.
type TroubleKind string

// The kinds of trouble.
const (
	PaymentFailed  TroubleKind = "payment_failed"  // a bill is open; it can be paid at PayURL
	PaymentPending TroubleKind = "payment_pending" // the first payment has not arrived
	MethodMissing  TroubleKind = "method_missing"  // a trial ended and there is no way to pay
)

// Trouble is what is wrong and what mends it.
type Trouble struct {
	Kind     TroubleKind
	PayURL   string // Stripe's page for the bill; "" sends them to the portal
	Due      int64
	Currency string
	Until    *time.Time // when access ends; nil: not known
}

// Account puts together a member's account page.
func (o *Office) Account(ctx context.Context, member uuid.UUID) (*Account, error) {
	if err := o.outside(ctx); err != nil {
		return nil, err
	}
	owner := OfMember(member)
	a := &Account{}
	var err error
	if a.Holdings, err = o.holdings(ctx, owner); err != nil {
		return nil, err
	}
	customerID, err := o.payingCustomer(ctx, owner)
	if err != nil {
		return nil, err
	}
	if a.Portal = customerID != ""; a.Portal {
		o.freshen(ctx, a, customerID)
	}
	a.Bills, err = o.bills(ctx, owner, uuid.Nil)
	return a, err
}

// How long the account page waits for Stripe, and how far it looks back.
const (
	accountPatience = 2 * time.Second
	invoiceYears    = 2
	invoiceLimit    = 100
)

// freshen asks Stripe for the newest bills and the exact amount of the next
// one, both at once. Whatever does not come in time is left out; the page must
// load without it.
func (o *Office) freshen(ctx context.Context, a *Account, customerID string) {
	ctx, stop := context.WithTimeout(ctx, accountPatience)
	defer stop()
	var both sync.WaitGroup
	var err error
	both.Go(func() {
		since := o.Clock.Now().AddDate(-invoiceYears, 0, 0)
		err = o.mirrorInvoices(ctx, stripeapi.InvoiceFilter{CustomerID: customerID, CreatedSince: since}, invoiceLimit)
	})
	if current := a.Current(); current != nil && current.Next != nil && current.PauseCollection == "" {
		both.Go(func() { o.exact(ctx, current) })
	}
	both.Wait()
	if err != nil && !customerMissing(err) {
		a.Away = true
		o.Log.WarnContext(ctx, "bills could not be fetched", "code", fault.Of(err).Code)
	}
}

// exact replaces the list price by what the next bill will really ask for.
func (o *Office) exact(ctx context.Context, h *Holding) {
	next, err := o.Stripe.UpcomingInvoice(ctx, h.StripeID, stripeapi.SubscriptionChange{})
	if err == nil && next.Currency != "" {
		h.Next = &Charge{At: h.Next.At, Amount: next.AmountDue, Currency: next.Currency}
	}
}

// Holdings lists what a member has or had, from the mirror alone. It needs
// members.read, or to be that member.
func (o *Office) Holdings(ctx context.Context, member uuid.UUID) ([]Holding, error) {
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member {
		if err := actor.Require(ctx, actor.MembersRead); err != nil {
			return nil, err
		}
	}
	return o.holdings(ctx, OfMember(member))
}

func (o *Office) holdings(ctx context.Context, owner Owner) ([]Holding, error) {
	subs, err := o.store.subscriptionsOf(ctx, owner)
	if err != nil {
		return nil, err
	}
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	policy, err := o.Policy(ctx)
	if err != nil {
		return nil, err
	}
	out := []Holding{}
	for _, s := range inOrder(subs) {
		h := Holding{Subscription: s, Plan: c.byID(s.PlanID), Next: s.nextCharge(), Ends: s.ends(), Trouble: s.trouble()}
		h.MayPause = policy.PauseMonths > 0 && s.canPause()
		h.MayChange = s.changeable()
		if until := policy.graceUntil(s.PastDueSince); h.Trouble != nil && !until.IsZero() {
			h.Trouble.Until = &until
		}
		out = append(out, h)
	}
	return out, nil
}

// inOrder puts what matters first: open, then what could be again, then what
// has ended. Within each the given order stays.
func inOrder(subs []*Subscription) []*Subscription {
	rank := func(s *Subscription) int {
		switch {
		case s.Status.Open():
			return 0
		case !s.Status.Ended():
			return 1
		default:
			return 2
		}
	}
	sorted := slices.Clone(subs)
	slices.SortStableFunc(sorted, func(a, b *Subscription) int { return cmp.Compare(rank(a), rank(b)) })
	return sorted
}

// nextCharge is the next renewal at the list price.
func (s *Subscription) nextCharge() *Charge {
	if !s.Status.Open() || s.CurrentPeriodEnd == nil {
		return nil
	}
	if s.CancelAtPeriodEnd || s.CancelAt != nil && !s.CancelAt.After(*s.CurrentPeriodEnd) {
		return nil
	}
	at := *s.CurrentPeriodEnd
	if s.PauseCollection != "" {
		if s.PauseUntil == nil {
			return nil
		}
		at = s.afterPause()
	}
	return &Charge{At: at, Amount: s.Amount * s.Quantity, Currency: s.Currency, Estimated: true}
}

// afterPause is the first renewal that is charged again.
func (s *Subscription) afterPause() time.Time {
	months := max(int(s.IntervalCount), 1)
	if s.Interval == Yearly {
		months *= 12
	}
	at := *s.CurrentPeriodEnd
	for n := months; at.Before(*s.PauseUntil) && n < maxPauseMonths*24; n += months {
		at = addMonths(*s.CurrentPeriodEnd, n)
	}
	return at
}

func (s *Subscription) ends() *time.Time {
	switch {
	case s.Status.Ended():
		return s.EndedAt
	case s.CancelAt != nil:
		return s.CancelAt
	case s.CancelAtPeriodEnd:
		return s.CurrentPeriodEnd
	}
	return nil
}

func (s *Subscription) trouble() *Trouble {
	t := &Trouble{Currency: s.Currency}
	switch s.Status {
	case PastDue, Unpaid:
		t.Kind = PaymentFailed
	case Incomplete:
		t.Kind = PaymentPending
	case Paused:
		t.Kind = MethodMissing
		return t
	default:
		return nil
	}
	if s.InvoiceStatus == "open" {
		t.PayURL, t.Due = s.InvoiceURL, s.InvoiceDue
	}
	return t
}
