package stripeapi

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// Interval is how often a price recurs: "month", "year", "week", "day", or ""
// for a price paid once.
type Interval string

// The intervals this system sells by.
const (
	Once  Interval = ""
	Month Interval = "month"
	Year  Interval = "year"
)

// Price is an amount for a product. Amount, currency and interval of a price
// never change: a new amount is a new price.
type Price struct {
	ID            string
	ProductID     string
	LookupKey     string
	Nickname      string
	Currency      string // lower case, ISO 4217
	UnitAmount    int64  // in the smallest unit of the currency
	Interval      Interval
	IntervalCount int64 // 0 for a price paid once
	Tiers         []Tier
	Volume        bool // how Tiers are read; false is graduated
	Active        bool
	Metadata      map[string]string
	Created       time.Time
}

// PriceInput describes a price to create or to find.
type PriceInput struct {
	ProductID     string
	LookupKey     string // a name of our own that moves to the newest price
	Nickname      string
	Currency      string
	UnitAmount    int64
	Interval      Interval
	IntervalCount int64  // 0 means 1
	Tiers         []Tier // in the place of UnitAmount; rising
	Volume        bool   // the band of the whole quantity prices all; else each unit costs what its band says
	Metadata      map[string]string
}

// Tier is a band of a price that depends on the quantity
// (https://docs.stripe.com/products-prices/pricing-models#tiered-pricing).
type Tier struct {
	UpTo int64 // 0: without an end
	Unit int64 // for each unit in it
	Flat int64 // on top, once
}

// PriceChange holds what may change; nil leaves a field as it is.
type PriceChange struct {
	Active    *bool
	Nickname  *string
	LookupKey *string // also taken away from the price that had it
	Metadata  map[string]string
}

// EnsurePrice finds the active price with this lookup key. When there is none,
// or it has another product, amount, currency or interval, a new price is
// created and the lookup key moves to it. The older price stays active, for
// those who still pay it, until ArchivePrice.
func (c *Client) EnsurePrice(ctx context.Context, key string, in PriceInput) (Price, error) {
	if found, ok, err := c.PriceByLookupKey(ctx, in.LookupKey); err != nil || ok && found.sells(in) {
		return found, err
	}
	return c.CreatePrice(ctx, key, in)
}

// PriceByLookupKey finds the active price that has the lookup key now.
func (c *Client) PriceByLookupKey(ctx context.Context, lookupKey string) (Price, bool, error) {
	if lookupKey == "" {
		return Price{}, false, nil
	}
	q := &stripe.PriceListParams{ListParams: pages(ctx), LookupKeys: stripe.StringSlice([]string{lookupKey}), Active: stripe.Bool(true)}
	q.AddExpand("data.tiers")
	for p, err := range walk(c, func() *stripe.Iter { return c.api.Prices.List(q).Iter }, plainPrice) {
		if err != nil {
			return Price{}, false, err
		}
		if p.LookupKey == lookupKey {
			return p, true, nil
		}
	}
	return Price{}, false, nil
}

func (p Price) sells(in PriceInput) bool {
	same := p.ProductID == in.ProductID && p.Currency == in.Currency && p.UnitAmount == in.UnitAmount && p.Interval == in.Interval
	same = same && slices.Equal(p.Tiers, in.Tiers) && p.Volume == in.Volume
	return same && (in.Interval == Once || p.IntervalCount == max(in.IntervalCount, 1))
}

// CreatePrice makes a price. A lookup key is taken over from the price that
// had it.
func (c *Client) CreatePrice(ctx context.Context, key string, in PriceInput) (Price, error) {
	common, err := write(ctx, key)
	if err != nil {
		return Price{}, err
	}
	q := &stripe.PriceParams{
		Params: common, Product: stripe.String(in.ProductID), Currency: stripe.String(in.Currency),
		Nickname: text(in.Nickname), Metadata: in.Metadata,
	}
	q.AddExpand("tiers")
	in.cost(q)
	if in.LookupKey != "" {
		q.LookupKey, q.TransferLookupKey = &in.LookupKey, stripe.Bool(true)
	}
	if in.Interval != Once {
		q.Recurring = &stripe.PriceRecurringParams{
			Interval: stripe.String(string(in.Interval)), IntervalCount: stripe.Int64(max(in.IntervalCount, 1)),
		}
	}
	p, err := c.api.Prices.New(q)
	return plainPrice(p), c.fault(err)
}

// cost states what the price costs: so much for each, or by bands.
func (in PriceInput) cost(q *stripe.PriceParams) {
	if len(in.Tiers) == 0 {
		q.UnitAmount = stripe.Int64(in.UnitAmount)
		return
	}
	q.BillingScheme, q.TiersMode = stripe.String("tiered"), stripe.String("graduated")
	if in.Volume {
		q.TiersMode = stripe.String("volume")
	}
	for _, t := range in.Tiers {
		band := &stripe.PriceTierParams{UnitAmount: stripe.Int64(t.Unit), FlatAmount: number(t.Flat), UpTo: number(t.UpTo)}
		if t.UpTo == 0 {
			band.UpToInf = stripe.Bool(true)
		}
		q.Tiers = append(q.Tiers, band)
	}
}

// UpdatePrice changes what may change of a price.
func (c *Client) UpdatePrice(ctx context.Context, key, id string, change PriceChange) (Price, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Price{}, err
	}
	q := &stripe.PriceParams{Params: common, Active: change.Active, Nickname: change.Nickname, Metadata: change.Metadata}
	if change.LookupKey != nil {
		q.LookupKey, q.TransferLookupKey = change.LookupKey, stripe.Bool(true)
	}
	p, err := c.api.Prices.Update(id, q)
	return plainPrice(p), c.fault(err)
}

// ArchivePrice stops new purchases at this price. Running subscriptions keep it.
func (c *Client) ArchivePrice(ctx context.Context, key, id string) (Price, error) {
	return c.UpdatePrice(ctx, key, id, PriceChange{Active: stripe.Bool(false)})
}

// Price fetches one price, archived or not.
func (c *Client) Price(ctx context.Context, id string) (Price, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Price{}, err
	}
	q := &stripe.PriceParams{Params: common}
	q.AddExpand("tiers")
	p, err := c.api.Prices.Get(id, q)
	return plainPrice(p), c.fault(err)
}

// Prices walks through the prices of a product, or of all products when
// productID is empty, newest first.
func (c *Client) Prices(ctx context.Context, productID string, activeOnly bool) iter.Seq2[Price, error] {
	return walk(c, func() *stripe.Iter {
		q := &stripe.PriceListParams{ListParams: pages(ctx), Product: text(productID)}
		q.AddExpand("data.tiers")
		if activeOnly {
			q.Active = stripe.Bool(true)
		}
		return c.api.Prices.List(q).Iter
	}, plainPrice)
}

func plainPrice(p *stripe.Price) Price {
	if p == nil {
		return Price{}
	}
	out := Price{
		ID: p.ID, LookupKey: p.LookupKey, Nickname: p.Nickname, Currency: string(p.Currency), UnitAmount: p.UnitAmount,
		Active: p.Active, Metadata: metadata(p.Metadata), Created: at(p.Created),
	}
	for _, t := range p.Tiers {
		out.Tiers = append(out.Tiers, Tier{UpTo: t.UpTo, Unit: t.UnitAmount, Flat: t.FlatAmount})
	}
	out.Volume = p.TiersMode == stripe.PriceTiersModeVolume
	if p.Product != nil {
		out.ProductID = p.Product.ID
	}
	if p.Recurring != nil {
		out.Interval, out.IntervalCount = Interval(p.Recurring.Interval), p.Recurring.IntervalCount
	}
	return out
}
