package billing

import (
	"math"
	"net/url"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// Bounds of a visit's life in seconds (https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at).
const (
	visitAtLeast = 30 * 60
	visitAtMost  = object.Day
)

// CreateSession opens a visit to the payment page, for one subscription or for
// something that is paid once.
func (u *Unit) CreateSession(p wire.Values) (object.Record, error) {
	v := &object.Session{
		Head: object.Head{ID: newID("cs_test_")}, CancelURL: object.Str(p.Text("cancel_url")), ClientReferenceID: object.Str(p.Text("client_reference_id")),
		CustomerEmail: object.Str(p.Text("customer_email")), Mode: p.Text("mode"), PaymentMethodCollection: "always",
		PaymentMethodTypes: []string{"card", "us_bank_account"}, PaymentStatus: "unpaid", Status: "open", SuccessURL: p.Text("success_url"),
	}
	for _, read := range []func(*object.Session, wire.Values) error{u.readPayer, u.readAddresses, u.readLine, u.readSubscriptionData, u.readPayment, u.readTaxes, u.readDiscounts} {
		if err := read(v, p); err != nil {
			return nil, err
		}
	}
	if p.Has("payment_method_types") {
		v.PaymentMethodTypes = p.Texts("payment_method_types")
	}
	if word := p.Text("payment_method_collection"); word != "" {
		v.PaymentMethodCollection = word
	}
	if err := u.tally(v); err != nil {
		return nil, err
	}
	v.URL = object.Str(u.rules.BaseURL + "/checkout/" + v.ID)
	return v, u.create(v, "cs_test_", "")
}

func (u *Unit) readPayer(v *object.Session, p wire.Values) (err error) {
	if v.Metadata, err = p.Merge("metadata", nil); err != nil {
		return err
	}
	id := p.Text("customer")
	if id != "" && v.CustomerEmail != "" {
		return wire.Refuse("parameters_exclusive", "customer_email", "You may only specify one of these parameters: customer, customer_email.")
	}
	if v.CustomerEmail != "" && !IsEmail(string(v.CustomerEmail)) {
		return wire.Refuse("email_invalid", "customer_email", "Invalid email address: %s", v.CustomerEmail)
	}
	if id == "" {
		v.CustomerCreation = "always"
		return nil
	}
	c, err := fetch[object.Customer](u, id, "customer")
	if err != nil {
		return err
	}
	v.Customer = object.Str(c.ID)
	v.CustomerDetails = &object.CustomerDetails{Email: c.Email, Name: c.Name, TaxExempt: "none", TaxIDs: []int{}}
	return u.enter(c)
}

func (u *Unit) readAddresses(v *object.Session, p wire.Values) error {
	for name, address := range map[string]string{"success_url": v.SuccessURL, "cancel_url": string(v.CancelURL)} {
		if address != "" && !isWebAddress(address) {
			return wire.Refuse("url_invalid", name, "Not a valid URL")
		}
	}
	v.ExpiresAt = u.now + visitAtMost
	if p.Has("expires_at") {
		v.ExpiresAt = p.Int("expires_at")
	}
	if life := v.ExpiresAt - u.now; life < visitAtLeast-60 || life > visitAtMost+60 {
		return wire.Refuse("", "expires_at", "expires_at must be 30 minutes to 24 hours from now.")
	}
	return nil
}

func isWebAddress(s string) bool {
	a, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(s))
	return err == nil && (a.Scheme == "http" || a.Scheme == "https") && a.Host != "" && a.User == nil
}

func (u *Unit) readLine(v *object.Session, p wire.Values) error {
	lines := p.Hashes("line_items")
	if len(lines) != 1 {
		return wire.Refuse("", "line_items", "The local stand-in sells one price in a visit, not %d.", len(lines))
	}
	price, err := u.priceOf(v, lines[0])
	if err != nil {
		return err
	}
	quantity := int64(1)
	if lines[0].Has("quantity") {
		quantity = lines[0].Int("quantity")
	}
	if quantity < 1 {
		return wire.Refuse("parameter_invalid_integer", "line_items[0][quantity]", "This value must be greater than or equal to 1.")
	}
	if c, err := fetch[object.Customer](u, string(v.Customer), "customer"); err == nil && v.Mode == "subscription" && c.Currency != "" && string(c.Currency) != price.Currency {
		return wire.Refuse("", "line_items[0][price]", "The customer is billed in %s. This price is in %s.", c.Currency, price.Currency)
	}
	v.Currency = price.Currency
	v.Secret.Price, v.Secret.Quantity, v.Secret.LineID = *price, quantity, newID("li_")
	v.Secret.ProductName = u.productName(price.Product)
	return nil
}

func (u *Unit) readSubscriptionData(v *object.Session, p wire.Values) (err error) {
	if v.Mode != "subscription" && p.Has("subscription_data") {
		return wire.Refuse("", "subscription_data", "You can not pass `subscription_data` in `payment` mode.")
	}
	d := p.Hash("subscription_data")
	if v.Secret.SubMetadata, err = d.Merge("metadata", nil); err != nil {
		return err
	}
	v.Secret.SubDescription = object.Str(d.Text("description"))
	v.Secret.TrialSettings = trialSettingsOf(d)
	if _, err = u.trialEndOf(d); err != nil {
		return err
	}
	v.Secret.TrialDays, v.Secret.TrialEnd = d.Int("trial_period_days"), d.Int("trial_end")
	return nil
}

func (u *Unit) readDiscounts(v *object.Session, p wire.Values) error {
	list := p.Hashes("discounts")
	if p.Has("allow_promotion_codes") {
		yes := p.Bool("allow_promotion_codes")
		v.AllowPromotionCodes = &yes
		if yes && len(list) > 0 {
			return wire.Refuse("parameters_exclusive", "allow_promotion_codes", "You may only specify one of these parameters: allow_promotion_codes, discounts.")
		}
	}
	if len(list) == 0 {
		return nil
	}
	v.Secret.Coupon, v.Secret.PromotionCode = list[0].Text("coupon"), list[0].Text("promotion_code")
	_, err := u.offerOf(v.Secret.Coupon, v.Secret.PromotionCode, string(v.Customer), v.Secret.Price)
	return err
}

// tally adds up what is paid now: nothing in a trial.
func (u *Unit) tally(v *object.Session) error {
	line, err := u.CheckoutLine(v)
	if err != nil {
		return err
	}
	v.AmountSubtotal, v.AmountTotal = object.Num(line.AmountSubtotal), &line.AmountTotal
	v.TotalDetails = &object.TotalDetails{AmountDiscount: line.AmountDiscount}
	return nil
}

// CheckoutLine is the one line of a visit, as it costs now.
func (u *Unit) CheckoutLine(v *object.Session) (object.CheckoutLine, error) {
	price := v.Secret.Price
	line := object.CheckoutLine{
		ID: v.Secret.LineID, Object: "item", Currency: v.Currency, Description: v.Secret.ProductName,
		Price: price, Quantity: v.Secret.Quantity, AmountSubtotal: price.Cost(v.Secret.Quantity),
	}
	if v.Secret.TrialDays > 0 || v.Secret.TrialEnd > u.now {
		line.AmountSubtotal = 0
	}
	o, err := u.offerOf(v.Secret.Coupon, v.Secret.PromotionCode, string(v.Customer), v.Secret.Price)
	if err != nil && v.Status == "open" {
		return line, err
	}
	if o != nil && err == nil {
		line.AmountDiscount = min(int64(o.coupon.AmountOff), line.AmountSubtotal)
		if o.coupon.PercentOff != nil {
			line.AmountDiscount = int64(math.Round(float64(line.AmountSubtotal) * *o.coupon.PercentOff / 100))
		}
	}
	line.AmountTotal = line.AmountSubtotal - line.AmountDiscount
	return line, nil
}

// Visit finds a visit and moves the unit to its clock.
func (u *Unit) Visit(id string) (*object.Session, error) {
	v, err := fetch[object.Session](u, id, "id")
	if err != nil {
		return nil, err
	}
	return v, u.enter(v)
}

// ExpireSession closes an open visit.
func (u *Unit) ExpireSession(id string) (object.Record, error) {
	v, err := u.Visit(id)
	if err != nil {
		return nil, err
	}
	if v.Status != "open" {
		return nil, wire.Refuse("", "", "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of %s.", v.Status)
	}
	v.Status, v.URL, v.Secret.Pending = "expired", "", nil
	if err := u.update(v, ""); err != nil {
		return nil, err
	}
	return v, u.tellOf("checkout.session.expired", v)
}

// UseCode applies the promotion code somebody typed on the page; an empty one
// takes it off again.
func (u *Unit) UseCode(id, code string) error {
	v, err := u.Visit(id)
	if err != nil {
		return err
	}
	if v.Status != "open" || v.AllowPromotionCodes == nil || !*v.AllowPromotionCodes {
		return wire.Refuse("promotion_code_invalid", "", "This visit takes no promotion codes.")
	}
	v.Secret.PromotionCode = ""
	if strings.TrimSpace(code) != "" {
		found, err := u.activeCode(code)
		if err != nil {
			return err
		}
		if found == nil {
			return wire.Refuse("promotion_code_invalid", "code", "This code is not valid.")
		}
		v.Secret.PromotionCode = found.ID
	}
	if err := u.tally(v); err != nil {
		return err
	}
	return u.update(v, "")
}
