package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// Charge is one try to take money, and what became of it later.
type Charge struct {
	ID         string
	CustomerID string
	InvoiceID  string // empty for a payment without an invoice
	Amount     int64
	Refunded   int64 // of Amount, so far
	Currency   string
	Disputed   bool
	ReceiptURL string // a page with the receipt; empty until it was paid
}

// Refund is money that went back.
type Refund struct {
	ID       string
	ChargeID string
	Amount   int64
	Currency string
	Status   string // pending, requires_action, succeeded, failed or canceled
	Reason   string // duplicate, fraudulent, requested_by_customer, or empty
	Created  time.Time
}

// Dispute is a payment that the cardholder has their bank ask back.
type Dispute struct {
	ID       string
	ChargeID string
	Amount   int64
	Currency string
	Status   DisputeStatus
	Reason   string // fraudulent, product_not_received …
	Created  time.Time
	AnswerBy time.Time // zero: no answer is awaited
}

// DisputeStatus says how far a dispute has come. The warnings are questions of
// a bank that take no money yet
// (https://docs.stripe.com/api/disputes/object#dispute_object-status).
type DisputeStatus string

// The statuses in which a dispute is over.
const (
	DisputeWon           DisputeStatus = "won"
	DisputeLost          DisputeStatus = "lost"
	DisputeWarningClosed DisputeStatus = "warning_closed"
)

// Over tells whether nothing more will happen.
func (s DisputeStatus) Over() bool {
	return s == DisputeWon || s == DisputeLost || s == DisputeWarningClosed
}

// Charge fetches one charge.
func (c *Client) Charge(ctx context.Context, id string) (Charge, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Charge{}, err
	}
	ch, err := c.api.Charges.Get(id, &stripe.ChargeParams{Params: common})
	return plainCharge(ch), c.fault(err)
}

// Refund fetches one refund.
func (c *Client) Refund(ctx context.Context, id string) (Refund, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Refund{}, err
	}
	r, err := c.api.Refunds.Get(id, &stripe.RefundParams{Params: common})
	return plainRefund(r), c.fault(err)
}

// GiveBack gives back what is left of a payment because it was made twice. One
// that was given back already is refused as stripe_invalid_request
// (https://docs.stripe.com/api/refunds/create).
func (c *Client) GiveBack(ctx context.Context, key, charge string) (Refund, error) {
	common, err := write(ctx, key, charge)
	if err != nil {
		return Refund{}, err
	}
	r, err := c.api.Refunds.New(&stripe.RefundParams{Params: common, Charge: &charge, Reason: stripe.String(string(stripe.RefundReasonDuplicate))})
	return plainRefund(r), c.fault(err)
}

// Refunds walks through what was given back of a charge, newest first.
func (c *Client) Refunds(ctx context.Context, charge string) iter.Seq2[Refund, error] {
	return walk(c, func() *stripe.Iter {
		return c.api.Refunds.List(&stripe.RefundListParams{ListParams: pages(ctx), Charge: text(charge)}).Iter
	}, plainRefund)
}

// Dispute fetches one dispute.
func (c *Client) Dispute(ctx context.Context, id string) (Dispute, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Dispute{}, err
	}
	d, err := c.api.Disputes.Get(id, &stripe.DisputeParams{Params: common})
	return plainDispute(d), c.fault(err)
}

// Disputes walks through the disputes of a charge, newest first.
func (c *Client) Disputes(ctx context.Context, charge string) iter.Seq2[Dispute, error] {
	return walk(c, func() *stripe.Iter {
		return c.api.Disputes.List(&stripe.DisputeListParams{ListParams: pages(ctx), Charge: text(charge)}).Iter
	}, plainDispute)
}

func plainCharge(ch *stripe.Charge) Charge {
	if ch == nil {
		return Charge{}
	}
	out := Charge{
		ID: ch.ID, CustomerID: customerID(ch.Customer), Amount: ch.Amount, Refunded: ch.AmountRefunded, Currency: string(ch.Currency),
		Disputed: ch.Disputed, ReceiptURL: ch.ReceiptURL,
	}
	if ch.Invoice != nil {
		out.InvoiceID = ch.Invoice.ID
	}
	return out
}

func plainRefund(r *stripe.Refund) Refund {
	if r == nil {
		return Refund{}
	}
	out := Refund{ID: r.ID, Amount: r.Amount, Currency: string(r.Currency), Status: string(r.Status), Reason: string(r.Reason), Created: at(r.Created)}
	if r.Charge != nil {
		out.ChargeID = r.Charge.ID
	}
	return out
}

func plainDispute(d *stripe.Dispute) Dispute {
	if d == nil {
		return Dispute{}
	}
	out := Dispute{
		ID: d.ID, Amount: d.Amount, Currency: string(d.Currency), Status: DisputeStatus(d.Status), Reason: string(d.Reason), Created: at(d.Created),
	}
	if d.Charge != nil {
		out.ChargeID = d.Charge.ID
	}
	if e := d.EvidenceDetails; e != nil && !out.Status.Over() {
		out.AnswerBy = at(e.DueBy)
	}
	return out
}
