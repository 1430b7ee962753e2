package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// WebhookEndpoint is an address Stripe sends events to.
type WebhookEndpoint struct {
	ID         string
	URL        string
	Events     []string // "*" is all of them
	APIVersion string   // empty: the account's default
	Enabled    bool
	Secret     string // only in the answer to its creation; keep it, it cannot be read again
	Metadata   map[string]string
	Created    time.Time
}

// CreateWebhookEndpoint registers an address for these events, rendered as of
// APIVersion whatever the account's default is.
func (c *Client) CreateWebhookEndpoint(ctx context.Context, key, url string, events []string, meta map[string]string) (WebhookEndpoint, error) {
	common, err := write(ctx, key)
	if err != nil {
		return WebhookEndpoint{}, err
	}
	w, err := c.api.WebhookEndpoints.New(&stripe.WebhookEndpointParams{
		Params: common, URL: stripe.String(url), EnabledEvents: stripe.StringSlice(events),
		APIVersion: stripe.String(APIVersion), Metadata: meta,
	})
	return plainEndpoint(w), c.fault(err)
}

// DeleteWebhookEndpoint stops events to an address.
func (c *Client) DeleteWebhookEndpoint(ctx context.Context, key, id string) error {
	common, err := write(ctx, key, id)
	if err != nil {
		return err
	}
	_, err = c.api.WebhookEndpoints.Del(id, &stripe.WebhookEndpointParams{Params: common})
	return c.fault(err)
}

// WebhookEndpoints walks through all endpoints, newest first, without secrets.
func (c *Client) WebhookEndpoints(ctx context.Context) iter.Seq2[WebhookEndpoint, error] {
	return walk(c, func() *stripe.Iter {
		return c.api.WebhookEndpoints.List(&stripe.WebhookEndpointListParams{ListParams: pages(ctx)}).Iter
	}, plainEndpoint)
}

func plainEndpoint(w *stripe.WebhookEndpoint) WebhookEndpoint {
	if w == nil {
		return WebhookEndpoint{}
	}
	return WebhookEndpoint{
		ID: w.ID, URL: w.URL, Events: w.EnabledEvents, APIVersion: w.APIVersion, Enabled: w.Status == "enabled",
		Secret: w.Secret, Metadata: metadata(w.Metadata), Created: at(w.Created),
	}
}
