package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// CreateRefund gives a payment back, in part or as a whole
// (https://docs.stripe.com/api/refunds/create).
func (u *Unit) CreateRefund(p wire.Values) (object.Record, error) {
	ch, err := u.chargeToRefund(p)
	if err != nil {
		return nil, err
	}
	if err := u.enter(ch); err != nil {
		return nil, err
	}
	left := ch.Amount - ch.AmountRefunded
	amount := p.Int("amount")
	if amount == 0 {
		amount = left
	}
	switch {
	case ch.Status != "succeeded":
		return nil, wire.Refuse("", "charge", "Only a payment that succeeded can be refunded. This one is %s.", ch.Status)
	case left == 0:
		return nil, wire.Refuse("charge_already_refunded", "", "Charge %s has already been refunded.", ch.ID)
	case amount > left:
		return nil, wire.Refuse("", "amount", "Refund amount (%s) is greater than unrefunded amount on charge (%s)", Money(amount, ch.Currency), Money(left, ch.Currency))
	}
	r := &object.Refund{
		Amount: amount, Charge: object.Str(ch.ID), Currency: ch.Currency, PaymentIntent: ch.PaymentIntent, Reason: object.Str(p.Text("reason")), Status: "succeeded",
		DestinationDetails: object.DestinationDetails{Type: ch.PaymentMethodDetails.Type},
	}
	if r.DestinationDetails.Type == "card" {
		r.DestinationDetails.Card = &object.CardDestination{Type: "refund"}
	}
	if r.Metadata, err = p.Merge("metadata", nil); err != nil {
		return nil, err
	}
	if err := u.create(r, "re_", ""); err != nil {
		return nil, err
	}
	ch.AmountRefunded += amount
	ch.Refunded = ch.AmountRefunded == ch.Amount
	return r, u.update(ch, "charge.refunded")
}

// chargeToRefund finds the payment a call names, by itself or by its intent.
func (u *Unit) chargeToRefund(p wire.Values) (*object.Charge, error) {
	if id := p.Text("charge"); id != "" {
		return fetch[object.Charge](u, id, "charge")
	}
	if p.Text("payment_intent") == "" {
		return nil, wire.Refuse("parameter_missing", "charge", "Name a charge or a payment_intent.")
	}
	pi, err := fetch[object.PaymentIntent](u, p.Text("payment_intent"), "payment_intent")
	if err != nil {
		return nil, err
	}
	if pi.LatestCharge == "" {
		return nil, wire.Refuse("", "payment_intent", "This payment has no successful charge to refund.")
	}
	return fetch[object.Charge](u, string(pi.LatestCharge), "payment_intent")
}

// answerTime is how long the firm has to answer a dispute.
const answerTime = 9 * object.Day

// OpenDispute lets the cardholder's bank ask a payment back. At Stripe nobody
// can do this by the API; here it is a button and a test card.
func (u *Unit) OpenDispute(charge string) (*object.Dispute, error) {
	ch, err := fetch[object.Charge](u, charge, "id")
	if err != nil {
		return nil, err
	}
	if err := u.enter(ch); err != nil {
		return nil, err
	}
	if ch.Status != "succeeded" || ch.Disputed || ch.Refunded || ch.PaymentMethodDetails.Card == nil {
		return nil, wire.Refuse("", "", "Only a card payment that succeeded, and was neither refunded nor disputed, can be disputed.")
	}
	d := &object.Dispute{
		Amount: ch.Amount - ch.AmountRefunded, Charge: object.Str(ch.ID), Currency: ch.Currency, PaymentIntent: ch.PaymentIntent,
		EvidenceDetails: object.EvidenceDetails{DueBy: object.Num(u.now + answerTime)}, Reason: "fraudulent", Status: "needs_response",
		MethodDetails: object.DisputedMethod{Type: "card", Card: object.DisputedCard{Brand: ch.PaymentMethodDetails.Card.Brand, NetworkReasonCode: "10.4"}},
	}
	if err := u.create(d, "dp_", "charge.dispute.created"); err != nil {
		return nil, err
	}
	ch.Disputed = true
	if err := u.update(ch, "charge.updated"); err != nil {
		return nil, err
	}
	return d, u.tellOf("charge.dispute.funds_withdrawn", d)
}

// Words that decide a dispute in test mode
// (https://docs.stripe.com/testing#evidence).
const (
	winningEvidence = "winning_evidence"
	losingEvidence  = "losing_evidence"
)

// UpdateDispute answers a dispute. The bank decides at once by the test words;
// any other answer is under review until somebody decides it.
func (u *Unit) UpdateDispute(id string, p wire.Values) (object.Record, error) {
	d, err := u.disputeFor(id)
	if err != nil {
		return nil, err
	}
	if d.Metadata, err = p.Merge("metadata", d.Metadata); err != nil {
		return nil, err
	}
	words := p.Hash("evidence").Text("uncategorized_text")
	if words == "" {
		return d, u.update(d, "charge.dispute.updated")
	}
	d.Evidence.UncategorizedText, d.EvidenceDetails.HasEvidence = object.Str(words), true
	d.EvidenceDetails.SubmissionCount++
	switch words {
	case winningEvidence:
		return d, u.decideDispute(d, "won")
	case losingEvidence:
		return d, u.decideDispute(d, "lost")
	}
	d.Status = "under_review"
	return d, u.update(d, "charge.dispute.updated")
}

// CloseDispute gives a dispute up: it is lost.
func (u *Unit) CloseDispute(id string) (object.Record, error) {
	d, err := u.disputeFor(id)
	if err != nil {
		return nil, err
	}
	return d, u.decideDispute(d, "lost")
}

// DecideDispute is the bank's word, by a button.
func (u *Unit) DecideDispute(id string, won bool) error {
	d, err := u.disputeFor(id)
	if err != nil {
		return err
	}
	return u.decideDispute(d, map[bool]string{true: "won", false: "lost"}[won])
}

func (u *Unit) disputeFor(id string) (*object.Dispute, error) {
	d, err := fetch[object.Dispute](u, id, "id")
	if err != nil {
		return nil, err
	}
	if d.Status == "won" || d.Status == "lost" {
		return nil, wire.Refuse("", "", "This dispute is already closed")
	}
	return d, u.enter(d)
}

func (u *Unit) decideDispute(d *object.Dispute, status string) error {
	d.Status, d.EvidenceDetails.DueBy = status, 0
	if err := u.update(d, ""); err != nil {
		return err
	}
	if err := u.tellOf("charge.dispute.closed", d); err != nil {
		return err
	}
	if status != "won" {
		return nil
	}
	return u.tellOf("charge.dispute.funds_reinstated", d)
}

// DisputesOf lists what was disputed of a payment.
func DisputesOf(tx *book.Tx, charge string) ([]*object.Dispute, error) {
	return book.All[object.Dispute](tx, book.Query{Object: "dispute", Filters: []book.Filter{book.Is("charge", charge)}})
}
