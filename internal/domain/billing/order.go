package billing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// OrderState is how far an order by invoice has come.
type OrderState string

// The states of an order. Overdue and expired are never stored: the dates
// make it so.
const (
	OrderQuoted   OrderState = "quoted"
	OrderExpired  OrderState = "expired"  // nobody answered the quote in time
	OrderAccepted OrderState = "accepted" // the bill is being written
	OrderInvoiced OrderState = "invoiced"
	OrderPaid     OrderState = "paid"
	OrderOverdue  OrderState = "overdue"
	OrderVoid     OrderState = "void" // taken back, or its bill was voided or written off
	OrderDeclined OrderState = "declined"
)

// Order is a quote to a customer who pays by invoice, and what became of it.
// Its term begins when it is accepted; its bill is Stripe's.
type Order struct {
	ID           uuid.UUID     `gorm:"type:uuid;primaryKey"`
	Number       int64         // as people call it
	TokenHash    string        // of the link on which it is accepted
	Company      string        // whom the bill names
	Name         string        // who it is sent to
	Email        string        // where it is sent
	Address      string        // lines
	TaxID        string        // of the buyer
	AcceptedName string        // who accepted it, as typed
	TaxWords     string        // what the quote says of taxes
	Words        string        // to the buyer
	MemberID     uuid.NullUUID `gorm:"type:uuid"` // who may read; known once it is accepted
	PlanID       uuid.NullUUID `gorm:"type:uuid"` // null: every plan
	Seats        int64
	StartsAt     *time.Time // nil: when it is accepted, or what they have ends
	Months       int
	Amount       int64 // in the smallest unit of Currency
	Currency     string
	PONumber     string
	DaysUntilDue int64
	OpenUnpaid   bool // it opens at its start, before it is paid
	OverdueDays  int  // how long an overdue bill leaves it open
	State        OrderState
	ExpiresAt    time.Time // of the quote
	Sent         int64     // how often the quote was mailed
	InvoiceID    string    // Stripe's; "" until the draft is there
	InvoiceNo    string
	InvoiceURL   string
	PDFURL       string
	DueAt        *time.Time
	InvoiceSent  *time.Time
	OverdueTold  *time.Time
	Problem      string // code of what keeps the bill from being written
	MadeByName   string
	CreatedAt    time.Time
	UpdatedAt    time.Time
	AcceptedAt   *time.Time
	PaidAt       *time.Time
	ClosedAt     *time.Time // declined or void

	Plan *Plan `gorm:"-"` // shared: read it only; nil: every plan
}

// TableName implements gorm's Tabler.
func (Order) TableName() string { return "orders" }

// Standing is the state at a moment, with what the dates say.
func (x *Order) Standing(now time.Time) OrderState {
	switch {
	case x.State == OrderInvoiced && x.DueAt != nil && !now.Before(*x.DueAt):
		return OrderOverdue
	case x.Expired(now):
		return OrderExpired
	}
	return x.State
}

// Expired tells whether nobody accepted or declined the quote in time.
func (x *Order) Expired(now time.Time) bool {
	return x.State == OrderQuoted && !now.Before(x.ExpiresAt)
}

// Line is what the bill says it is for.
func (x *Order) Line() string {
	what := "Every plan"
	if x.Plan != nil {
		what = x.Plan.Name
	}
	what += ", " + termWords(x.Months)
	if x.Seats > 1 {
		what += fmt.Sprintf(", %d seats", x.Seats)
	}
	return what
}

// accept takes the quote. It tells false when that was done before.
func (x *Order) accept(in *Acceptance, now time.Time) (bool, error) {
	switch {
	case x.State == OrderDeclined, x.State == OrderVoid:
		return false, errOrderClosed
	case x.State != OrderQuoted:
		return false, nil
	case x.Expired(now):
		return false, errQuoteExpired
	}
	x.State, x.AcceptedAt, x.UpdatedAt = OrderAccepted, &now, now
	x.PONumber, x.AcceptedName, x.Address, x.TaxID = in.PONumber, in.Name, in.Address, in.TaxID
	return true, nil
}

// close ends a quote or an order that is not paid.
func (x *Order) close(to OrderState, now time.Time) error {
	switch {
	case x.State == OrderPaid:
		return errOrderPaid
	case x.State == OrderDeclined, x.State == OrderVoid, to == OrderDeclined && x.State != OrderQuoted:
		return errOrderClosed
	case to == OrderDeclined && x.Expired(now):
		return errQuoteExpired
	}
	x.State, x.ClosedAt, x.UpdatedAt = to, &now, now
	return nil
}

// follow takes over how the order's bill stands and names what happened. An
// order that was taken back stays so while its bill is open: it is about to be
// voided, too. Money that came in all the same counts.
func (x *Order) follow(b *Bill, now time.Time) (verb string) {
	x.InvoiceNo, x.InvoiceURL, x.PDFURL, x.DueAt, x.UpdatedAt = b.Number, b.URL, b.PDFURL, b.DueAt, now
	switch {
	case b.Status == billPaid && x.State != OrderPaid:
		x.State, x.PaidAt, x.ClosedAt = OrderPaid, b.PaidAt, nil
		return verbOrderPaid
	case b.Status == billOpen && x.State == OrderAccepted:
		x.State = OrderInvoiced
		return verbOrderInvoiced
	case (b.Status == billVoid || b.Status == billWrittenOff) && x.State != OrderVoid && x.State != OrderPaid:
		x.State, x.ClosedAt = OrderVoid, &now
		return verbOrderVoid
	}
	return ""
}

// unpaidUntil is how long the term of an order opens while it is not paid.
func (x *Order) unpaidUntil(start, due time.Time) *time.Time {
	until := start
	if x.OpenUnpaid {
		until = due.AddDate(0, 0, x.OverdueDays)
	}
	until = until.UTC().Truncate(time.Microsecond)
	return &until
}

// OrderInput is a quote as it is written at the desk.
type OrderInput struct {
	Company, Name, Email string
	Address              string // lines
	TaxWords             string // what it says of taxes
	Words                string // to the buyer
	PlanSlug             string // "" is every plan
	Seats                int64  // 0 means 1
	StartsAt             time.Time
	Months               int
	Amount               int64
	Currency             string
	DaysUntilDue         int64
	OpenUnpaid           bool
	ValidDays            int // how long the quote holds
}

func (in *OrderInput) normalize() {
	for _, s := range []*string{&in.Company, &in.Name, &in.Email, &in.Address, &in.TaxWords, &in.Words} {
		*s = strings.TrimSpace(strings.ReplaceAll(*s, "\r\n", "\n"))
	}
	in.Currency, in.Seats = strings.ToLower(strings.TrimSpace(in.Currency)), max(in.Seats, 1)
}

// Validate lists every broken rule.
func (in *OrderInput) Validate() error {
	var f fault.Fields
	_, err := mail.ParseAddress(in.Email)
	f.Check(err == nil && len(in.Email) <= 254 && !strings.ContainsAny(in.Email, "<>\" "), "/email", "bad_address", "Please write an e-mail address, such as name@example.com.")
	f.Required("/company", in.Company)
	f.MaxRunes("/company", in.Company, 200)
	f.MaxRunes("/name", in.Name, 100) // as long as a member's
	for path, line := range map[string]string{"/company": in.Company, "/name": in.Name} {
		f.Check(plain(line) && !strings.Contains(line, "\n"), path, "bad_characters", "A name is one line.")
	}
	for path, lines := range map[string]string{"/address": in.Address, "/tax_words": in.TaxWords, "/words": in.Words} {
		f.MaxRunes(path, lines, 500)
		f.Check(plain(lines), path, "bad_characters", "Control characters are not allowed.")
	}
	f.Check(in.PlanSlug == "" || slugPattern.MatchString(in.PlanSlug), "/plan", "bad_slug", "This is no plan's address.")
	f.Check(in.Seats >= 1 && in.Seats <= 100_000, "/seats", "out_of_range", "From 1 to 100000.")
	f.Check(in.Months >= 1 && in.Months <= 120, "/months", "out_of_range", "From 1 to 120 months.")
	f.Check(in.Amount >= 1 && in.Amount <= maxAmount, "/amount", "out_of_range", "From 1 to 99999999, in the smallest unit of the currency.")
	f.Check(currencyPattern.MatchString(in.Currency), "/currency", "bad_currency", "Three letters, such as eur.")
	f.Check(in.DaysUntilDue >= 0 && in.DaysUntilDue <= 365, "/days_until_due", "out_of_range", "From 0 to 365 days.")
	f.Check(in.ValidDays >= 1 && in.ValidDays <= 365, "/valid_days", "out_of_range", "From 1 to 365 days.")
	return f.Err()
}

// The journal's verbs of an order.
const (
	verbOrderQuoted   = "order.quoted"
	verbOrderSent     = "order.sent" // the quote, by mail
	verbOrderAccepted = "order.accepted"
	verbOrderDeclined = "order.declined"
	verbOrderInvoiced = "order.invoiced"
	verbOrderOverdue  = "order.overdue"
	verbOrderPaid     = "order.paid"
	verbOrderVoid     = "order.voided"
)

var (
	errNoOrder      = fault.New(fault.NotFound, "order_not_found", "There is no such order.")
	errOrderClosed  = fault.New(fault.Conflict, "order_closed", "This order was declined or taken back.")
	errOrderPaid    = fault.New(fault.Conflict, "order_paid", "This order is paid.")
	errOrderOpen    = fault.New(fault.Conflict, "order_open", "The bill of this order is open. Take the order back instead.")
	errQuoteExpired = fault.New(fault.Gone, "quote_expired", "This quote has expired. Please write to us for another.")
)

// orderToken computes what makes the link of an order unguessable. It is
// nowhere in the database, so a copy of that accepts nothing.
func (o *Office) orderToken(id uuid.UUID) string {
	mac := hmac.New(sha256.New, o.GiftKey)
	mac.Write([]byte("order"))
	mac.Write(id[:])
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(mac.Sum(nil)[:20]))
}

// OrderLink is the address of the page on which an order is accepted.
func (o *Office) OrderLink(x *Order) string { return o.orderLink(x.ID) }

func (o *Office) orderLink(id uuid.UUID) string { return o.BaseURL + "/order/" + o.orderToken(id) }
