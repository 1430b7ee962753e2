package pages

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// cardForm is a card form as it is shown again after a mistake. The number
// and the code are never in it.
type cardForm struct {
	Email, Name, Expiry string
	Method              string // card, bank or wallet
	Wallet              string // the address a wallet brings along
	Error               string // about the whole
	Errors              map[string]string
}

// refused puts a refusal where it belongs: under its field, or on top.
func (f *cardForm) refused(err error) error {
	var e *wire.Error
	if !errors.As(err, &e) || e.Status >= 500 {
		return err
	}
	field := map[string]string{"exp_month": "expiry", "exp_year": "expiry"}[e.Param]
	if field == "" {
		field = e.Param
	}
	switch field {
	case "email", "number", "expiry", "cvc", "account", "code", "wallet":
		f.Errors = map[string]string{field: e.Message}
	default:
		f.Error = e.Message
	}
	return nil
}

// typedCard reads the card fields of a form. "12 / 30" and "1230" are fine.
func typedCard(r *http.Request) billing.Typed {
	digits := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, r.PostFormValue("expiry"))
	t := billing.Typed{Number: r.PostFormValue("number"), CVC: strings.TrimSpace(r.PostFormValue("cvc"))}
	if len(digits) == 3 { // 130 is 01/30
		digits = "0" + digits
	}
	if len(digits) == 4 || len(digits) == 6 {
		t.Month, _ = strconv.ParseInt(digits[:2], 10, 64)
		t.Year, _ = strconv.ParseInt(digits[2:], 10, 64)
		if len(digits) == 4 {
			t.Year += 2000
		}
	}
	return t
}

// checkoutView is what the payment page shows.
type checkoutView struct {
	Visit      *object.Session
	Line       object.CheckoutLine
	Full       int64 // what a period costs when the trial is over
	FixedEmail string
	Trial      int64 // when it ends; 0: none
	Codes      bool
	Code       string // the one that is applied
	NeedsCard  bool
	Bank       bool
	Form       cardForm
}

// Once tells whether there is nothing to subscribe to.
func (v checkoutView) Once() bool { return v.Visit.Mode == "payment" }

func (v checkoutView) title() string {
	if v.Once() {
		return "Pay for " + v.Visit.Secret.ProductName
	}
	return "Subscribe to " + v.Visit.Secret.ProductName
}

func (p *Pages) checkout(w http.ResponseWriter, r *http.Request) error {
	return p.showCheckout(w, r, http.StatusOK, cardForm{Method: "card"})
}

func (p *Pages) showCheckout(w http.ResponseWriter, r *http.Request, status int, form cardForm) error {
	v := checkoutView{Form: form}
	err := p.look(r.Context(), func(u *billing.Unit) error { return fillCheckout(u, r.PathValue("id"), &v) })
	if err != nil {
		return err
	}
	switch v.Visit.Status {
	case "complete":
		return p.show(w, http.StatusOK, "message", "Done", message{
			Text: map[bool]string{true: "This is paid already.", false: "This subscription is set up already."}[v.Once()], Link: billing.SuccessURL(v.Visit), LinkText: "Go on",
		})
	case "expired":
		return p.show(w, http.StatusOK, "message", "Expired", message{
			Text: "This payment page has expired. Nothing was bought.", Link: string(v.Visit.CancelURL), LinkText: "Go back",
		})
	}
	w.Header().Set("Content-Security-Policy", policy(originOf(v.Visit.SuccessURL)))
	return p.show(w, status, "checkout", v.title(), v)
}

func fillCheckout(u *billing.Unit, id string, v *checkoutView) (err error) {
	if v.Visit, err = u.Visit(id); err != nil {
		return err
	}
	if v.Line, err = u.CheckoutLine(v.Visit); err != nil {
		return err
	}
	x := v.Visit.Secret
	v.Full = x.Price.Cost(x.Quantity)
	v.FixedEmail = string(v.Visit.CustomerEmail)
	if d := v.Visit.CustomerDetails; d != nil && d.Email != "" {
		v.FixedEmail = string(d.Email)
	}
	if v.Trial = x.TrialEnd; x.TrialDays > 0 {
		v.Trial = u.Now() + x.TrialDays*object.Day
	}
	v.Codes = v.Visit.AllowPromotionCodes != nil && *v.Visit.AllowPromotionCodes
	if x.PromotionCode != "" {
		var code object.PromotionCode
		if u.Get(x.PromotionCode, &code) == nil {
			v.Code = code.Code
		}
	}
	v.NeedsCard = billing.NeedsMethod(v.Visit)
	for _, m := range v.Visit.PaymentMethodTypes {
		v.Bank = v.Bank || m == "us_bank_account"
	}
	return nil
}

// pay takes the form of the payment page.
func (p *Pages) pay(w http.ResponseWriter, r *http.Request) error {
	form := cardForm{
		Email: r.PostFormValue("email"), Name: r.PostFormValue("name"), Expiry: r.PostFormValue("expiry"), Method: r.PostFormValue("method"),
	}
	payer := billing.Payer{Email: form.Email, Name: strings.TrimSpace(form.Name), Card: typedCard(r)}
	if form.Method == "wallet" {
		if payer.Wallet = strings.TrimSpace(r.PostFormValue("wallet")); payer.Wallet == "" {
			payer.Wallet = "?" // nothing typed is a wrong address, not a card
		}
		form.Wallet = r.PostFormValue("wallet")
	}
	if form.Method == "bank" {
		if payer.Bank = r.PostFormValue("account"); payer.Bank == "" {
			payer.Bank = "0" // nothing typed is a wrong number, not a card
		}
	}
	id := r.PathValue("id")
	var next billing.Next
	var onward string
	err := p.change(r.Context(), func(u *billing.Unit) (err error) {
		if next, err = u.Complete(id, payer); err != nil {
			return err
		}
		v, err := u.Visit(id)
		onward = billing.SuccessURL(v)
		return err
	})
	if err != nil {
		if err = form.refused(err); err != nil {
			return err
		}
		return p.showCheckout(w, r, http.StatusUnprocessableEntity, form)
	}
	if next == billing.Confirm {
		return p.leave(w, r, "/checkout/"+id+"/confirm")
	}
	http.Redirect(w, r, onward, http.StatusSeeOther)
	return nil
}

func (p *Pages) useCode(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := p.change(r.Context(), func(u *billing.Unit) error { return u.UseCode(id, r.PostFormValue("code")) })
	if err == nil {
		return p.leave(w, r, "/checkout/"+id)
	}
	form := cardForm{Method: "card"}
	if err = form.refused(err); err != nil {
		return err
	}
	return p.showCheckout(w, r, http.StatusUnprocessableEntity, form)
}

// confirm is the page a bank would show to make sure it is the payer.
func (p *Pages) confirm(w http.ResponseWriter, r *http.Request) error {
	v := checkoutView{}
	err := p.look(r.Context(), func(u *billing.Unit) error { return fillCheckout(u, r.PathValue("id"), &v) })
	if err != nil {
		return err
	}
	if v.Visit.Secret.Pending == nil {
		return p.leave(w, r, "/checkout/"+v.Visit.ID)
	}
	w.Header().Set("Content-Security-Policy", policy(originOf(v.Visit.SuccessURL)))
	return p.show(w, http.StatusOK, "confirm", "Confirm the payment", v)
}

func (p *Pages) answerConfirm(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	var onward string
	err := p.change(r.Context(), func(u *billing.Unit) error {
		if err := u.ConfirmPayment(id, r.PostFormValue("answer") == "approve"); err != nil {
			return err
		}
		v, err := u.Visit(id)
		onward = billing.SuccessURL(v)
		return err
	})
	if err != nil {
		form := cardForm{Method: "card"}
		if err = form.refused(err); err != nil {
			return err
		}
		return p.showCheckout(w, r, http.StatusUnprocessableEntity, form)
	}
	http.Redirect(w, r, onward, http.StatusSeeOther)
	return nil
}
