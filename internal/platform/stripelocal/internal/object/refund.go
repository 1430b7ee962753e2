package object

import "encoding/json"

// Refund is money that went back.
type Refund struct {
	Head
	Amount             int64              `json:"amount"`
	Charge             Str                `json:"charge"`
	Currency           string             `json:"currency"`
	DestinationDetails DestinationDetails `json:"destination_details"`
	Metadata           Meta               `json:"metadata"`
	PaymentIntent      Str                `json:"payment_intent"`
	Reason             Str                `json:"reason"` // duplicate, fraudulent or requested_by_customer
	Status             string             `json:"status"` // succeeded, or pending and failed for a bank's
}

// DestinationDetails say where the money went.
type DestinationDetails struct {
	Type string           `json:"type"`
	Card *CardDestination `json:"card,omitempty"`
}

// CardDestination says how a card got it back.
type CardDestination struct {
	Type string `json:"type"`
}

// MarshalJSON implements json.Marshaler: a refund does not show livemode.
func (r *Refund) MarshalJSON() ([]byte, error) {
	type plain Refund
	raw, err := json.Marshal((*plain)(r))
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	delete(fields, "livemode")
	return json.Marshal(fields)
}

// Keys implements Record.
func (r *Refund) Keys() []Key {
	return keys("charge", string(r.Charge), "payment_intent", string(r.PaymentIntent))
}

// Dispute is a payment that the cardholder has their bank ask back.
type Dispute struct {
	Head
	Amount             int64           `json:"amount"`
	Charge             Str             `json:"charge"`
	Currency           string          `json:"currency"`
	Evidence           Evidence        `json:"evidence"`
	EvidenceDetails    EvidenceDetails `json:"evidence_details"`
	IsChargeRefundable bool            `json:"is_charge_refundable"`
	Metadata           Meta            `json:"metadata"`
	PaymentIntent      Str             `json:"payment_intent"`
	MethodDetails      DisputedMethod  `json:"payment_method_details"`
	Reason             string          `json:"reason"`
	Status             string          `json:"status"` // needs_response, under_review, won or lost
}

// Evidence is what the firm answers. Only its free text is ever set here.
type Evidence struct{ UncategorizedText Str }

// MarshalJSON implements json.Marshaler: every kind of evidence is shown.
func (e Evidence) MarshalJSON() ([]byte, error) {
	fields := map[string]Str{"uncategorized_text": e.UncategorizedText}
	for _, name := range []string{
		"access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication",
		"customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation",
		"duplicate_charge_explanation", "duplicate_charge_id", "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
		"refund_refusal_explanation", "service_date", "service_documentation", "shipping_address", "shipping_carrier", "shipping_date",
		"shipping_documentation", "shipping_tracking_number", "uncategorized_file",
	} {
		fields[name] = ""
	}
	return json.Marshal(fields)
}

// UnmarshalJSON implements json.Unmarshaler.
func (e *Evidence) UnmarshalJSON(raw []byte) error {
	var fields struct {
		Text Str `json:"uncategorized_text"`
	}
	err := json.Unmarshal(raw, &fields)
	e.UncategorizedText = fields.Text
	return err
}

// EvidenceDetails say until when an answer is awaited.
type EvidenceDetails struct {
	DueBy           Num   `json:"due_by"`
	HasEvidence     bool  `json:"has_evidence"`
	PastDue         bool  `json:"past_due"`
	SubmissionCount int64 `json:"submission_count"`
}

// DisputedMethod is the card that paid.
type DisputedMethod struct {
	Type string       `json:"type"`
	Card DisputedCard `json:"card"`
}

// DisputedCard names the network and its code.
type DisputedCard struct {
	Brand             string `json:"brand"`
	NetworkReasonCode string `json:"network_reason_code"`
}

// Keys implements Record.
func (d *Dispute) Keys() []Key {
	return keys("charge", string(d.Charge), "payment_intent", string(d.PaymentIntent))
}
