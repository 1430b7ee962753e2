package billing

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Account is what a member sees of what they bought.
type Account struct {
	Holdings []Holding // the open ones first, then the newest
	Portal   bool      // PortalURL has something to show
	Invoices []Invoice // of the last two years, newest first
	// InvoicesMissing says that Stripe did not answer in time; everything else
	// is from the mirror and complete.
	InvoicesMissing bool
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
	if err != nil || customerID == "" {
		return a, err
	}
	a.Portal = true
	o.fetchInto(ctx, a, customerID)
	return a, nil
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
	plans := map[uuid.UUID]*Plan{}
	for _, p := range c.plans {
		plans[p.ID] = p
	}
	out := []Holding{}
	for _, s := range inOrder(subs) {
		h := Holding{Subscription: s, Plan: plans[s.PlanID], Next: s.nextCharge(), Ends: s.ends(), Trouble: s.trouble()}
		if until := o.graceUntil(s.PastDueSince); h.Trouble != nil && !until.IsZero() {
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
	if !s.Status.Open() || s.CurrentPeriodEnd == nil || s.PauseCollection != "" {
		return nil
	}
	if s.CancelAtPeriodEnd || s.CancelAt != nil && !s.CancelAt.After(*s.CurrentPeriodEnd) {
		return nil
	}
	return &Charge{At: *s.CurrentPeriodEnd, Amount: s.Amount * s.Quantity, Currency: s.Currency, Estimated: true}
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
