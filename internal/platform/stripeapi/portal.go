package stripeapi

import (
	"context"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// PortalSession is one visit to Stripe's billing portal. Its URL signs the
// visitor in and lives for minutes only: never store it, never mail it.
type PortalSession struct {
	ID        string
	URL       string
	ReturnURL string
	Created   time.Time
}

// CreatePortalSession opens the billing portal for a customer.
func (c *Client) CreatePortalSession(ctx context.Context, key, customer, returnURL string) (PortalSession, error) {
	common, err := write(ctx, key)
	if err != nil {
		return PortalSession{}, err
	}
	s, err := c.api.BillingPortalSessions.New(&stripe.BillingPortalSessionParams{
		Params: common, Customer: stripe.String(customer), ReturnURL: text(returnURL),
	})
	if err != nil {
		return PortalSession{}, c.fault(err)
	}
	return PortalSession{ID: s.ID, URL: s.URL, ReturnURL: s.ReturnURL, Created: at(s.Created)}, nil
}
