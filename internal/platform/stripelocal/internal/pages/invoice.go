package pages

import (
	"net/http"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

type invoiceView struct {
	Invoice  *object.Invoice
	Off      int64 // all discounts together
	Used     int64 // what the customer's balance paid or added
	Token    string
	OnItsWay bool // a bank debit is
	Receipt  bool // it is shown as the receipt of its payment
	Form     cardForm
}

func (p *Pages) readInvoice(r *http.Request) (v invoiceView, err error) {
	v.Token = r.PathValue("token")
	err = p.look(r.Context(), func(u *billing.Unit) (err error) {
		if v.Invoice, err = u.PublicInvoice(v.Token); err != nil {
			return err
		}
		v.OnItsWay = u.OnItsWay(v.Invoice)
		return nil
	})
	if err != nil {
		return v, err
	}
	for _, d := range v.Invoice.TotalDiscountAmounts {
		v.Off += d.Amount
	}
	if v.Invoice.EndingBalance != nil {
		v.Used = v.Invoice.StartingBalance - *v.Invoice.EndingBalance
	}
	return v, nil
}

// invoice is the page of one invoice, where it can be paid.
func (p *Pages) invoice(w http.ResponseWriter, r *http.Request) error {
	return p.showInvoice(w, r, http.StatusOK, cardForm{Method: "card"})
}

func (p *Pages) showInvoice(w http.ResponseWriter, r *http.Request, status int, form cardForm) error {
	v, err := p.readInvoice(r)
	if err != nil {
		return err
	}
	v.Form = form
	return p.show(w, status, "invoice", "Invoice "+string(v.Invoice.Number), v)
}

// receipt is the page of a payment that was made.
func (p *Pages) receipt(w http.ResponseWriter, r *http.Request) error {
	v, err := p.readInvoice(r)
	if err != nil {
		return err
	}
	if v.Invoice.Status != "paid" {
		return wire.Missing("receipt", "", "id")
	}
	v.Receipt = true
	return p.show(w, http.StatusOK, "invoice", "Receipt for "+string(v.Invoice.Number), v)
}

func (p *Pages) payInvoice(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	confirmed := r.PostFormValue("confirmed") == "yes"
	err := p.change(r.Context(), func(u *billing.Unit) error { return u.PayPublicInvoice(token, typedCard(r), confirmed) })
	if err == nil {
		return p.leave(w, r, "/invoice/"+token)
	}
	form := cardForm{Method: "card", Expiry: r.PostFormValue("expiry")}
	if err = form.refused(err); err != nil {
		return err
	}
	return p.showInvoice(w, r, http.StatusUnprocessableEntity, form)
}

// invoicePDF is the invoice as a file.
func (p *Pages) invoicePDF(w http.ResponseWriter, r *http.Request) error {
	v, err := p.readInvoice(r)
	if err != nil {
		return err
	}
	name := strings.Map(func(c rune) rune {
		if c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c
		}
		return '_'
	}, string(v.Invoice.Number))
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", `inline; filename="Invoice-`+name+`.pdf"`)
	_, _ = w.Write(invoicePaper(v).bytes()) // the reader may be gone
	return nil
}
