package stripelocal_test

import (
	"testing"
	"time"
)

func TestSmoke(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clock, cus := b.clocked("pm_card_visa")
	price := b.price(2000, "month")
	s := b.must("POST", "/v1/subscriptions", "customer", cus, "items[0][price]", price, "expand[]", "latest_invoice.payment_intent")
	t.Log(s.doc)
	b.advance(clock, midnight.AddDate(0, 1, 2))
	t.Log(b.status(s.str("id")))
	time.Sleep(100 * time.Millisecond)
	for _, e := range b.events() {
		t.Log(e)
	}
	t.Log(b.log.String(), len(b.hooks.all()))
}
