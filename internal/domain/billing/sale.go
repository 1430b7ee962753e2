package billing

import (
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// saleKind says what is paid once.
type saleKind string

const (
	noteSale saleKind = "note"
	giftSale saleKind = "gift"
)

type saleState string

// The states of a sale.
const (
	saleOpen       saleState = "open"       // also before Stripe has answered
	saleProcessing saleState = "processing" // ordered; the payment, such as a bank debit, takes days
	salePaid       saleState = "paid"
	saleClosed     saleState = "closed"  // never paid
	saleRevoked    saleState = "revoked" // paid back, and taken back
)

// sale is something that is paid once at the payment page. Its key is stored
// before Stripe is asked. Of the same thing an owner has one sale at most that
// is open, on its way or paid: so nobody pays for it twice, in whatever tabs.
type sale struct {
	ID             uuid.UUID `gorm:"type:uuid;primaryKey"`
	Kind           saleKind
	Owner          Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	SubjectID      uuid.UUID `gorm:"type:uuid"`
	Title          string
	Amount         int64
	Currency       string
	ReturnTo       string
	State          saleState
	SessionID      string
	InvoiceID      string
	IdempotencyKey string
	CreatedAt      time.Time
	PaidAt         *time.Time
	ClosedAt       *time.Time
	RefundedAt     *time.Time
	RevokedAt      *time.Time
}

// TableName implements gorm's Tabler.
func (sale) TableName() string { return "sales" }

// same tells whether another wish is for the same at the same price.
func (s *sale) same(other *sale) bool {
	return s.Amount == other.Amount && s.Currency == other.Currency && s.Title == other.Title && s.ReturnTo == other.ReturnTo
}

// failed tells whether it was ordered, and its payment did not arrive: pages
// that were left have no bill.
func (s *sale) failed() bool { return s.State == saleClosed && s.InvoiceID != "" }

// metaSale names our row in metadata at Stripe.
const metaSale = "lighttrends_sale"

var (
	errNotForSale = fault.New(fault.NotFound, "not_for_sale", "This is not sold.")
	errBought     = fault.New(fault.Conflict, "already_bought", "This is yours already.")
)
