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

// Plan is what is sold. Its slug never changes, because gates name it.
type Plan struct {
	ID              uuid.UUID `gorm:"type:uuid;primaryKey"`
	Slug            string
	Name            string
	Description     string
	Benefits        []string   `gorm:"type:jsonb;serializer:json"`
	Position        int        // order on the page
	Visible         bool       // shown to everybody; others are sold by link or by hand
	Archived        bool       // no longer sold; running subscriptions go on
	TrialDays       int64      // free days for who has never had any here
	AIUse           bool       `gorm:"column:ai_use"` // programs may read for who holds it, and hand the text to a language model
	Seats           Seats      `gorm:"embedded"`
	StripeProductID string     // "" until mirrored
	Version         int64      // rises with every change
	MirroredVersion int64      // the version Stripe shows
	ChangedBy       string     // whose version this is, for the desk
	Drift           []Drift    `gorm:"type:jsonb;serializer:json"` // what is otherwise at Stripe
	LookedAt        *time.Time // when that was last looked at
	CreatedAt       time.Time
	UpdatedAt       time.Time

	Prices []Price `gorm:"-"` // those that can be bought, the shortest interval first, the first currency of the house before others
}

// TableName implements gorm's Tabler.
func (Plan) TableName() string { return "plans" }

// PlanInput is the editable state of a plan.
type PlanInput struct {
	Slug        string // names the plan: a new one makes a plan, a known one changes it
	New         bool   // refuses a known one
	Version     int64  // the version the change was made from; 0 asks for no check
	Name        string
	Description string
	Benefits    []string
	Position    int
	Visible     bool
	Archived    bool
	TrialDays   int64
	AIUse       bool
	Seats       Seats
	Prices      []PriceInput // at most one for each interval, term and currency
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
		in.Prices[i].normalize()
	}
	in.Seats.normalize()
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
	f.Check(in.TrialDays >= 0 && in.TrialDays <= maxTrialDays, "/trial_days", "out_of_range", "From 0 to 730.")
	in.Seats.validate(&f)
	validatePrices(&f, in.Prices, in.Seats)
	return f.Err()
}

func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' })
}
