package object

// Customer is who pays.
type Customer struct {
	Head
	Address             *Address        `json:"address"`
	Balance             int64           `json:"balance"` // below zero is credit
	Currency            Str             `json:"currency"`
	Delinquent          bool            `json:"delinquent"`
	Description         Str             `json:"description"`
	Email               Str             `json:"email"`
	InvoicePrefix       string          `json:"invoice_prefix"`
	InvoiceSettings     InvoiceSettings `json:"invoice_settings"`
	Metadata            Meta            `json:"metadata"`
	Name                Str             `json:"name"`
	NextInvoiceSequence int64           `json:"next_invoice_sequence"`
	Phone               Str             `json:"phone"`
	TestClock           Str             `json:"test_clock"`
	Secret              CustomerSecret  `json:"-"`
}

// CustomerSecret is what the stand-in remembers of a customer by itself.
type CustomerSecret struct {
	FailNext bool `json:"fail_next,omitempty"` // the dashboard asked for the next payment to fail
}

// Address is a postal address.
type Address struct {
	City       Str `json:"city"`
	Country    Str `json:"country"`
	Line1      Str `json:"line1"`
	Line2      Str `json:"line2"`
	PostalCode Str `json:"postal_code"`
	State      Str `json:"state"`
}

// InvoiceSettings hold the payment method subscriptions fall back to.
type InvoiceSettings struct {
	CustomFields         *[]string `json:"custom_fields"`
	DefaultPaymentMethod Str       `json:"default_payment_method"`
	Footer               Str       `json:"footer"`
	RenderingOptions     *struct{} `json:"rendering_options"`
}

// Keys implements Record.
func (c *Customer) Keys() []Key {
	return keys("email", string(c.Email), "test_clock", string(c.TestClock))
}

// Hidden implements Record.
func (c *Customer) Hidden() any { return &c.Secret }

// PaymentMethod is a card or a bank account.
type PaymentMethod struct {
	Head
	BillingDetails BillingDetails      `json:"billing_details"`
	Card           *Card               `json:"card,omitempty"`
	USBankAccount  *BankAccount        `json:"us_bank_account,omitempty"`
	Customer       Str                 `json:"customer"`
	Metadata       Meta                `json:"metadata"`
	Type           string              `json:"type"`
	Secret         PaymentMethodSecret `json:"-"`
}

// PaymentMethodSecret decides what becomes of payments.
type PaymentMethodSecret struct {
	Fate      string `json:"fate,omitempty"`      // see billing/testcards.go; empty pays
	Confirmed bool   `json:"confirmed,omitempty"` // the payer has confirmed it once
}

// BillingDetails is what the payer said about himself.
type BillingDetails struct {
	Address Address `json:"address"`
	Email   Str     `json:"email"`
	Name    Str     `json:"name"`
	Phone   Str     `json:"phone"`
}

// Card is what may be known of a card. The number is never kept.
type Card struct {
	Brand        string     `json:"brand"`
	Checks       CardChecks `json:"checks"`
	Country      string     `json:"country"`
	DisplayBrand string     `json:"display_brand"`
	ExpMonth     int64      `json:"exp_month"`
	ExpYear      int64      `json:"exp_year"`
	Fingerprint  string     `json:"fingerprint"`
	Funding      string     `json:"funding"`
	Generated    Str        `json:"generated_from"`
	Last4        string     `json:"last4"`
	Networks     Networks   `json:"networks"`
	ThreeD       ThreeD     `json:"three_d_secure_usage"`
	Wallet       *struct{}  `json:"wallet"`
}

// CardChecks tell what the bank compared.
type CardChecks struct {
	AddressLine1Check      Str    `json:"address_line1_check"`
	AddressPostalCodeCheck Str    `json:"address_postal_code_check"`
	CVCCheck               string `json:"cvc_check"`
}

// Networks are the card networks a card can be charged through.
type Networks struct {
	Available []string `json:"available"`
	Preferred Str      `json:"preferred"`
}

// ThreeD tells whether a card can be asked to confirm a payment.
type ThreeD struct {
	Supported bool `json:"supported"`
}

// BankAccount is what may be known of a bank account.
type BankAccount struct {
	AccountHolderType string `json:"account_holder_type"`
	AccountType       string `json:"account_type"`
	BankName          string `json:"bank_name"`
	Fingerprint       string `json:"fingerprint"`
	Last4             string `json:"last4"`
	RoutingNumber     string `json:"routing_number"`
}

// Keys implements Record.
func (p *PaymentMethod) Keys() []Key { return keys("customer", string(p.Customer), "type", p.Type) }

// Hidden implements Record.
func (p *PaymentMethod) Hidden() any { return &p.Secret }

// Label names the method as people know it: "visa ending in 4242".
func (p *PaymentMethod) Label() string {
	switch {
	case p.Card != nil:
		return p.Card.Brand + " ending in " + p.Card.Last4
	case p.USBankAccount != nil:
		return "bank account ending in " + p.USBankAccount.Last4
	}
	return p.Type
}
