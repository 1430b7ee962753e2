package billing

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// OfferKind says whom an offer is for.
type OfferKind string

// The kinds of offer.
const (
	SignUp    OfferKind = "signup"    // for who subscribes: by its address, or typed at checkout
	Retention OfferKind = "retention" // for who is about to leave; it has no address
)

// Gift is what an offer gives.
type Gift string

// The gifts.
const (
	PercentOff Gift = "percent"
	AmountOff  Gift = "amount"
	FreeTrial  Gift = "trial"
)

// Duration is how long a discount lasts, in Stripe's words
// (https://docs.stripe.com/api/coupons/object#coupon_object-duration).
type Duration string

// The durations.
const (
	Once      Duration = "once"
	Repeating Duration = "repeating" // for some months
	Forever   Duration = "forever"
)

// Offer makes a plan cheaper for a while. Its code and what it gives never
// change, because people hold it in their hands.
type Offer struct {
	ID                uuid.UUID `gorm:"type:uuid;primaryKey"`
	Code              string    // capitals and digits
	Name              string    // also what invoices call it
	Description       string
	Kind              OfferKind
	Terms             `gorm:"embedded"`
	PlanID            uuid.NullUUID `gorm:"type:uuid"` // null: for every plan
	StartsAt          *time.Time
	EndsAt            *time.Time
	MaxRedemptions    int64 // 0: no limit
	Archived          bool
	StripeCouponID    string
	StripePromotionID string
	Version           int64
	MirroredVersion   int64
	CreatedAt         time.Time
	UpdatedAt         time.Time
}

// TableName implements gorm's Tabler.
func (Offer) TableName() string { return "offers" }

// Terms are what an offer gives, and for how long.
type Terms struct {
	Gift      Gift
	Percent   int64
	Amount    int64  // in the smallest unit of Currency
	Currency  string // of Amount
	TrialDays int64
	Duration  Duration
	Months    int64 // of Repeating
}

// ForPlan tells whether the offer is good for a plan.
func (o *Offer) ForPlan(plan uuid.UUID) bool { return !o.PlanID.Valid || o.PlanID.UUID == plan }

// ForCurrency tells whether the offer is good for prices in a currency.
func (o *Offer) ForCurrency(currency string) bool {
	return o.Gift != AmountOff || o.Currency == currency
}

// Off is what a price costs less the first time.
func (t Terms) Off(amount int64) int64 {
	switch t.Gift {
	case PercentOff:
		return (amount*t.Percent + 50) / 100
	case AmountOff:
		return min(t.Amount, amount)
	}
	return 0
}

var (
	errNoOffer      = fault.New(fault.NotFound, "offer_not_found", "There is no such offer.")
	errOfferEarly   = fault.New(fault.Conflict, "offer_not_started", "This offer has not begun yet.")
	errOfferOver    = fault.New(fault.Gone, "offer_expired", "This offer is over.")
	errOfferUsedUp  = fault.New(fault.Gone, "offer_used_up", "This offer is used up: everybody it was made for has taken it.")
	errOfferTaken   = fault.New(fault.Conflict, "offer_taken", "You have used this offer already. It is good once.")
	errOfferPlan    = fault.New(fault.Conflict, "offer_other_plan", "This offer is for another plan.")
	errOfferMoney   = fault.New(fault.Conflict, "offer_other_currency", "This offer is in another currency.")
	errOfferNotSent = &fault.Error{Kind: fault.Unavailable, Code: "offer_not_ready", RetryAfter: 10 * time.Second, Message: "This offer is being set up. Please try again in a moment."}
)

// usable says why the offer gives nothing now, or nil. used counts places
// taken or held.
func (o *Offer) usable(now time.Time, used int64) error {
	switch {
	case o.Archived, o.EndsAt != nil && !now.Before(*o.EndsAt):
		return errOfferOver
	case o.StartsAt != nil && now.Before(*o.StartsAt):
		return errOfferEarly
	case o.MaxRedemptions > 0 && used >= o.MaxRedemptions:
		return errOfferUsedUp
	}
	return nil
}

// fits says why the offer is not for a price, or nil.
func (o *Offer) fits(p *Price) error {
	switch {
	case !o.ForPlan(p.PlanID):
		return errOfferPlan
	case !o.ForCurrency(p.Currency):
		return errOfferMoney
	case o.Gift != FreeTrial && o.StripeCouponID == "":
		return errOfferNotSent
	}
	return nil
}

// OfferInput describes an offer to be made.
type OfferInput struct {
	Code string
	Kind OfferKind
	Terms
	Plan string // slug; "" is every plan
	OfferChange
}

// OfferChange is what may change of an offer.
type OfferChange struct {
	Version        int64 // the version the change was made from; 0 asks for no check
	Name           string
	Description    string
	StartsAt       *time.Time
	EndsAt         *time.Time
	MaxRedemptions int64
	Archived       bool
}

var codePattern = regexp.MustCompile(`^[A-Z0-9]{3,40}$`)

// FoldCode is a code as it is stored, however somebody typed it.
func FoldCode(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }

// Normalize trims what people leave at the edges, and drops what goes with
// another gift.
func (in *OfferInput) Normalize() {
	in.Code, in.Plan = FoldCode(in.Code), strings.TrimSpace(in.Plan)
	in.Currency = strings.ToLower(strings.TrimSpace(in.Currency))
	in.OfferChange.Normalize()
	t := &in.Terms
	if t.Gift != PercentOff {
		t.Percent = 0
	}
	if t.Gift != AmountOff {
		t.Amount, t.Currency = 0, ""
	}
	if t.Gift != FreeTrial {
		t.TrialDays = 0
	} else {
		t.Duration = Once
	}
	if t.Duration != Repeating {
		t.Months = 0
	}
}

// Normalize trims what people leave at the edges.
func (in *OfferChange) Normalize() {
	in.Name, in.Description = strings.TrimSpace(in.Name), strings.TrimSpace(in.Description)
}

// Validate lists every broken rule. The lengths are Stripe's.
func (in *OfferInput) Validate() error {
	var f fault.Fields
	f.Check(codePattern.MatchString(in.Code), "/code", "bad_code", "3 to 40 letters and digits.")
	f.Check(in.Kind == SignUp || in.Kind == Retention, "/kind", "unknown", "One of signup, retention.")
	f.Check(in.Plan == "" || slugPattern.MatchString(in.Plan), "/plan", "bad_slug", "This is no plan's address.")
	in.Terms.validate(&f)
	in.OfferChange.validate(&f)
	return f.Err()
}

func (t Terms) validate(f *fault.Fields) {
	switch t.Gift {
	case PercentOff:
		f.Check(t.Percent >= 1 && t.Percent <= 100, "/percent", "out_of_range", "From 1 to 100.")
	case AmountOff:
		f.Check(t.Amount > 0 && t.Amount <= maxAmount, "/amount", "out_of_range", "From 1 to 99999999, in the smallest unit of the currency.")
		f.Check(currencyPattern.MatchString(t.Currency), "/currency", "bad_currency", "Three letters, such as eur.")
	case FreeTrial:
		f.Check(t.TrialDays >= 1 && t.TrialDays <= maxTrialDays, "/trial_days", "out_of_range", "From 1 to 730.")
	default:
		f.Add("/gift", "unknown", "One of percent, amount, trial.")
	}
	f.Check(t.Duration == Once || t.Duration == Repeating || t.Duration == Forever, "/duration", "unknown", "One of once, repeating, forever.")
	f.Check(t.Duration != Repeating || t.Months >= 1 && t.Months <= 36, "/months", "out_of_range", "From 1 to 36.")
}

// Validate lists every broken rule.
func (in *OfferChange) Validate() error {
	var f fault.Fields
	in.validate(&f)
	return f.Err()
}

func (in *OfferChange) validate(f *fault.Fields) {
	f.Required("/name", in.Name)
	f.MaxRunes("/name", in.Name, 40)
	f.Check(plain(in.Name), "/name", "bad_characters", "Control characters are not allowed.")
	f.MaxRunes("/description", in.Description, 500)
	f.Check(plain(in.Description), "/description", "bad_characters", "Control characters are not allowed.")
	f.Check(in.MaxRedemptions >= 0 && in.MaxRedemptions <= 1_000_000, "/max_redemptions", "out_of_range", "From 1 to 1000000, or 0 for no limit.")
	f.Check(in.StartsAt == nil || in.EndsAt == nil || in.StartsAt.Before(*in.EndsAt), "/ends_at", "before_start", "The end comes after the start.")
}
