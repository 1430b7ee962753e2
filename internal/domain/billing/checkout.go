package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

type checkoutState string

// The states of a visit to the payment page.
const (
	checkoutOpen     checkoutState = "open" // also before Stripe has answered
	checkoutComplete checkoutState = "complete"
	checkoutExpired  checkoutState = "expired"
	checkoutDropped  checkoutState = "dropped" // another visit took its place
)

type dues string

// What became of the payment of a complete visit.
const (
	duesUnknown dues = ""        // not known yet, or nothing was bought
	duesPaid    dues = "paid"    // or nothing was due
	duesPending dues = "pending" // a bank debit, or another slow way, is on its way
	duesFailed  dues = "failed"  // it did not arrive
)

// checkout is one visit to the payment page. Its key is stored before Stripe
// is asked. An owner has one open visit at most, so that nobody pays twice in
// two tabs. A stranger owns the visit alone until it is paid; then whoever has
// the address that was typed there does.
type checkout struct {
	ID             uuid.UUID `gorm:"type:uuid;primaryKey"`
	Owner          Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	PriceID        uuid.UUID `gorm:"type:uuid"`
	Quantity       int64
	TrialDays      int64
	OfferID        uuid.NullUUID `gorm:"type:uuid"`
	ReturnTo       string
	State          checkoutState
	Payment        dues
	SessionID      string
	IdempotencyKey string
	SecretHash     string // of what the stranger's browser keeps; "" for a member's
	Stranger       bool   // it began without an account
	CreatedAt      time.Time
	ClosedAt       *time.Time
}

// TableName implements gorm's Tabler.
func (checkout) TableName() string { return "checkouts" }

// patience is how long a visit that Stripe never answered for is finished
// rather than begun anew.
const patience = 10 * time.Minute

// CheckoutInput says who wants to buy what.
type CheckoutInput struct {
	Member   uuid.UUID // the zero id is a stranger, who gives an address at Stripe
	PlanSlug string
	Interval Interval
	Months   int64    // of PaidOnce; 0 is the shortest term
	Currency string   // "" is the first one
	Quantity int64    // of a plan sold by the seat; 0 is the fewest
	Offer    string   // a code; "" is none
	ReturnTo string   // where to come back to without buying, see [Office.wayBack]; "" is "/"
	Ways     []string // return addresses of the front end that asks
}

var (
	errPlanArchived  = fault.New(fault.Gone, "plan_archived", "This plan is no longer sold.")
	errNotSoldSo     = fault.New(fault.Invalid, "interval_not_sold", "This plan is not sold by this interval.")
	errPriceNotReady = &fault.Error{Kind: fault.Unavailable, Code: "price_not_ready", RetryAfter: 10 * time.Second, Message: "This price is being set up. Please try again in a moment."}
	errSubscribed    = fault.New(fault.Conflict, "already_subscribed", "You have a subscription already. You can change it on your account page.")
	errProcessing    = fault.New(fault.Conflict, "payment_processing", "A payment of yours is still on its way. Your account page shows how it stands.")
	errAccountFirst  = fault.New(fault.Unauthenticated, "account_needed", "Log in before you go to the payment page.")
	errTrialHad      = fault.New(fault.Conflict, "trial_used", "You have had free days here before. They are given once.")
	errSeatCount     = fault.New(fault.Invalid, "bad_quantity", "This plan is not sold for this number of seats.")
	errCurrency      = fault.New(fault.Conflict, "currency_fixed", "You have paid in another currency before. Please choose that one.")
)

// Validate lists every broken rule.
func (in *CheckoutInput) Validate() error {
	in.Offer = FoldCode(in.Offer)
	var f fault.Fields
	f.Check(slugPattern.MatchString(in.PlanSlug), "plan", "bad_slug", "The plan is missing, or this is no plan's address.")
	f.Check(in.Interval.Valid(), "interval", "unknown", "One of month, year, once.")
	f.Check(in.Quantity >= 0 && in.Quantity <= maxSeats, "quantity", "out_of_range", "From 1 to 10000.")
	f.Check(in.Months >= 0 && in.Months <= maxTerm, "months", "out_of_range", "From 1 to 120.")
	f.Check(in.Currency == "" || currencyPattern.MatchString(in.Currency), "currency", "bad_currency", "Three letters, such as eur.")
	f.Check(in.Offer == "" || codePattern.MatchString(in.Offer), "offer", "bad_code", "3 to 40 letters and digits.")
	return f.Err()
}

// StartCheckout opens a payment page and returns its address; see [Office.Visit].
func (o *Office) StartCheckout(ctx context.Context, in CheckoutInput) (string, error) {
	v, err := o.Visit(ctx, in)
	return v.URL, err
}

// Visited is a payment page that was opened.
type Visited struct {
	URL string
	// Secret is for the browser of a stranger, to see afterwards what became
	// of the visit. It is "" for a member, whose session shows who they are.
	Secret string
}

// Visit opens a payment page. The same wish again leads to the same page;
// another wish closes the page opened before. A stranger gives an address on
// the page; free days are for those who have an account, because they are
// given once.
//
// Faults: plan_not_found, plan_archived, interval_not_sold, bad_quantity,
// price_not_ready, already_subscribed (send them to manage what they have),
// payment_processing, account_needed, leaving, those of an offer (see
// [Office.OfferByCode]), trial_used, currency_fixed, and those of Stripe.
func (o *Office) Visit(ctx context.Context, in CheckoutInput) (Visited, error) {
	back, err := o.wayBack(in.ReturnTo, in.Ways)
	if err := errors.Join(o.outside(ctx), in.Validate(), err); err != nil {
		return Visited{}, err
	}
	in.ReturnTo = back
	w, err := o.purchaseOf(ctx, in)
	if err != nil {
		return Visited{}, err
	}
	if in.Member == uuid.Nil {
		return o.visitOfStranger(ctx, w)
	}
	w.owner = OfMember(in.Member)
	if err := o.Members.Staying(ctx, in.Member); err != nil {
		return Visited{}, err
	}
	if err := o.surelyFree(ctx, w.owner); err != nil {
		return Visited{}, err
	}
	payer, err := o.Members.Payer(ctx, in.Member)
	if err != nil {
		return Visited{}, err
	}
	if w.customerID, err = o.customerOf(ctx, w.owner, payer); err != nil {
		return Visited{}, err
	}
	// What was bought a moment ago may not have reached the mirror yet.
	if err := o.syncCustomer(ctx, w.customerID); err != nil {
		return Visited{}, err
	}
	if err := o.tryOnce(ctx, w); err != nil {
		return Visited{}, err
	}
	url, err := o.visit(ctx, w)
	return Visited{URL: url}, err
}

// purchase is what somebody wants to buy, found and checked.
type purchase struct {
	owner      Owner
	customerID string // "" for a stranger
	plan       *Plan
	price      *Price
	offer      *Offer // nil: none
	quantity   int64
	trialDays  int64
	returnTo   string
	selling    Selling
}

// purchaseOf finds what is asked for, as it is sold now.
func (o *Office) purchaseOf(ctx context.Context, in CheckoutInput) (*purchase, error) {
	plan, prices, err := o.store.planBySlug(ctx, in.PlanSlug)
	switch {
	case err != nil:
		return nil, err
	case plan == nil:
		return nil, errNoPlan
	case plan.Archived:
		return nil, errPlanArchived
	}
	w := &purchase{plan: plan, returnTo: in.ReturnTo}
	if w.selling, err = o.Selling(ctx); err != nil {
		return nil, err
	}
	plan.Prices = onSale(prices, w.selling.Currency)
	if w.price = plan.PriceIn(in.Interval, in.Months, in.Currency); w.price == nil {
		return nil, errNotSoldSo
	}
	if !w.price.Ready() {
		return nil, errPriceNotReady
	}
	var sold bool
	if w.quantity, sold = plan.Seats.Bought(in.Quantity); !sold {
		return nil, errSeatCount
	}
	if w.price.Interval != PaidOnce {
		w.trialDays = plan.TrialDays
	}
	return w, o.addOffer(ctx, w, in.Offer)
}

// addOffer looks an offer up and holds it against the wish.
func (o *Office) addOffer(ctx context.Context, w *purchase, code string) (err error) {
	if code == "" {
		return nil
	}
	if w.offer, err = o.OfferByCode(ctx, code); err != nil {
		return err
	}
	if err := w.offer.fits(w.price); err != nil {
		return err
	}
	if w.offer.Gift == FreeTrial {
		w.trialDays = max(w.trialDays, w.offer.TrialDays)
	}
	return nil
}

// tryOnce takes free days away from who had some. Whoever came for an offer of
// free days is told; to others the plan is sold without them.
func (o *Office) tryOnce(ctx context.Context, w *purchase) error {
	if w.trialDays == 0 {
		return nil
	}
	had, err := o.store.hadTrial(ctx, w.owner)
	if err != nil || !had {
		return err
	}
	if w.offer != nil && w.offer.Gift == FreeTrial {
		return errTrialHad
	}
	w.trialDays = 0
	return nil
}

// TrialFor tells how many free days a plan has for a member: those of the
// plan, or none for who had some before. The zero id is a stranger, who gets
// them with an account.
func (o *Office) TrialFor(ctx context.Context, member uuid.UUID, plan *Plan) (int64, error) {
	if plan.TrialDays == 0 || member == uuid.Nil {
		return plan.TrialDays, nil
	}
	had, err := o.store.hadTrial(ctx, OfMember(member))
	if had || err != nil {
		return 0, err
	}
	return plan.TrialDays, nil
}
