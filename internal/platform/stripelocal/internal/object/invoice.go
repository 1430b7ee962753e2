package object

import "encoding/json"

// Invoice is one bill.
type Invoice struct {
	Head
	AmountDue            int64               `json:"amount_due"`
	AmountPaid           int64               `json:"amount_paid"`
	AmountRemaining      int64               `json:"amount_remaining"`
	AttemptCount         int64               `json:"attempt_count"`
	Attempted            bool                `json:"attempted"`
	AutoAdvance          bool                `json:"auto_advance"`
	BillingReason        string              `json:"billing_reason"`
	Charge               Str                 `json:"charge"`
	CollectionMethod     Str                 `json:"collection_method,omitempty"` // empty: charged by itself
	Currency             string              `json:"currency"`
	Customer             string              `json:"customer"`
	CustomerEmail        Str                 `json:"customer_email"`
	CustomerName         Str                 `json:"customer_name"`
	CustomFields         []CustomField       `json:"custom_fields,omitempty"`
	DefaultPaymentMethod Str                 `json:"default_payment_method"`
	Description          Str                 `json:"description"`
	Discount             *Discount           `json:"discount"`
	Discounts            []string            `json:"discounts"`
	DueDate              Num                 `json:"due_date,omitempty"`
	EffectiveAt          Num                 `json:"effective_at"`
	EndingBalance        *int64              `json:"ending_balance"`
	HostedInvoiceURL     Str                 `json:"hosted_invoice_url"`
	InvoicePDF           Str                 `json:"invoice_pdf"`
	Lines                List[Line]          `json:"lines"`
	Metadata             Meta                `json:"metadata"`
	NextPaymentAttempt   Num                 `json:"next_payment_attempt"`
	Number               Str                 `json:"number"`
	Paid                 bool                `json:"paid"`
	PaidOutOfBand        bool                `json:"paid_out_of_band"`
	PaymentIntent        Str                 `json:"payment_intent"`
	PeriodEnd            int64               `json:"period_end"`
	PeriodStart          int64               `json:"period_start"`
	StartingBalance      int64               `json:"starting_balance"`
	Status               string              `json:"status"` // draft, open, paid, uncollectible or void
	StatusTransitions    StatusTransitions   `json:"status_transitions"`
	Subscription         Str                 `json:"subscription"`
	SubscriptionDetails  SubscriptionDetails `json:"subscription_details"`
	Subtotal             int64               `json:"subtotal"`
	SubtotalExcludingTax int64               `json:"subtotal_excluding_tax"`
	TestClock            Str                 `json:"test_clock"`
	Total                int64               `json:"total"`
	TotalDiscountAmounts []DiscountAmount    `json:"total_discount_amounts"`
	TotalExcludingTax    int64               `json:"total_excluding_tax"`
	WebhooksDeliveredAt  Num                 `json:"webhooks_delivered_at"`
	Secret               InvoiceSecret       `json:"-"`
}

// InvoiceSecret is what the stand-in remembers of an invoice.
type InvoiceSecret struct {
	DaysToPay  int64  `json:"days_to_pay,omitempty"` // of an invoice that is sent
	FinalizeAt int64  `json:"finalize_at,omitempty"`
	Visit      bool   `json:"visit,omitempty"` // of a purchase that is paid once
	Token      string `json:"token,omitempty"` // names the public page
}

// SendInvoice is the collection method of an invoice that its payer pays when
// it is due.
const SendInvoice Str = "send_invoice"

// CustomField is a line of the caller's on the paper, such as an order number.
type CustomField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// StatusTransitions are the times of an invoice's life.
type StatusTransitions struct {
	FinalizedAt           Num `json:"finalized_at"`
	MarkedUncollectibleAt Num `json:"marked_uncollectible_at"`
	PaidAt                Num `json:"paid_at"`
	VoidedAt              Num `json:"voided_at"`
}

// SubscriptionDetails copy the subscription's metadata onto its invoices.
type SubscriptionDetails struct {
	Metadata Meta `json:"metadata"`
}

// DiscountAmount is how much one discount took off.
type DiscountAmount struct {
	Amount   int64  `json:"amount"`
	Discount string `json:"discount"`
}

// Span is a time from Start to End.
type Span struct {
	End   int64 `json:"end"`
	Start int64 `json:"start"`
}

// Line is one line of an invoice.
type Line struct {
	ID                 string           `json:"id"`
	Object             string           `json:"object"`
	Amount             int64            `json:"amount"`
	AmountExcludingTax int64            `json:"amount_excluding_tax"`
	Currency           string           `json:"currency"`
	Description        string           `json:"description"`
	DiscountAmounts    []DiscountAmount `json:"discount_amounts"`
	Discountable       bool             `json:"discountable"`
	Discounts          []string         `json:"discounts"`
	Invoice            Str              `json:"invoice"`
	InvoiceItem        Str              `json:"invoice_item,omitempty"`
	Livemode           bool             `json:"livemode"`
	Metadata           Meta             `json:"metadata"`
	Period             Span             `json:"period"`
	Price              Price            `json:"price"`
	Proration          bool             `json:"proration"`
	ProrationDetails   ProrationDetails `json:"proration_details"`
	Quantity           int64            `json:"quantity"`
	Subscription       Str              `json:"subscription"`
	SubscriptionItem   Str              `json:"subscription_item,omitempty"`
	TaxAmounts         []int            `json:"tax_amounts"`
	TaxRates           []int            `json:"tax_rates"`
	Type               string           `json:"type"` // subscription or invoiceitem
	UnitAmount         string           `json:"unit_amount_excluding_tax"`
}

// ProrationDetails name what a proration gives credit for.
type ProrationDetails struct {
	CreditedItems *struct{} `json:"credited_items"`
}

// InvoiceItem is an amount that waits for the next invoice, such as a
// proration, or stands on one.
type InvoiceItem struct {
	Head
	Amount           int64  `json:"amount"`
	Currency         string `json:"currency"`
	Customer         string `json:"customer"`
	Date             int64  `json:"date"`
	Description      string `json:"description"`
	Invoice          Str    `json:"invoice"`
	Metadata         Meta   `json:"metadata"`
	Period           Span   `json:"period"`
	Price            Price  `json:"price"`
	Proration        bool   `json:"proration"`
	Quantity         int64  `json:"quantity"`
	Subscription     Str    `json:"subscription"`
	SubscriptionItem Str    `json:"subscription_item"`
	TestClock        Str    `json:"test_clock"`
	UnitAmount       int64  `json:"unit_amount"`
	UnitDecimal      string `json:"unit_amount_decimal"`
}

// MarshalJSON implements json.Marshaler: of all objects, this one calls its
// creation date, and only that.
func (i *InvoiceItem) MarshalJSON() ([]byte, error) {
	type plain InvoiceItem
	raw, err := json.Marshal((*plain)(i))
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	delete(fields, "created")
	return json.Marshal(fields)
}

// Keys implements Record.
func (i *Invoice) Keys() []Key {
	return keys("customer", i.Customer, "subscription", string(i.Subscription), "status", i.Status, "token", i.Secret.Token)
}

// Hidden implements Record.
func (i *Invoice) Hidden() any { return &i.Secret }

// Due implements Record: a draft is finalized, an open invoice tried again.
func (i *Invoice) Due() int64 {
	switch {
	case i.Status == "draft" && i.AutoAdvance:
		return i.Secret.FinalizeAt
	case i.Status == "open" && i.AutoAdvance:
		return int64(i.NextPaymentAttempt)
	}
	return 0
}

// Keys implements Record. An item without an invoice is pending.
func (i *InvoiceItem) Keys() []Key {
	return keys("customer", i.Customer, "invoice", string(i.Invoice), "subscription", string(i.Subscription), "pending", yesNo(i.Invoice == ""))
}
