package memberapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Invoice is one bill. Amounts are in the smallest unit of the currency.
type Invoice struct {
	ID         string     `json:"id" format:"uuid"`
	Number     string     `json:"number"`
	Status     string     `json:"status" enum:"open,paid,uncollectible,void"`
	Currency   string     `json:"currency"`
	Subtotal   int64      `json:"subtotal"`
	Tax        int64      `json:"tax"`
	Total      int64      `json:"total"`
	Paid       int64      `json:"paid"`
	Remaining  int64      `json:"remaining"`
	Refunded   int64      `json:"refunded"`
	BilledAt   time.Time  `json:"billed_at"`
	DueAt      *time.Time `json:"due_at,omitempty" doc:"Of a bill that is sent: pay it by then"`
	PaidAt     *time.Time `json:"paid_at,omitempty"`
	URL        string     `json:"url,omitempty" doc:"Where it can be read and paid"`
	PDFURL     string     `json:"pdf_url,omitempty"`
	ReceiptURL string     `json:"receipt_url,omitempty"`
}

type (
	invoicesInput struct {
		Cursor string `query:"cursor" maxLength:"64" doc:"The next of the page before"`
	}
	invoicesOutput struct {
		Body struct {
			Invoices []Invoice `json:"invoices"`
			Next     string    `json:"next,omitempty"`
		}
	}
)

var errBadCursor = fault.New(fault.Invalid, "bad_cursor", "This is no cursor of this list.")

func (s *service) listInvoices(ctx context.Context, member uuid.UUID, in *invoicesInput) (*invoicesOutput, error) {
	after := uuid.Nil
	if in.Cursor != "" {
		var err error
		if after, err = uuid.Parse(in.Cursor); err != nil {
			return nil, errBadCursor
		}
	}
	page, err := s.Billing.Bills(ctx, member, after)
	if err != nil {
		return nil, err
	}
	out := &invoicesOutput{}
	out.Body.Invoices = []Invoice{}
	for _, b := range page.Items {
		out.Body.Invoices = append(out.Body.Invoices, Invoice{
			b.ID.String(), b.Number, b.Status, b.Currency, b.Subtotal, b.Tax, b.Total, b.Paid, b.Remaining, b.Refunded, b.BilledAt, b.DueAt, b.PaidAt, b.URL, b.PDFURL, b.ReceiptURL,
		})
	}
	if page.More() {
		out.Body.Next = page.Next.String()
	}
	return out, nil
}

// Refund is money that went back.
type Refund struct {
	Amount   int64     `json:"amount"`
	Currency string    `json:"currency"`
	Status   string    `json:"status"`
	MadeAt   time.Time `json:"made_at"`
}

// Dispute is a payment that was asked back at the bank.
type Dispute struct {
	Amount   int64     `json:"amount"`
	Currency string    `json:"currency"`
	Status   string    `json:"status"`
	MadeAt   time.Time `json:"made_at"`
}

type refundsOutput struct {
	Body struct {
		Refunds  []Refund  `json:"refunds"`
		Disputes []Dispute `json:"disputes"`
	}
}

func (s *service) listRefunds(ctx context.Context, member uuid.UUID, _ *struct{}) (*refundsOutput, error) {
	back, err := s.Billing.MoneyBack(ctx, member)
	if err != nil {
		return nil, err
	}
	out := &refundsOutput{}
	out.Body.Refunds, out.Body.Disputes = []Refund{}, []Dispute{}
	for _, r := range back.Refunds {
		out.Body.Refunds = append(out.Body.Refunds, Refund{r.Amount, r.Currency, r.Status, r.MadeAt})
	}
	for _, d := range back.Disputes {
		out.Body.Disputes = append(out.Body.Disputes, Dispute{d.Amount, d.Currency, d.Status, d.MadeAt})
	}
	return out, nil
}

type (
	portalInput struct {
		ByKey
		Body struct {
			ReturnPath string `json:"return_path,omitempty" maxLength:"1024" doc:"A path of the portal to come back to, or an address that the content key allows, or one at a front end that the configuration names; absent is the account page" example:"https://www.firm.example/account"`
		}
	}
	portalOutput struct {
		Body struct {
			URL string `json:"url"`
		}
	}
)

func (s *service) portalSession(ctx context.Context, member uuid.UUID, in *portalInput) (*portalOutput, error) {
	back := in.Body.ReturnPath
	if back == "" {
		back = "/account"
	}
	ways, err := s.ways(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	address, err := s.Billing.PortalURL(ctx, member, back, ways...)
	if err != nil {
		return nil, err
	}
	out := &portalOutput{}
	out.Body.URL = address
	return out, nil
}
