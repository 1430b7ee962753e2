package billing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Interval is how often a price is paid.
type Interval string

// The intervals plans are sold by.
const (
	Monthly  Interval = "month"
	Yearly   Interval = "year"
	PaidOnce Interval = "once" // for a term of some months, after which it ends
)

// Valid tells whether plans are sold by this interval.
func (i Interval) Valid() bool { return i == Monthly || i == Yearly || i == PaidOnce }

// Price is an amount for a plan. What it says never changes: another amount is
// another price, and subscriptions that run keep theirs.
type Price struct {
	ID            uuid.UUID `gorm:"type:uuid;primaryKey"`
	PlanID        uuid.UUID `gorm:"type:uuid"`
	Interval      Interval
	Months        int64      // of PaidOnce; else 0
	Amount        int64      // for one, in the smallest unit of Currency; 0 with Bands
	Currency      string     // ISO 4217, lower case
	Bands         []Band     `gorm:"type:jsonb;serializer:json"` // of a plan sold by quantity
	Volume        bool       // how Bands are read
	Active        bool       // can be bought
	StripePriceID string     // "" until mirrored
	ArchivedAt    *time.Time // when Stripe was told to stop selling it
	CreatedAt     time.Time
}

// TableName implements gorm's Tabler.
func (Price) TableName() string { return "prices" }

// Ready tells whether Stripe knows the price, so that it can be paid.
func (p *Price) Ready() bool { return p.Active && p.StripePriceID != "" }

// Band is a range of a quantity and what it costs.
type Band struct {
	UpTo int64 `json:"up_to"` // 0: without an end
	Unit int64 `json:"unit"`  // for each, in the smallest unit
	Flat int64 `json:"flat"`  // on top, once
}

// Cost is what a quantity costs for one period, before discounts and taxes:
// so much for each, or by bands. Graduated bands price what lies in them; by
// volume, the band the quantity falls into prices all. It is what Stripe
// charges: https://docs.stripe.com/products-prices/pricing-models#tiered-pricing.
func (p *Price) Cost(quantity int64) int64 {
	if len(p.Bands) == 0 {
		return p.Amount * quantity
	}
	sum, from := int64(0), int64(0)
	for _, b := range p.Bands {
		last := b.UpTo == 0 || quantity <= b.UpTo
		if p.Volume {
			if last {
				return b.Unit*quantity + b.Flat
			}
			continue
		}
		upTo := b.UpTo
		if last {
			upTo = quantity
		}
		sum += b.Unit*(upTo-from) + b.Flat
		if last {
			break
		}
		from = upTo
	}
	return sum
}

// Price finds what the plan costs by an interval, in the currency that comes
// first, or nil. Of terms, the shortest.
func (p *Plan) Price(every Interval) *Price { return p.PriceIn(every, 0, "") }

// PriceIn finds what the plan costs by an interval, for a term and in a
// currency; 0 months and no currency take the first. It is nil when it is not
// sold so.
func (p *Plan) PriceIn(every Interval, months int64, currency string) *Price {
	for i := range p.Prices {
		x := &p.Prices[i]
		if x.Interval == every && (months == 0 || x.Months == months) && (currency == "" || x.Currency == currency) {
			return x
		}
	}
	return nil
}

// inOrderOf sorts prices by interval, then term, then currency, the first
// currency of the house before the others.
func inOrderOf(prices []Price, first string) {
	rank := map[Interval]int{Monthly: 0, Yearly: 1, PaidOnce: 2}
	slices.SortStableFunc(prices, func(a, b Price) int {
		if c := cmp.Or(cmp.Compare(rank[a.Interval], rank[b.Interval]), cmp.Compare(a.Months, b.Months)); c != 0 {
			return c
		}
		if (a.Currency == first) != (b.Currency == first) {
			return map[bool]int{true: -1, false: 1}[a.Currency == first]
		}
		return cmp.Compare(a.Currency, b.Currency)
	})
}

// PriceInput is what a plan costs by one interval, for a term, in a currency.
type PriceInput struct {
	Interval Interval
	Months   int64 // of PaidOnce
	Amount   int64 // 0 with Bands
	Currency string
	Bands    []Band
	Volume   bool
}

func (in *PriceInput) normalize() {
	in.Currency = strings.ToLower(strings.TrimSpace(in.Currency))
	if in.Interval != PaidOnce {
		in.Months = 0
	}
	if len(in.Bands) == 0 {
		in.Volume = false
	} else {
		in.Amount = 0
	}
}

// is tells whether a price already says this.
func (in *PriceInput) is(p *Price) bool {
	return p.Interval == in.Interval && p.Months == in.Months && p.Amount == in.Amount && p.Currency == in.Currency &&
		p.Volume == in.Volume && slices.Equal(p.Bands, in.Bands)
}

// maxBands is more than anybody reads; maxTerm is ten years.
const (
	maxBands = 10
	maxTerm  = 120
)

func validatePrices(f *fault.Fields, prices []PriceInput, seats Seats) {
	type place struct {
		interval Interval
		months   int64
		currency string
	}
	seen := map[place]bool{}
	f.Check(len(prices) <= 40, "/prices", "too_many", "At most 40.")
	for i, p := range prices {
		path := fmt.Sprintf("/prices/%d/", i)
		f.Check(p.Interval.Valid(), path+"interval", "unknown", "One of month, year, once.")
		f.Check(p.Interval != PaidOnce || p.Months >= 1 && p.Months <= maxTerm, path+"months", "out_of_range", "From 1 to 120.")
		where := place{p.Interval, p.Months, p.Currency}
		f.Check(!seen[where], path+"interval", "twice", "There is one price for each interval, term and currency.")
		seen[where] = true
		if len(p.Bands) > 0 {
			p.validateBands(f, path, seats)
		} else {
			f.Check(p.Amount > 0 && p.Amount <= maxAmount, path+"amount", "out_of_range", "From 1 to 99999999, in the smallest unit of the currency.")
		}
		f.Check(currencyPattern.MatchString(p.Currency), path+"currency", "bad_currency", "Three letters, such as eur.")
	}
}

// validateBands wants what Stripe wants: rising bands, the last without an end.
func (in *PriceInput) validateBands(f *fault.Fields, path string, seats Seats) {
	f.Check(seats.Kind == SeatsByQuantity, path+"bands", "no_quantity", "Bands go with seats that are bought by number.")
	// Stripe sells by bands what recurs: https://docs.stripe.com/api/prices/create#create_price-tiers.
	f.Check(in.Interval != PaidOnce, path+"bands", "paid_once", "What is paid once has one amount for each seat.")
	f.Check(len(in.Bands) <= maxBands, path+"bands", "too_many", "At most 10.")
	before := int64(0)
	for i, b := range in.Bands {
		at := fmt.Sprintf("%sbands/%d/", path, i)
		last := i == len(in.Bands)-1
		f.Check(last == (b.UpTo == 0) && (last || b.UpTo > before), at+"up_to", "not_rising", "Bands rise, and the last one has no end.")
		f.Check(b.Unit >= 0 && b.Unit <= maxAmount && b.Flat >= 0 && b.Flat <= maxAmount && b.Unit+b.Flat > 0, at+"unit", "out_of_range", "From 1 to 99999999, in the smallest unit of the currency.")
		before = b.UpTo
	}
}
