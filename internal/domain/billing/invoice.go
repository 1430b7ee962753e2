package billing

import (
	"time"

	"github.com/google/uuid"
)

// Invoice is the copy of a bill at Stripe. Drafts are not copied.
type Invoice struct {
	ID         uuid.UUID `gorm:"type:uuid;primaryKey"`
	Owner      Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	StripeID   string
	Bill       `gorm:"embedded"`
	SyncNumber int64 // rises with every write
	SyncedAt   time.Time
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Invoice) TableName() string { return "invoices" }

// Bill is what Stripe says of an invoice. Amounts are in the smallest unit of
// Currency; nil times are unset.
type Bill struct {
	StripeCustomerID string
	SubscriptionID   string // Stripe's; "" for none
	ChargeID         string
	Number           string
	Status           string // open, paid, uncollectible or void
	Reason           string // Stripe's billing_reason
	Currency         string
	Subtotal         int64
	Tax              int64
	Total            int64
	Due              int64 // what was asked for, credit taken off
	Paid             int64
	Remaining        int64
	Refunded         int64
	Attempts         int64
	NextAttempt      *time.Time
	PeriodStart      *time.Time
	PeriodEnd        *time.Time
	BilledAt         time.Time
	DueAt            *time.Time
	PaidAt           *time.Time
	URL              string // where it can be read and paid
	PDFURL           string
	ReceiptURL       string // "" when nothing was paid by itself
	BilledName       string
	BilledEmail      string
	BilledAddress    string // lines
}

// The statuses of a bill.
const (
	billDraft = "draft"
	billOpen  = "open"
	billPaid  = "paid"
	billVoid  = "void"
	// billWrittenOff may still be paid, though nobody thinks so.
	billWrittenOff = "uncollectible"
)

// PaidBack tells whether all that was paid went back.
func (b *Bill) PaidBack() bool { return b.Paid > 0 && b.Refunded >= b.Paid }

func (b *Bill) moments() []**time.Time {
	return []**time.Time{&b.NextAttempt, &b.PeriodStart, &b.PeriodEnd, &b.DueAt, &b.PaidAt}
}

// equal compares times as moments and the rest as it stands.
func (b Bill) equal(other Bill) bool {
	mine, theirs := b.moments(), other.moments()
	for i := range mine {
		if !sameMoment(*mine[i], *theirs[i]) {
			return false
		}
		*mine[i], *theirs[i] = nil, nil // both are copies
	}
	if !b.BilledAt.Equal(other.BilledAt) {
		return false
	}
	b.BilledAt = other.BilledAt
	return b == other
}

// The journal's verbs of money.
const (
	verbBillPaid      = "invoice.paid"
	verbBillFailed    = "invoice.failed" // a try to collect it failed
	verbRefunded      = "payment.refunded"
	verbDisputed      = "payment.disputed"
	verbDisputeClosed = "payment.dispute_closed"
)

// apply takes over what Stripe says and names what happened. It is pure.
func (in *Invoice) apply(next Bill, now time.Time) (differs bool, verbs []string) {
	before, fresh := in.Bill, in.SyncNumber == 0
	if !fresh && before.equal(next) {
		return false, nil
	}
	if next.Status == billPaid && before.Status != billPaid {
		verbs = append(verbs, verbBillPaid)
	}
	if next.Status == billOpen && next.Attempts > before.Attempts && next.Remaining > 0 {
		verbs = append(verbs, verbBillFailed)
	}
	in.Bill = next
	in.SyncNumber++
	in.SyncedAt = now
	return true, verbs
}

// Refund is money that went back.
type Refund struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	Owner     Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	StripeID  string
	ChargeID  string
	InvoiceID string // Stripe's; "" for a payment without one
	Amount    int64
	Currency  string
	Status    string
	Reason    string
	MadeAt    time.Time
	CreatedAt time.Time
}

// TableName implements gorm's Tabler.
func (Refund) TableName() string { return "refunds" }

// Dispute is a payment that the cardholder had their bank ask back.
type Dispute struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	Owner     Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	StripeID  string
	ChargeID  string
	InvoiceID string // Stripe's
	Amount    int64
	Currency  string
	Status    string
	Reason    string
	AnswerBy  *time.Time
	MadeAt    time.Time
	CreatedAt time.Time
}

// TableName implements gorm's Tabler.
func (Dispute) TableName() string { return "disputes" }
