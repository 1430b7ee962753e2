package billing

import (
	"strings"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// Payer is what somebody typed on the payment page.
type Payer struct {
	Email string
	Name  string
	Card  Typed
	Bank  string // account number; a card otherwise
	// Wallet is the address a wallet brings along, which may be another one
	// than the customer's. A wallet pays with a good card.
	Wallet string
}

// address is what the visit says of the payer.
func (p Payer) address() string {
	if p.Wallet != "" {
		return p.Wallet
	}
	return p.Email
}

// Next says where the payment page goes on.
type Next string

// Ways on from the payment page.
const (
	Done    Next = "done"    // to the success address
	Confirm Next = "confirm" // to the confirmation page
)

// Complete takes the payer's details and pays. A refusal leaves the visit
// open; its Param names the field: email, number, exp_month, exp_year, cvc,
// account, or none for a declined card.
func (u *Unit) Complete(id string, payer Payer) (Next, error) {
	v, err := u.Visit(id)
	if err != nil {
		return "", err
	}
	switch v.Status {
	case "complete":
		return Done, nil // a second click, or a second window
	case "expired":
		return "", wire.Refuse("", "", "This payment page has expired.")
	}
	if payer.Email, err = emailOf(v, payer.Email, payer.Wallet); err != nil {
		return "", err
	}
	m, err := u.methodOf(v, payer)
	if err != nil {
		return "", err
	}
	if m != nil && (m.Secret.Fate == ConfirmsOnce || m.Secret.Fate == ConfirmsEach) {
		v.Secret.Pending = &object.PendingPayer{
			Email: payer.Email, Name: payer.Name, Last4: m.Card.Last4, Brand: m.Card.Brand, Month: m.Card.ExpMonth, Year: m.Card.ExpYear, Fate: m.Secret.Fate,
		}
		return Confirm, u.update(v, "")
	}
	return Done, u.conclude(v, payer, m, false)
}

// ConfirmPayment is the answer on the confirmation page.
func (u *Unit) ConfirmPayment(id string, approved bool) error {
	v, err := u.Visit(id)
	if err != nil {
		return err
	}
	if v.Status == "complete" {
		return nil
	}
	p := v.Secret.Pending
	if v.Status != "open" || p == nil {
		return wire.Refuse("", "", "There is no payment to confirm.")
	}
	v.Secret.Pending = nil
	if !approved {
		if err := u.update(v, ""); err != nil {
			return err
		}
		e := wire.Declined("payment_intent_authentication_failure", "", "The payment was not confirmed. Please try again, or use another card.")
		e.Keep = true
		return e
	}
	m := cardMethod(newCard(p.Brand, p.Last4, p.Month, p.Year), p.Fate, p.Email, p.Name)
	m.Secret.Confirmed = true
	return u.conclude(v, Payer{Email: p.Email, Name: p.Name}, m, true)
}

// emailOf is the visit's own address when it has one, else what was typed.
func emailOf(v *object.Session, typed, wallet string) (string, error) {
	if v.Customer != "" && v.CustomerDetails != nil && v.CustomerDetails.Email != "" {
		return string(v.CustomerDetails.Email), nil
	}
	if v.CustomerEmail != "" {
		return string(v.CustomerEmail), nil
	}
	if typed = strings.TrimSpace(typed); wallet != "" {
		typed = wallet
	}
	if !IsEmail(typed) {
		return "", wire.Refuse("email_invalid", "email", "Please type an e-mail address, such as name@example.com.")
	}
	return typed, nil
}

// methodOf makes the payment method that was typed; nil when none is needed.
func (u *Unit) methodOf(v *object.Session, payer Payer) (*object.PaymentMethod, error) {
	if !NeedsMethod(v) {
		return nil, nil
	}
	if payer.Bank != "" {
		account := strings.ReplaceAll(payer.Bank, " ", "")
		if !offers(v, "us_bank_account") || len(account) < 6 || len(account) > 17 || strings.Trim(account, "0123456789") != "" {
			return nil, typo("account_number_invalid", "account", "The account number takes 6 to 17 digits.")
		}
		return bankMethod(account, payer.Email, payer.Name), nil
	}
	if payer.Wallet != "" {
		if !IsEmail(payer.Wallet) {
			return nil, typo("email_invalid", "wallet", "Please type the address of the wallet.")
		}
		return cardMethod(newCard("visa", "4242", 12, int64(time.Unix(u.now, 0).UTC().Year())+3), Pays, payer.Wallet, payer.Name), nil
	}
	card, fate, err := payer.Card.Read(u.now)
	if err != nil {
		return nil, err
	}
	return cardMethod(card, fate, payer.Email, payer.Name), nil
}

// NeedsMethod tells whether a visit asks for a card: always, unless nothing
// is due now and the session said if_required.
func NeedsMethod(v *object.Session) bool {
	return v.PaymentMethodCollection != "if_required" || v.AmountTotal == nil || *v.AmountTotal > 0
}

func offers(v *object.Session, method string) bool {
	for _, t := range v.PaymentMethodTypes {
		if t == method {
			return true
		}
	}
	return false
}

// conclude makes customer, method and subscription, and pays. Nothing of it
// stays when the card is declined.
func (u *Unit) conclude(v *object.Session, payer Payer, m *object.PaymentMethod, confirmed bool) error {
	c, err := u.customerOf(v, payer)
	if err != nil {
		return err
	}
	if m != nil {
		if declinesAlways(m.Secret.Fate) {
			return wire.Declined(errorCode(m.Secret.Fate), m.Secret.Fate, declineMessage(m.Secret.Fate))
		}
		m.Customer = object.Str(c.ID)
		if err := u.create(m, "pm_", "payment_method.attached"); err != nil {
			return err
		}
	}
	if v.Mode == "payment" {
		return u.payOnce(v, payer, c, try{method: m, onPage: true, confirmed: confirmed})
	}
	buy, err := u.purchaseIn(v, c, m)
	if err != nil {
		return err
	}
	buy.try = try{method: m, onPage: true, confirmed: confirmed}
	s, in, what, err := u.subscribe(buy)
	if err != nil {
		return err
	}
	if what != settled && what != unsure {
		return wire.Declined("card_declined", "generic_decline", declineMessage(""))
	}
	return u.completeVisit(v, payer, c, s, in, what)
}

func (u *Unit) customerOf(v *object.Session, payer Payer) (*object.Customer, error) {
	if v.Customer != "" {
		return fetch[object.Customer](u, string(v.Customer), "customer")
	}
	c := u.newCustomer()
	c.Email, c.Name = object.Str(payer.Email), object.Str(payer.Name)
	return c, u.create(c, "cus_", "customer.created")
}

func (u *Unit) purchaseIn(v *object.Session, c *object.Customer, m *object.PaymentMethod) (purchase, error) {
	x := v.Secret
	price, err := u.sellable(x.Price.ID, "line_items[0][price]")
	if err != nil {
		return purchase{}, wire.Refuse("", "", "This offer is no longer available.")
	}
	item := u.newItem(price, wire.Values{"quantity": x.Quantity}, nil)
	buy := purchase{
		customer: c, items: []object.Item{item}, method: m, metadata: x.SubMetadata, description: x.SubDescription,
		trialSettings: x.TrialSettings, trialEnd: x.TrialEnd,
	}
	if x.TrialDays > 0 {
		buy.trialEnd = u.now + x.TrialDays*object.Day
	}
	if buy.trialEnd <= u.now {
		buy.trialEnd = 0
	}
	buy.offer, err = u.offerOf(x.Coupon, x.PromotionCode, c.ID, *price)
	return buy, err
}

func (u *Unit) completeVisit(v *object.Session, payer Payer, c *object.Customer, s *object.Subscription, in *object.Invoice, what outcome) error {
	v.Status, v.URL, v.Customer, v.Invoice = "complete", "", object.Str(c.ID), object.Str(in.ID)
	v.CustomerDetails = &object.CustomerDetails{Email: object.Str(payer.address()), Name: object.Str(payer.Name), TaxExempt: "none", TaxIDs: []int{}}
	if s != nil {
		v.Subscription = object.Str(s.ID)
	} else {
		v.PaymentIntent = in.PaymentIntent
	}
	if v.AutomaticTax != nil {
		v.AutomaticTax.Status = "complete"
	}
	switch {
	case what == unsure:
		v.PaymentStatus = "unpaid"
	case s != nil && s.Status == object.Trialing, s == nil && in.AmountPaid == 0:
		v.PaymentStatus = "no_payment_required"
	default:
		v.PaymentStatus = "paid"
	}
	if err := u.update(v, ""); err != nil {
		return err
	}
	return u.tellOf("checkout.session.completed", v)
}

// SuccessURL is where a completed visit goes on, the session's id filled in.
func SuccessURL(v *object.Session) string {
	return strings.ReplaceAll(v.SuccessURL, "{CHECKOUT_SESSION_ID}", v.ID)
}
