package billing

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Interval is how often a price is paid.
type Interval string

// The intervals plans are sold by.
const (
	Monthly Interval = "month"
	Yearly  Interval = "year"
)

// Valid tells whether plans are sold by this interval.
func (i Interval) Valid() bool { return i == Monthly || i == Yearly }

// Plan is what is sold. Its slug never changes, because gates name it.
type Plan struct {
	ID              uuid.UUID `gorm:"type:uuid;primaryKey"`
	Slug            string
	Name            string
	Description     string
	Benefits        []string `gorm:"type:jsonb;serializer:json"`
	Position        int      // order on the page
	Visible         bool     // shown to everybody; others are sold by link or by hand
	Archived        bool     // no longer sold; running subscriptions go on
	StripeProductID string   // "" until mirrored
	Version         int64    // rises with every change
	MirroredVersion int64    // the version Stripe shows
	CreatedAt       time.Time
	UpdatedAt       time.Time

	Prices []Price `gorm:"-"` // those that can be bought, the shortest interval first
}

// TableName implements gorm's Tabler.
func (Plan) TableName() string { return "plans" }

// Price finds what the plan costs by an interval, or nil.
func (p *Plan) Price(every Interval) *Price {
	for i := range p.Prices {
		if p.Prices[i].Interval == every {
			return &p.Prices[i]
		}
	}
	return nil
}

// Price is an amount for a plan. What it says never changes: another amount is
// another price, and subscriptions that run keep theirs.
type Price struct {
	ID            uuid.UUID `gorm:"type:uuid;primaryKey"`
	PlanID        uuid.UUID `gorm:"type:uuid"`
	Interval      Interval
	Amount        int64      // in the smallest unit of Currency
	Currency      string     // ISO 4217, lower case
	Active        bool       // can be bought
	StripePriceID string     // "" until mirrored
	ArchivedAt    *time.Time // when Stripe was told to stop selling it
	CreatedAt     time.Time
}

// TableName implements gorm's Tabler.
func (Price) TableName() string { return "prices" }

// Ready tells whether Stripe knows the price, so that it can be paid.
func (p *Price) Ready() bool { return p.Active && p.StripePriceID != "" }

// PlanInput is the editable state of a plan.
type PlanInput struct {
	Slug        string // names the plan: a new one makes a plan, a known one changes it
	Version     int64  // the version the change was made from; 0 asks for no check
	Name        string
	Description string
	Benefits    []string
	Position    int
	Visible     bool
	Archived    bool
	Prices      []PriceInput // at most one for each interval
}

// PriceInput is what a plan costs by one interval.
type PriceInput struct {
	Interval Interval
	Amount   int64
	Currency string
}

var (
	slugPattern     = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)
	currencyPattern = regexp.MustCompile(`^[a-z]{3}$`)
)

// maxAmount is Stripe's limit of eight digits:
// https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.
const maxAmount = 99_999_999

// maxTrialDays is Stripe's limit:
// https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-subscription_data-trial_period_days.
const maxTrialDays = 730

// Normalize trims what people leave at the edges.
func (in *PlanInput) Normalize() {
	for _, s := range []*string{&in.Slug, &in.Name, &in.Description} {
		*s = strings.TrimSpace(*s)
	}
	benefits := []string{}
	for _, b := range in.Benefits {
		if b = strings.TrimSpace(b); b != "" {
			benefits = append(benefits, b)
		}
	}
	in.Benefits = benefits
	for i := range in.Prices {
		in.Prices[i].Currency = strings.ToLower(strings.TrimSpace(in.Prices[i].Currency))
	}
}

// Validate lists every broken rule.
func (in *PlanInput) Validate() error {
	var f fault.Fields
	f.Check(len(in.Slug) <= 64 && slugPattern.MatchString(in.Slug), "/slug", "bad_slug", "Small letters a to z, digits and single hyphens, at most 64.")
	f.Required("/name", in.Name)
	f.MaxRunes("/name", in.Name, 100)
	f.MaxRunes("/description", in.Description, 1000)
	f.Check(plain(in.Name) && plain(in.Description), "/name", "bad_characters", "Control characters are not allowed.")
	f.Check(in.Position >= 0 && in.Position < 10_000, "/position", "out_of_range", "From 0 to 9999.")
	f.Check(len(in.Benefits) <= 20, "/benefits", "too_many", "At most 20.")
	for i, b := range in.Benefits {
		path := fmt.Sprintf("/benefits/%d", i)
		f.MaxRunes(path, b, 200)
		f.Check(plain(b), path, "bad_characters", "Control characters are not allowed.")
	}
	in.validatePrices(&f)
	return f.Err()
}

func (in *PlanInput) validatePrices(f *fault.Fields) {
	seen := map[Interval]bool{}
	for i, p := range in.Prices {
		path := fmt.Sprintf("/prices/%d/", i)
		f.Check(p.Interval.Valid(), path+"interval", "unknown", "One of month, year.")
		f.Check(!seen[p.Interval], path+"interval", "twice", "There is one price for each interval.")
		f.Check(p.Amount > 0 && p.Amount <= maxAmount, path+"amount", "out_of_range", "From 1 to 99999999, in the smallest unit of the currency.")
		f.Check(currencyPattern.MatchString(p.Currency), path+"currency", "bad_currency", "Three letters, such as eur.")
		seen[p.Interval] = true
	}
}

func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' })
}
