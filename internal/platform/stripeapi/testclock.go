package stripeapi

import (
	"context"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// TestClock stands still until it is advanced; customers created under it
// live in its time. It exists in Stripe's test mode and in the stand-in
// (https://docs.stripe.com/billing/testing/test-clocks).
type TestClock struct {
	ID     string
	Name   string
	Now    time.Time
	Status string // ready, advancing or internal_failure
}

// Ready tells whether the clock has arrived where it was sent.
func (t TestClock) Ready() bool { return t.Status == string(stripe.TestHelpersTestClockStatusReady) }

// CreateTestClock makes a clock that shows now.
func (c *Client) CreateTestClock(ctx context.Context, key, name string, now time.Time) (TestClock, error) {
	common, err := write(ctx, key)
	if err != nil {
		return TestClock{}, err
	}
	t, err := c.api.TestHelpersTestClocks.New(&stripe.TestHelpersTestClockParams{
		Params: common, Name: text(name), FrozenTime: stripe.Int64(now.Unix()),
	})
	return plainClock(t), c.fault(err)
}

// AdvanceTestClock sends a clock to a later time. It returns while the clock
// is still on its way: fetch it until Ready.
func (c *Client) AdvanceTestClock(ctx context.Context, key, id string, to time.Time) (TestClock, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return TestClock{}, err
	}
	t, err := c.api.TestHelpersTestClocks.Advance(id, &stripe.TestHelpersTestClockAdvanceParams{
		Params: common, FrozenTime: stripe.Int64(to.Unix()),
	})
	return plainClock(t), c.fault(err)
}

// TestClock fetches one clock.
func (c *Client) TestClock(ctx context.Context, id string) (TestClock, error) {
	common, err := read(ctx, id)
	if err != nil {
		return TestClock{}, err
	}
	t, err := c.api.TestHelpersTestClocks.Get(id, &stripe.TestHelpersTestClockParams{Params: common})
	return plainClock(t), c.fault(err)
}

// DeleteTestClock deletes a clock with every customer under it.
func (c *Client) DeleteTestClock(ctx context.Context, key, id string) error {
	common, err := write(ctx, key, id)
	if err != nil {
		return err
	}
	_, err = c.api.TestHelpersTestClocks.Del(id, &stripe.TestHelpersTestClockParams{Params: common})
	return c.fault(err)
}

func plainClock(t *stripe.TestHelpersTestClock) TestClock {
	if t == nil {
		return TestClock{}
	}
	return TestClock{ID: t.ID, Name: t.Name, Now: at(t.FrozenTime), Status: string(t.Status)}
}
