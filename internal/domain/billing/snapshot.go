package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// Reasons why a subscription or an event changes nothing here. They stand in
// the row of the event.
const (
	ReasonUnknownType  = "unknown_type"  // an event that is not about what is sold here
	ReasonForeign      = "foreign"       // no customer of ours and no metadata of ours
	ReasonUnknownOwner = "unknown_owner" // metadata of ours, but nobody by that id
	ReasonUnknownPrice = "unknown_price" // neither a price nor a product of ours
	ReasonNotFound     = "not_found"     // Stripe does not know it
	ReasonNothing      = "nothing_here"  // about a customer or visit without a subscription
)

// view is what the mirror makes of one answer of Stripe's.
type view struct {
	sub    *Subscription // the row as it would be; nil when ignored
	change change
	slug   string // of the plan
	reason string // why it is ignored
	strays bool   // the price is not one this system made
}

// look says what a snapshot would do to a row. before is nil when there is
// none. It writes nothing.
func (o *Office) look(ctx context.Context, before *Subscription, snap stripeapi.Subscription) (view, error) {
	owner, reason, err := o.ownerOf(ctx, before, snap)
	if err != nil || reason != "" {
		return view{reason: reason}, err
	}
	item, sold, err := o.offerOf(ctx, before, snap.Items)
	if err != nil {
		return view{}, err
	}
	if sold == nil {
		return view{reason: ReasonUnknownPrice}, nil
	}
	now := o.Clock.Now()
	sub := &Subscription{Owner: owner, StripeID: snap.ID, StripeCustomerID: snap.CustomerID, StartedAt: snap.Started, CreatedAt: now}
	if before != nil {
		*sub = *before
	}
	v := view{sub: sub, slug: sold.Slug, strays: !sold.PriceID.Valid}
	v.change = sub.apply(mirrorOf(snap, item, *sold), now)
	return v, nil
}

// ownerOf finds whose subscription it is: whose it always was, else whose
// customer it is billed to, else who bought it according to its metadata.
func (o *Office) ownerOf(ctx context.Context, before *Subscription, snap stripeapi.Subscription) (Owner, string, error) {
	if before != nil {
		return before.Owner, "", nil
	}
	c, err := o.store.customerByStripeID(ctx, snap.CustomerID)
	if err != nil {
		return Owner{}, "", err
	}
	if c != nil {
		return c.Owner, "", nil
	}
	if owner, ok, err := o.buyerOf(ctx, snap.Metadata[metaCheckout]); ok || err != nil {
		return owner, "", err
	}
	owner, ok := parseOwner(snap.Metadata[metaOwner])
	if !ok || owner.Kind != MemberOwner {
		return Owner{}, ReasonForeign, nil
	}
	_, err = o.Members.Payer(ctx, owner.ID)
	if err != nil && fault.Of(err).Kind == fault.NotFound {
		return Owner{}, ReasonUnknownOwner, nil
	}
	return owner, "", err
}

// buyerOf finds who bought in a visit of ours: a member, or a stranger whose
// purchase has been given to one.
func (o *Office) buyerOf(ctx context.Context, visit string) (Owner, bool, error) {
	id, none := uuid.Parse(visit)
	if none != nil {
		return Owner{}, false, nil //nolint:nilerr // metadata of somebody else's
	}
	row, err := o.store.checkoutByID(ctx, id)
	if row == nil || err != nil || row.Owner.Kind == StrangerOwner || !row.Stranger {
		return Owner{}, false, err
	}
	return row.Owner, true, nil
}

// offerOf finds which item of a subscription is a plan of ours: by its price,
// old ones too, else by its product. A subscription that was ours and now has
// a foreign price keeps its plan, so that a slip at Stripe's desk locks nobody
// out; its status still counts.
func (o *Office) offerOf(ctx context.Context, before *Subscription, items []stripeapi.Item) (stripeapi.Item, *offer, error) {
	var prices, products []string
	for _, i := range items {
		prices, products = append(prices, i.Price.ID), append(products, i.Price.ProductID)
	}
	if len(items) > 0 {
		offers, err := o.store.offersByPrice(ctx, prices)
		if item, sold := match(items, offers); sold != nil || err != nil {
			return item, sold, err
		}
		offers, err = o.store.offersByProduct(ctx, products)
		if item, sold := match(items, offers); sold != nil || err != nil {
			return item, sold, err
		}
	}
	if before == nil {
		return stripeapi.Item{}, nil, nil
	}
	slug, err := o.store.planSlug(ctx, before.PlanID)
	kept := offer{PlanID: before.PlanID, Slug: slug}
	if len(items) > 0 {
		return items[0], &kept, err
	}
	return stripeapi.Item{Quantity: before.Quantity, Price: stripeapi.Price{ID: before.StripePriceID}}, &kept, err
}

func match(items []stripeapi.Item, offers []offer) (stripeapi.Item, *offer) {
	for _, i := range items {
		for _, o := range offers {
			if o.StripePriceID == i.Price.ID || o.ProductID != "" && o.ProductID == i.Price.ProductID {
				return i, &o
			}
		}
	}
	return stripeapi.Item{}, nil
}

// mirrorOf puts a snapshot into our terms. PastDueSince is the date of the
// latest bill; apply decides whether it counts.
func mirrorOf(snap stripeapi.Subscription, item stripeapi.Item, sold offer) Mirror {
	m := Mirror{
		PlanID: sold.PlanID, PriceID: sold.PriceID, StripePriceID: item.Price.ID,
		Status: Status(snap.Status), Quantity: item.Quantity,
		Amount: item.Price.UnitAmount, Currency: item.Price.Currency, Interval: Interval(item.Price.Interval), IntervalCount: item.Price.IntervalCount,
		CurrentPeriodStart: moment(snap.CurrentPeriodStart), CurrentPeriodEnd: moment(snap.CurrentPeriodEnd),
		CancelAtPeriodEnd: snap.CancelAtPeriodEnd, CancelAt: moment(snap.CancelAt), CanceledAt: moment(snap.CanceledAt),
		EndedAt: moment(snap.EndedAt), TrialEnd: moment(snap.TrialEnd), InvoiceID: snap.LatestInvoiceID,
		MonthlyValue: monthly(snap), CancelReason: snap.CancelReason, CancelFeedback: string(snap.CancelFeedback),
	}
	if len(sold.Bands) > 0 { // Stripe shows no amount for each then
		p := Price{Bands: sold.Bands, Volume: sold.Volume}
		m.Amount = p.Cost(item.Quantity) / max(item.Quantity, 1)
	}
	if snap.FirstUnpaid() {
		m.Status = Incomplete // a slow first payment is on its way: closed until it is here
	}
	if snap.PauseCollection != nil {
		m.PauseCollection, m.PauseUntil = snap.PauseCollection.Behavior, moment(snap.PauseCollection.Resumes)
	}
	if in := snap.LatestInvoice; in != nil {
		m.InvoiceStatus, m.InvoiceDue, m.InvoiceURL = in.Status, in.AmountRemaining, in.HostedURL
		m.PastDueSince = moment(in.Created)
	}
	if card := snap.DefaultCard; card != nil {
		m.CardBrand, m.CardLast4, m.CardExpires = card.Brand, card.Last4, cardExpires(*card)
	}
	return m
}

// cardExpires is the first of the month after the one on the card, which is
// when the last time zone is done with it, give or take a day.
func cardExpires(c stripeapi.Card) *time.Time {
	if c.ExpYear <= 0 || c.ExpMonth < 1 || c.ExpMonth > 12 {
		return nil
	}
	t := time.Date(int(c.ExpYear), time.Month(c.ExpMonth)+1, 1, 0, 0, 0, 0, time.UTC)
	return &t
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
