package adminapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// Order is a quote to somebody who pays by invoice, and what became of it.
type Order struct {
	ID           string     `json:"id" format:"uuid"`
	Number       int64      `json:"number" doc:"As people call it"`
	State        string     `json:"state" enum:"quoted,expired,accepted,invoiced,overdue,paid,void,declined" doc:"As of now; accepted waits for its bill, invoiced for its payment" etag:"-"`
	Company      string     `json:"company"`
	Name         string     `json:"name"`
	Email        string     `json:"email"`
	Address      string     `json:"address" doc:"Lines"`
	TaxID        string     `json:"tax_id"`
	AcceptedName string     `json:"accepted_name" doc:"Who accepted it, as typed"`
	TaxWords     string     `json:"tax_words"`
	Words        string     `json:"words"`
	MemberID     string     `json:"member_id,omitempty" doc:"Who may read; known once it is accepted"`
	Plan         string     `json:"plan" doc:"Slug; empty is every plan"`
	PlanName     string     `json:"plan_name"`
	Seats        int64      `json:"seats"`
	StartsAt     *time.Time `json:"starts_at,omitempty" doc:"Left out: when it is accepted"`
	Months       int        `json:"months"`
	Amount       int64      `json:"amount" doc:"For all of it, in the smallest unit"`
	Currency     string     `json:"currency"`
	PONumber     string     `json:"po_number"`
	DaysUntilDue int64      `json:"days_until_due"`
	OpenUnpaid   bool       `json:"open_unpaid"`
	ExpiresAt    time.Time  `json:"expires_at" doc:"Of the quote"`
	Sent         int64      `json:"sent" doc:"How often the quote was mailed"`
	Link         string     `json:"link,omitempty" doc:"Of the page on which it is accepted; while it can be"`
	InvoiceNo    string     `json:"invoice_number"`
	InvoiceURL   string     `json:"invoice_url"`
	PDFURL       string     `json:"pdf_url"`
	DueAt        *time.Time `json:"due_at,omitempty"`
	Problem      string     `json:"problem" doc:"Code of what keeps the bill from being written"`
	MadeBy       string     `json:"made_by"`
	CreatedAt    time.Time  `json:"created_at"`
	AcceptedAt   *time.Time `json:"accepted_at,omitempty"`
	PaidAt       *time.Time `json:"paid_at,omitempty"`
	ClosedAt     *time.Time `json:"closed_at,omitempty"`
}

// NewOrder is a quote as it is written.
type NewOrder struct {
	Company      string     `json:"company" maxLength:"800"`
	Name         string     `json:"name,omitempty" maxLength:"800"`
	Email        string     `json:"email" maxLength:"254"`
	Address      string     `json:"address,omitempty" maxLength:"2000"`
	TaxWords     string     `json:"tax_words,omitempty" maxLength:"2000" doc:"What it says of taxes"`
	Words        string     `json:"words,omitempty" maxLength:"2000" doc:"To the buyer"`
	Plan         string     `json:"plan,omitempty" maxLength:"64" doc:"Slug; left out, every plan"`
	Seats        int64      `json:"seats,omitempty" minimum:"0" maximum:"100000"`
	StartsAt     *time.Time `json:"starts_at,omitempty" doc:"Left out: when it is accepted, or when what they have ends"`
	Months       int        `json:"months" minimum:"1" maximum:"120"`
	Amount       int64      `json:"amount" minimum:"1"`
	Currency     string     `json:"currency" maxLength:"3"`
	DaysUntilDue int64      `json:"days_until_due" minimum:"0" maximum:"365"`
	OpenUnpaid   bool       `json:"open_unpaid,omitempty" doc:"It opens at its start and closes when the bill is overdue by the rules of sale; else it opens once it is paid"`
	ValidDays    int        `json:"valid_days" minimum:"1" maximum:"365"`
	Send         bool       `json:"send,omitempty" doc:"Mail it at once"`
}

type (
	ordersInput struct {
		State  string `query:"state" enum:"quoted,expired,accepted,invoiced,overdue,paid,void,declined"`
		Cursor string `query:"cursor" maxLength:"20"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	ordersOutput struct {
		Body struct {
			Orders []Order `json:"orders"`
			Next   string  `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
	orderOutput struct{ Body Order }
	orderID     struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	newOrderInput struct{ Body NewOrder }
)

func (s *service) orders() {
	const tag = "Orders"
	add(s, route{method: http.MethodGet, path: "/orders", id: "list-orders", tag: tag, need: actor.PlansWrite,
		summary: "List quotes and orders by invoice", text: "Newest first."}, s.listOrders)
	add(s, route{method: http.MethodPost, path: "/orders", id: "make-quote", tag: tag, need: actor.PlansWrite, status: http.StatusCreated,
		summary: "Write a quote for somebody who pays by invoice"}, s.makeQuote)
	one := func(method, path, id, summary string, do func(context.Context, uuid.UUID) (*billing.Order, error)) {
		of := ""
		if path != "" {
			of = "/orders/{id}"
		}
		add(s, route{method: method, path: "/orders/{id}" + path, id: id, tag: tag, need: actor.PlansWrite, of: of, summary: summary},
			func(ctx context.Context, in *orderID) (*orderOutput, error) { return s.orderAnswer(do(ctx, in.ID)) })
	}
	one(http.MethodGet, "", "get-order", "Get an order, with how its bill stands", s.Billing.Order)
	one(http.MethodPost, "/letters", "send-quote", "Mail a quote, once more", s.Billing.SendQuote)
	one(http.MethodPut, "/withdrawal", "withdraw-order", "Take a quote or an order back: what it opened closes, and its bill is voided", s.Billing.VoidOrder)
}

func (s *service) orderOf(x *billing.Order) Order {
	now := s.Billing.Clock.Now()
	out := Order{
		ID: x.ID.String(), Number: x.Number, State: string(x.Standing(now)), Company: x.Company, Name: x.Name, Email: x.Email, Address: x.Address,
		TaxID: x.TaxID, AcceptedName: x.AcceptedName, TaxWords: x.TaxWords, Words: x.Words, Seats: x.Seats, StartsAt: x.StartsAt, Months: x.Months,
		Amount: x.Amount, Currency: x.Currency, PONumber: x.PONumber, DaysUntilDue: x.DaysUntilDue, OpenUnpaid: x.OpenUnpaid, ExpiresAt: x.ExpiresAt,
		Sent: x.Sent, InvoiceNo: x.InvoiceNo, InvoiceURL: x.InvoiceURL, PDFURL: x.PDFURL, DueAt: x.DueAt, Problem: x.Problem, MadeBy: x.MadeByName,
		CreatedAt: x.CreatedAt, AcceptedAt: x.AcceptedAt, PaidAt: x.PaidAt, ClosedAt: x.ClosedAt,
	}
	if x.MemberID.Valid {
		out.MemberID = x.MemberID.UUID.String()
	}
	if x.Plan != nil {
		out.Plan, out.PlanName = x.Plan.Slug, x.Plan.Name
	}
	if out.State == string(billing.OrderQuoted) {
		out.Link = s.Billing.OrderLink(x)
	}
	return out
}

func (s *service) orderAnswer(x *billing.Order, err error) (*orderOutput, error) {
	if err != nil {
		return nil, err
	}
	return &orderOutput{s.orderOf(x)}, nil
}

func (s *service) listOrders(ctx context.Context, in *ordersInput) (*ordersOutput, error) {
	var below int64
	if in.Cursor != "" {
		var err error
		if below, err = strconv.ParseInt(in.Cursor, 10, 64); err != nil || below < 1 {
			return nil, errNoPage()
		}
	}
	page, more, err := s.Billing.Orders(ctx, billing.OrderState(in.State), below, in.Limit)
	if err != nil {
		return nil, err
	}
	var out ordersOutput
	out.Body.Orders = make([]Order, len(page))
	for i, x := range page {
		out.Body.Orders[i] = s.orderOf(x)
	}
	if more {
		out.Body.Next = strconv.FormatInt(page[len(page)-1].Number, 10)
	}
	return &out, nil
}

// makeQuote writes a quote and, if asked to, has it mailed.
func (s *service) makeQuote(ctx context.Context, in *newOrderInput) (*orderOutput, error) {
	x, err := s.Billing.MakeQuote(ctx, in.Body.input())
	if err == nil && in.Body.Send {
		x, err = s.Billing.SendQuote(ctx, x.ID)
	}
	if err != nil {
		return nil, err
	}
	return s.orderAnswer(s.Billing.Order(ctx, x.ID))
}

func (b NewOrder) input() billing.OrderInput {
	in := billing.OrderInput{
		Company: b.Company, Name: b.Name, Email: b.Email, Address: b.Address, TaxWords: b.TaxWords, Words: b.Words, PlanSlug: b.Plan, Seats: b.Seats,
		Months: b.Months, Amount: b.Amount, Currency: b.Currency, DaysUntilDue: b.DaysUntilDue, OpenUnpaid: b.OpenUnpaid, ValidDays: b.ValidDays,
	}
	if b.StartsAt != nil {
		in.StartsAt = *b.StartsAt
	}
	return in
}
