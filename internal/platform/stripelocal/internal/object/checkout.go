package object

// Session is one visit to the payment page.
type Session struct {
	Head
	AllowPromotionCodes     *bool            `json:"allow_promotion_codes"`
	AmountSubtotal          Num              `json:"amount_subtotal"`
	AmountTotal             *int64           `json:"amount_total"`
	AutomaticTax            *AutomaticTax    `json:"automatic_tax,omitempty"`
	CancelURL               Str              `json:"cancel_url"`
	ClientReferenceID       Str              `json:"client_reference_id"`
	Currency                string           `json:"currency"`
	Customer                Str              `json:"customer"`
	CustomerCreation        Str              `json:"customer_creation"`
	CustomerDetails         *CustomerDetails `json:"customer_details"`
	CustomerEmail           Str              `json:"customer_email"`
	ExpiresAt               int64            `json:"expires_at"`
	Invoice                 Str              `json:"invoice"`
	InvoiceCreation         *Enabled         `json:"invoice_creation,omitempty"`
	Metadata                Meta             `json:"metadata"`
	Mode                    string           `json:"mode"` // subscription or payment
	PaymentIntent           Str              `json:"payment_intent"`
	PaymentMethodCollection string           `json:"payment_method_collection"`
	PaymentMethodTypes      []string         `json:"payment_method_types"`
	PaymentStatus           string           `json:"payment_status"` // paid, unpaid or no_payment_required
	Status                  string           `json:"status"`         // open, complete or expired
	Subscription            Str              `json:"subscription"`
	SuccessURL              string           `json:"success_url"`
	TaxIDCollection         *Enabled         `json:"tax_id_collection,omitempty"`
	TotalDetails            *TotalDetails    `json:"total_details"`
	URL                     Str              `json:"url"`
	Secret                  SessionSecret    `json:"-"`
}

// SessionSecret is what the visit will make.
type SessionSecret struct {
	Price          Price         `json:"price"`
	LineID         string        `json:"line_id"`
	ProductName    string        `json:"product_name"`
	Quantity       int64         `json:"quantity"`
	TrialEnd       int64         `json:"trial_end,omitempty"`
	TrialDays      int64         `json:"trial_days,omitempty"`
	TrialSettings  TrialSettings `json:"trial_settings"`
	SubMetadata    Meta          `json:"sub_metadata"`
	SubDescription Str           `json:"sub_description"`
	Own            bool          `json:"own,omitempty"`    // the price was made for this visit
	Paying         Meta          `json:"paying,omitempty"` // metadata of the payment
	Coupon         string        `json:"coupon,omitempty"`
	PromotionCode  string        `json:"promotion_code,omitempty"`
	Pending        *PendingPayer `json:"pending,omitempty"` // waits for the confirmation page
}

// PendingPayer is a payer who has still to confirm the payment.
type PendingPayer struct {
	Email string `json:"email"`
	Name  string `json:"name"`
	Last4 string `json:"last4"`
	Brand string `json:"brand"`
	Month int64  `json:"month"`
	Year  int64  `json:"year"`
	Fate  string `json:"fate"`
}

// Enabled is a switch.
type Enabled struct {
	Enabled bool `json:"enabled"`
}

// AutomaticTax says whether taxes are added by themselves. The stand-in knows
// no tax rates: it takes the wish, notes it, and adds nothing.
type AutomaticTax struct {
	Enabled   bool `json:"enabled"`
	Liability *int `json:"liability"`
	Status    Str  `json:"status"`
}

// CustomerDetails are what the payer typed.
type CustomerDetails struct {
	Address   *Address `json:"address"`
	Email     Str      `json:"email"`
	Name      Str      `json:"name"`
	Phone     Str      `json:"phone"`
	TaxExempt string   `json:"tax_exempt"`
	TaxIDs    []int    `json:"tax_ids"`
}

// TotalDetails take a total apart.
type TotalDetails struct {
	AmountDiscount int64 `json:"amount_discount"`
	AmountShipping int64 `json:"amount_shipping"`
	AmountTax      int64 `json:"amount_tax"`
}

// CheckoutLine is a line item of a visit.
type CheckoutLine struct {
	ID             string `json:"id"`
	Object         string `json:"object"`
	AmountDiscount int64  `json:"amount_discount"`
	AmountSubtotal int64  `json:"amount_subtotal"`
	AmountTax      int64  `json:"amount_tax"`
	AmountTotal    int64  `json:"amount_total"`
	Currency       string `json:"currency"`
	Description    string `json:"description"`
	Price          Price  `json:"price"`
	Quantity       int64  `json:"quantity"`
}

// Keys implements Record.
func (s *Session) Keys() []Key {
	return keys("customer", string(s.Customer), "subscription", string(s.Subscription), "status", s.Status, "payment_intent", string(s.PaymentIntent))
}

// Hidden implements Record.
func (s *Session) Hidden() any { return &s.Secret }

// Due implements Record: an open visit expires.
func (s *Session) Due() int64 {
	if s.Status == "open" {
		return s.ExpiresAt
	}
	return 0
}

// PortalSession is one visit to the billing portal.
type PortalSession struct {
	Head
	Configuration string       `json:"configuration"`
	Customer      string       `json:"customer"`
	ReturnURL     Str          `json:"return_url"`
	URL           string       `json:"url"`
	Secret        PortalSecret `json:"-"`
}

// PortalSecret names the page; it lives for an hour.
type PortalSecret struct {
	Token   string `json:"token"`
	Expires int64  `json:"expires"` // real time, whatever the clock shows
}

// Keys implements Record.
func (p *PortalSession) Keys() []Key { return keys("customer", p.Customer, "token", p.Secret.Token) }

// Hidden implements Record.
func (p *PortalSession) Hidden() any { return &p.Secret }
