package stripeapi

import (
	"context"

	"github.com/stripe/stripe-go/v76"
)

// PaymentIntent is how one payment stands
// (https://docs.stripe.com/payments/paymentintents/lifecycle).
type PaymentIntent struct {
	ID     string
	Status string // processing, succeeded, requires_payment_method (also after a failure), canceled …
}

// PaymentIntent fetches one payment.
func (c *Client) PaymentIntent(ctx context.Context, id string) (PaymentIntent, error) {
	common, err := read(ctx, id)
	if err != nil {
		return PaymentIntent{}, err
	}
	p, err := c.api.PaymentIntents.Get(id, &stripe.PaymentIntentParams{Params: common})
	if p == nil {
		return PaymentIntent{}, c.fault(err)
	}
	return PaymentIntent{ID: p.ID, Status: string(p.Status)}, c.fault(err)
}
