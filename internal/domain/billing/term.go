package billing

import (
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// TermSource says where a term comes from.
type TermSource string

// The sources of a term.
const (
	TermManual        TermSource = "manual"        // paid outside of Stripe, such as by bank transfer
	TermComplimentary TermSource = "complimentary" // given by the firm
	TermGift          TermSource = "gift"          // given by another reader
	TermPurchase      TermSource = "purchase"      // paid once, for a term
	TermOrder         TermSource = "order"         // paid by invoice
)

// Term is a right from one date to another, other than a running subscription.
// An owner may have any number, and they may overlap: any open one opens.
type Term struct {
	ID            uuid.UUID     `gorm:"type:uuid;primaryKey"`
	Owner         Owner         `gorm:"embedded;embeddedPrefix:owner_"`
	PlanID        uuid.NullUUID `gorm:"type:uuid"` // null: every plan
	Source        TermSource
	SourceID      string // of what it came from; one term comes from it
	StartsAt      time.Time
	EndsAt        time.Time  // the moment itself is outside
	OpenUntil     *time.Time // not paid yet: it opens until then only; nil: nothing is owed
	Seats         int64
	Reference     string     // order number, bank transfer: what bookkeepers look for
	Remark        string     // for the desk only
	Amount        int64      // paid for it, in the smallest unit of Currency
	Currency      string     // "" when nothing was paid
	Version       int64      // rises with every change
	GivenBy       *uuid.UUID `gorm:"type:uuid"`
	GivenByName   string
	CreatedAt     time.Time
	UpdatedAt     time.Time
	RevokedAt     *time.Time
	RevokedByName string
	RevokedWhy    string
	RemindedFor   *time.Time // the end that the reminder was about

	Plan *Plan `gorm:"-"` // shared: read it only; nil: every plan
}

// TableName implements gorm's Tabler.
func (Term) TableName() string { return "terms" }

// TermState is how a term stands at a moment.
type TermState string

// The states of a term.
const (
	TermComing  TermState = "coming"  // it has not begun
	TermOpen    TermState = "open"    // it opens, now
	TermUnpaid  TermState = "unpaid"  // it would open, but the invoice is not paid
	TermEnded   TermState = "ended"   // its end has passed
	TermRevoked TermState = "revoked" // taken back
)

// State says how the term stands. Nothing needs to happen for it to change:
// the dates do it.
func (t *Term) State(now time.Time) TermState {
	switch {
	case t.RevokedAt != nil:
		return TermRevoked
	case !now.Before(t.EndsAt):
		return TermEnded
	case now.Before(t.StartsAt):
		return TermComing
	case t.OpenUntil != nil && !now.Before(*t.OpenUntil):
		return TermUnpaid
	default:
		return TermOpen
	}
}

// covers tells whether a term stands for a plan; the zero id is every plan.
func (t *Term) covers(plan uuid.NullUUID) bool { return !t.PlanID.Valid || t.PlanID == plan }

// TermInput is a term given at the desk.
type TermInput struct {
	Member    uuid.UUID
	Source    TermSource // manual or complimentary
	PlanSlug  string     // "" is every plan
	StartsAt  time.Time  // zero is now
	EndsAt    time.Time
	Seats     int64 // 0 means 1
	Reference string
	Remark    string
	Amount    int64
	Currency  string
	// PayBy is when a bill that was sent outside of Stripe is due; zero: nothing
	// is owed. With OpenMeanwhile the term opens at its start and closes when the
	// bill is overdue; without, it opens once it is paid.
	PayBy         time.Time
	OpenMeanwhile bool
}

// unpaidUntil is how long a term opens while its bill is not paid; nil when
// nothing is owed.
func (in *TermInput) unpaidUntil(overdueDays int) *time.Time {
	if in.PayBy.IsZero() {
		return nil
	}
	until := in.StartsAt
	if in.OpenMeanwhile {
		until = in.PayBy.AddDate(0, 0, overdueDays)
	}
	until = until.UTC().Truncate(time.Microsecond)
	return &until
}

// longestTerm keeps slips of the pen out: nothing is sold for longer.
const longestTerm = 30

// Validate lists every broken rule.
func (in *TermInput) Validate() error {
	var f fault.Fields
	f.Check(in.Source == TermManual || in.Source == TermComplimentary, "/source", "unknown", "One of manual, complimentary.")
	f.Check(in.PlanSlug == "" || slugPattern.MatchString(in.PlanSlug), "/plan", "bad_slug", "This is no plan's address.")
	checkDates(&f, in.StartsAt, in.EndsAt)
	f.Check(in.Seats >= 0 && in.Seats <= 100_000, "/seats", "out_of_range", "From 1 to 100000.")
	checkWords(&f, in.Reference, in.Remark)
	f.Check(in.Amount >= 0 && in.Amount <= maxOrder, "/amount", "out_of_range", "From 0 to 99999999999, in the smallest unit of the currency.")
	f.Check(in.Source != TermComplimentary || in.Amount == 0, "/amount", "not_free", "What is complimentary costs nothing.")
	f.Check(in.PayBy.IsZero() || in.Source == TermManual && in.Amount > 0, "/pay_by", "nothing_owed", "Only what costs something is to be paid.")
	f.Check(in.Amount == 0 || currencyPattern.MatchString(in.Currency), "/currency", "bad_currency", "Three letters, such as eur.")
	return f.Err()
}

// maxOrder bounds what is paid outside of Stripe, whose limit of eight digits
// does not apply there.
const maxOrder = 99_999_999_999

func checkDates(f *fault.Fields, from, to time.Time) {
	f.Check(!to.IsZero(), "/ends_at", "required", "A term has an end.")
	f.Check(to.IsZero() || to.After(from), "/ends_at", "before_start", "The end comes after the start.")
	f.Check(from.IsZero() || !to.After(from.AddDate(longestTerm, 0, 0)), "/ends_at", "too_long", "At most 30 years.")
}

func checkWords(f *fault.Fields, reference, remark string) {
	f.MaxRunes("/reference", reference, 200)
	f.MaxRunes("/remark", remark, 2000)
	f.Check(plain(reference), "/reference", "bad_characters", "Control characters are not allowed.")
	f.Check(plain(remark), "/remark", "bad_characters", "Control characters are not allowed.")
}

// TermChange shortens, extends or describes a term; what is nil stays.
type TermChange struct {
	Version   int64 // the version the change was made from; 0 asks for no check
	StartsAt  *time.Time
	EndsAt    *time.Time
	Reference *string
	Remark    *string
	Paid      bool // the bill was paid: it opens to its end
}

// change takes over what was edited. It tells whether the term opens otherwise
// than before.
func (t *Term) change(in TermChange, now time.Time) (opens bool, err error) {
	if t.RevokedAt != nil {
		return false, errTermRevoked
	}
	before := *t
	for _, x := range []struct{ to, from *time.Time }{{&t.StartsAt, in.StartsAt}, {&t.EndsAt, in.EndsAt}} {
		if x.from != nil {
			*x.to = x.from.UTC().Truncate(time.Microsecond)
		}
	}
	for _, x := range []struct{ to, from *string }{{&t.Reference, in.Reference}, {&t.Remark, in.Remark}} {
		if x.from != nil {
			*x.to = *x.from
		}
	}
	var f fault.Fields
	checkDates(&f, t.StartsAt, t.EndsAt)
	checkWords(&f, t.Reference, t.Remark)
	if in.Paid {
		t.OpenUntil = nil
	}
	t.Version++
	t.UpdatedAt = now
	return before.OpenUntil != t.OpenUntil || !before.StartsAt.Equal(t.StartsAt) || !before.EndsAt.Equal(t.EndsAt), f.Err()
}

// revoke takes the term back.
func (t *Term) revoke(by, why string, now time.Time) error {
	if t.RevokedAt != nil {
		return errTermRevoked
	}
	t.RevokedAt, t.RevokedByName, t.RevokedWhy, t.UpdatedAt = &now, by, why, now
	t.Version++
	return nil
}

var (
	errNoTerm      = fault.New(fault.NotFound, "term_not_found", "There is no such term.")
	errTermRevoked = fault.New(fault.Conflict, "term_revoked", "This term was taken back already.")
	errStaleTerm   = fault.New(fault.PreconditionFailed, "term_changed", "Somebody else changed this term meanwhile.")
)

// addMonths counts months as people do: a month after the 31st of January is
// the last of February, not the third of March.
func addMonths(t time.Time, n int) time.Time {
	out := t.AddDate(0, n, 0)
	if out.Day() != t.Day() {
		out = out.AddDate(0, 0, -out.Day())
	}
	return out
}
