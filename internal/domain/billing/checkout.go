package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

type checkoutState string

// The states of a visit to the payment page.
const (
	checkoutOpen     checkoutState = "open" // also before Stripe has answered
	checkoutComplete checkoutState = "complete"
	checkoutExpired  checkoutState = "expired"
	checkoutDropped  checkoutState = "dropped" // another visit took its place
)

// checkout is one visit to the payment page. Its key is stored before Stripe
// is asked. An owner has one open visit at most, so that nobody pays twice in
// two tabs.
type checkout struct {
	ID             uuid.UUID `gorm:"type:uuid;primaryKey"`
	Owner          Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	PriceID        uuid.UUID `gorm:"type:uuid"`
	ReturnTo       string
	State          checkoutState
	SessionID      string
	IdempotencyKey string
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
	Member   uuid.UUID
	PlanSlug string
	Interval Interval
	Months   int64  // of PaidOnce; 0 is the shortest term
	Currency string // "" is the first one
	ReturnTo string // the path of ours to come back to without buying; "" is "/"
}

var (
	errPlanArchived  = fault.New(fault.Conflict, "plan_archived", "This plan is no longer sold.")
	errNotSoldSo     = fault.New(fault.Invalid, "interval_not_sold", "This plan is not sold by this interval.")
	errPriceNotReady = &fault.Error{Kind: fault.Unavailable, Code: "price_not_ready", RetryAfter: 10 * time.Second, Message: "This price is being set up. Please try again in a moment."}
	errSubscribed    = fault.New(fault.Conflict, "already_subscribed", "You have a subscription already. You can change it on your account page.")
	errProcessing    = fault.New(fault.Conflict, "payment_processing", "A payment of yours is still on its way. Your account page shows how it stands.")
)

// Validate lists every broken rule.
func (in *CheckoutInput) Validate() error {
	if in.ReturnTo == "" {
		in.ReturnTo = "/"
	}
	var f fault.Fields
	f.Check(slugPattern.MatchString(in.PlanSlug), "plan", "bad_slug", "The plan is missing, or this is no plan's address.")
	f.Check(in.Interval.Valid(), "interval", "unknown", "One of month, year, once.")
	f.Check(localPath(in.ReturnTo), "return_to", "bad_path", "A path within this site.")
	return f.Err()
}

// StartCheckout opens a payment page and returns its address. The same wish
// again leads to the same page; another wish closes the page opened before.
//
// Faults: plan_not_found, plan_archived, interval_not_sold, price_not_ready,
// already_subscribed (send them to manage what they have), payment_processing,
// and those of Stripe.
func (o *Office) StartCheckout(ctx context.Context, in CheckoutInput) (string, error) {
	if err := errors.Join(o.outside(ctx), in.Validate()); err != nil {
		return "", err
	}
	owner := OfMember(in.Member)
	price, err := o.priceFor(ctx, in)
	if err != nil {
		return "", err
	}
	if err := o.surelyFree(ctx, owner); err != nil {
		return "", err
	}
	payer, err := o.Members.Payer(ctx, in.Member)
	if err != nil {
		return "", err
	}
	customerID, err := o.customerOf(ctx, owner, payer)
	if err != nil {
		return "", err
	}
	// What was bought a moment ago may not have reached the mirror yet.
	if err := o.syncCustomer(ctx, customerID); err != nil {
		return "", err
	}
	return o.visit(ctx, owner, price, customerID, in.ReturnTo)
}

func (o *Office) priceFor(ctx context.Context, in CheckoutInput) (*Price, error) {
	plan, prices, err := o.store.planBySlug(ctx, in.PlanSlug)
	switch {
	case err != nil:
		return nil, err
	case plan == nil:
		return nil, errNoPlan
	case plan.Archived:
		return nil, errPlanArchived
	}
	selling, err := o.Selling(ctx)
	if err != nil {
		return nil, err
	}
	plan.Prices = onSale(prices, selling.Currency)
	price := plan.PriceIn(in.Interval, in.Months, in.Currency)
	switch {
	case price == nil:
		return nil, errNotSoldSo
	case !price.Ready():
		return nil, errPriceNotReady
	}
	return price, nil
}

// freeToBuy refuses an owner who has an open subscription, or one whose first
// payment, such as a bank debit, is still on its way.
func (o *Office) freeToBuy(ctx context.Context, owner Owner) error {
	subs, err := o.store.subscriptionsOf(ctx, owner)
	if err != nil {
		return err
	}
	for _, s := range subs {
		switch {
		case s.Status.Open():
			return errSubscribed
		case s.Status == Incomplete:
			return errProcessing
		}
	}
	return nil
}

// surelyFree asks Stripe before it refuses: what the mirror shows as running
// may have ended without our knowing.
func (o *Office) surelyFree(ctx context.Context, owner Owner) error {
	refused := o.freeToBuy(ctx, owner)
	if !errors.Is(refused, errSubscribed) && !errors.Is(refused, errProcessing) {
		return refused
	}
	subs, err := o.store.subscriptionsOf(ctx, owner)
	if err != nil {
		return err
	}
	for _, s := range subs {
		if s.Status.Ended() {
			continue
		}
		if _, err := o.Sync(ctx, s.StripeID); err != nil {
			return refused
		}
	}
	return o.freeToBuy(ctx, owner)
}

// syncCustomer looks at Stripe for subscriptions of a customer that the mirror
// shows otherwise.
func (o *Office) syncCustomer(ctx context.Context, customerID string) error {
	for snap, err := range o.Stripe.Subscriptions(ctx, stripeapi.SubscriptionFilter{CustomerID: customerID}) {
		if err != nil {
			return err
		}
		row, err := o.store.subscription(ctx, snap.ID)
		if err != nil {
			return err
		}
		if row != nil && string(row.Status) == string(snap.Status) {
			continue
		}
		if _, err := o.Sync(ctx, snap.ID); err != nil {
			return err
		}
	}
	return nil
}

// visit opens the payment page, or the one that is open already.
func (o *Office) visit(ctx context.Context, owner Owner, price *Price, customerID, returnTo string) (string, error) {
	for try := range tries {
		if err := o.freeToBuy(ctx, owner); err != nil {
			return "", err
		}
		row, err := o.openVisit(ctx, owner, price, returnTo)
		if err != nil {
			return "", err
		}
		url, err := o.pageOf(ctx, row, price, customerID, returnTo)
		if url != "" || err != nil {
			return url, err
		}
		if err := stepAside(ctx, try); err != nil {
			return "", err
		}
	}
	return "", errBusy
}

// openVisit gives the owner's open visit, or a new one for this wish.
func (o *Office) openVisit(ctx context.Context, owner Owner, price *Price, returnTo string) (row *checkout, err error) {
	id := db.NewID()
	fresh := checkout{
		ID: id, Owner: owner, PriceID: price.ID, ReturnTo: returnTo, State: checkoutOpen,
		IdempotencyKey: "checkout-" + id.String(), CreatedAt: o.Clock.Now(),
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.insertCheckout(ctx, &fresh); err != nil {
			return err
		}
		row, err = o.store.openCheckout(ctx, owner)
		return err
	})
	if row == nil && err == nil {
		return nil, errBusy // opened and closed again by somebody else
	}
	return row, err
}

// pageOf gives the address of a visit's page. "" means that the visit was not
// for this wish or is over: it is closed now and another one may be opened.
func (o *Office) pageOf(ctx context.Context, row *checkout, price *Price, customerID, returnTo string) (string, error) {
	wanted := row.PriceID == price.ID && row.ReturnTo == returnTo
	if row.SessionID != "" {
		return o.pageAgain(ctx, row, wanted)
	}
	if !wanted || o.Clock.Now().Sub(row.CreatedAt) > patience {
		return "", o.closeCheckout(ctx, row, checkoutDropped)
	}
	session, err := o.Stripe.CreateCheckoutSession(ctx, row.IdempotencyKey, o.sessionInput(row, price, customerID))
	if fault.HasCode(err, stripeapi.CodeIdempotency) {
		return "", o.closeCheckout(ctx, row, checkoutDropped)
	}
	if err != nil {
		if !stripeapi.Retryable(err) {
			err = errors.Join(err, o.closeCheckout(ctx, row, checkoutDropped))
		}
		return "", err
	}
	ours, err := o.nameCheckout(ctx, row, session.ID)
	if err == nil && !ours {
		// Another wish dropped this visit while Stripe opened it.
		_, err = o.shut(ctx, session.ID)
		return "", err
	}
	return session.URL, err
}

// pageAgain looks at a visit that Stripe knows.
func (o *Office) pageAgain(ctx context.Context, row *checkout, wanted bool) (string, error) {
	session, err := o.Stripe.CheckoutSession(ctx, row.SessionID)
	if fault.HasCode(err, stripeapi.CodeNotFound) {
		return "", o.closeCheckout(ctx, row, checkoutExpired)
	}
	if err != nil {
		return "", err
	}
	if session.Status == sessionOpen && !wanted {
		if session, err = o.shut(ctx, row.SessionID); err != nil {
			return "", err
		}
	}
	if session.Status == sessionOpen {
		return session.URL, nil
	}
	return "", o.settle(ctx, row, session)
}

// shut closes a page so that it cannot be paid any more. It may have been paid,
// or shut by somebody else, a moment before: then it is returned as it is.
func (o *Office) shut(ctx context.Context, session string) (stripeapi.CheckoutSession, error) {
	shut, err := o.Stripe.ExpireCheckoutSession(ctx, freshKey(), session)
	if fault.HasCode(err, stripeapi.CodeInvalidRequest) {
		return o.Stripe.CheckoutSession(ctx, session)
	}
	return shut, err
}

func (o *Office) sessionInput(row *checkout, price *Price, customerID string) stripeapi.CheckoutInput {
	return stripeapi.CheckoutInput{
		CustomerID: customerID, ClientReferenceID: row.ID.String(), PriceID: price.StripePriceID,
		Metadata:   map[string]string{metaOwner: row.Owner.String(), metaCheckout: row.ID.String()},
		SuccessURL: o.BaseURL + "/checkout/return?session_id={CHECKOUT_SESSION_ID}",
		CancelURL:  o.BaseURL + row.ReturnTo,
	}
}
