package object

// PaymentIntent is the story of one payment.
type PaymentIntent struct {
	Head
	Amount           int64               `json:"amount"`
	AmountReceived   int64               `json:"amount_received"`
	CanceledAt       Num                 `json:"canceled_at"`
	ClientSecret     string              `json:"client_secret"`
	Currency         string              `json:"currency"`
	Customer         Str                 `json:"customer"`
	Description      Str                 `json:"description"`
	Invoice          Str                 `json:"invoice"`
	LastPaymentError *PaymentError       `json:"last_payment_error"`
	LatestCharge     Str                 `json:"latest_charge"`
	Metadata         Meta                `json:"metadata"`
	NextAction       *NextAction         `json:"next_action"`
	PaymentMethod    Str                 `json:"payment_method"`
	MethodTypes      []string            `json:"payment_method_types"`
	Status           string              `json:"status"` // requires_payment_method, requires_action, processing, succeeded or canceled
	Secret           PaymentIntentSecret `json:"-"`
}

// PaymentIntentSecret says when a bank debit is decided.
type PaymentIntentSecret struct {
	DecideAt int64 `json:"decide_at,omitempty"`
}

// PaymentError is why the last try failed.
type PaymentError struct {
	Charge      Str    `json:"charge"`
	Code        string `json:"code"`
	DeclineCode Str    `json:"decline_code"`
	DocURL      string `json:"doc_url"`
	Message     string `json:"message"`
	Type        string `json:"type"`
}

// NextAction is what the payer has to do.
type NextAction struct {
	Type          string        `json:"type"`
	RedirectToURL RedirectToURL `json:"redirect_to_url"`
}

// RedirectToURL is where the payer confirms.
type RedirectToURL struct {
	ReturnURL Str    `json:"return_url"`
	URL       string `json:"url"`
}

// Keys implements Record.
func (p *PaymentIntent) Keys() []Key {
	return keys("customer", string(p.Customer), "invoice", string(p.Invoice), "status", p.Status)
}

// Hidden implements Record.
func (p *PaymentIntent) Hidden() any { return &p.Secret }

// Due implements Record.
func (p *PaymentIntent) Due() int64 {
	if p.Status == "processing" {
		return p.Secret.DecideAt
	}
	return 0
}

// Charge is one try to take money.
type Charge struct {
	Head
	Amount               int64          `json:"amount"`
	AmountCaptured       int64          `json:"amount_captured"`
	AmountRefunded       int64          `json:"amount_refunded"`
	BillingDetails       BillingDetails `json:"billing_details"`
	Captured             bool           `json:"captured"`
	Currency             string         `json:"currency"`
	Customer             Str            `json:"customer"`
	Description          Str            `json:"description"`
	Disputed             bool           `json:"disputed"`
	FailureCode          Str            `json:"failure_code"`
	FailureMessage       Str            `json:"failure_message"`
	Invoice              Str            `json:"invoice"`
	Metadata             Meta           `json:"metadata"`
	Outcome              *Outcome       `json:"outcome"`
	Paid                 bool           `json:"paid"`
	PaymentIntent        Str            `json:"payment_intent"`
	PaymentMethod        Str            `json:"payment_method"`
	PaymentMethodDetails MethodDetails  `json:"payment_method_details"`
	ReceiptURL           Str            `json:"receipt_url"`
	Refunded             bool           `json:"refunded"`
	Status               string         `json:"status"` // succeeded, pending or failed
}

// Outcome is what the network said.
type Outcome struct {
	NetworkStatus string `json:"network_status"`
	Reason        Str    `json:"reason"`
	RiskLevel     string `json:"risk_level"`
	SellerMessage string `json:"seller_message"`
	Type          string `json:"type"`
}

// MethodDetails repeat what was charged.
type MethodDetails struct {
	Type          string       `json:"type"`
	Card          *ChargedCard `json:"card,omitempty"`
	USBankAccount *BankAccount `json:"us_bank_account,omitempty"`
}

// ChargedCard is a card as a charge shows it.
type ChargedCard struct {
	Brand    string `json:"brand"`
	Country  string `json:"country"`
	ExpMonth int64  `json:"exp_month"`
	ExpYear  int64  `json:"exp_year"`
	Funding  string `json:"funding"`
	Last4    string `json:"last4"`
}

// Keys implements Record.
func (c *Charge) Keys() []Key {
	return keys("customer", string(c.Customer), "payment_intent", string(c.PaymentIntent))
}
