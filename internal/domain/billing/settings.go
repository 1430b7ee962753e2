package billing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Selling is what the owner decides about the payment page. The zero value is
// what holds until something is decided.
type Selling struct {
	// AutomaticTax lets Stripe Tax add what is due where the payer lives:
	// https://docs.stripe.com/tax/checkout.
	AutomaticTax bool `json:"automatic_tax"`
	// TaxIDs lets companies type their tax number:
	// https://docs.stripe.com/tax/checkout/tax-ids.
	TaxIDs bool `json:"tax_ids"`
	// PromotionBox shows a box for codes, unless an offer is applied already:
	// Stripe takes one or the other.
	PromotionBox bool `json:"promotion_box"`
	// AccountFirst asks who buys to sign in before the payment page. Otherwise
	// a stranger may go straight there.
	AccountFirst bool `json:"account_first"`
	// Currency is the one the page of plans begins with; "" is that of the
	// first price.
	Currency string `json:"currency"`
}

// Validate lists every broken rule.
func (s *Selling) Validate() error {
	s.Currency = strings.ToLower(strings.TrimSpace(s.Currency))
	var f fault.Fields
	f.Check(s.Currency == "" || currencyPattern.MatchString(s.Currency), "/currency", "bad_currency", "Three letters, such as eur.")
	return f.Err()
}

// sellingName is the row the decisions stand in.
const sellingName = "selling"

// Selling returns what is decided about the payment page.
func (o *Office) Selling(ctx context.Context) (s Selling, err error) {
	raw, err := o.store.setting(ctx, sellingName)
	if err != nil || raw == nil {
		return s, err
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, fmt.Errorf("billing: settings: %w", err)
	}
	return s, nil
}

// ChangeSelling decides about the payment page. It needs settings.write.
func (o *Office) ChangeSelling(ctx context.Context, change func(*Selling)) (s Selling, err error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return s, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		before, err := o.Selling(ctx)
		if err != nil {
			return err
		}
		s = before
		change(&s)
		if err := s.Validate(); err != nil || s == before {
			return err
		}
		raw, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if err := o.store.putSetting(ctx, sellingName, raw, o.Clock.Now()); err != nil {
			return err
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "selling.changed", Subject: "selling", ID: sellingName, Payload: s}); err != nil {
			return err
		}
		return o.DB.Announce(ctx, topicNews, "") // the page of plans shows the currency
	})
	return s, err
}
