package object_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

func TestNothingIsShownAsNull(t *testing.T) {
	t.Parallel()
	raw, err := json.Marshal(struct {
		S object.Str
		N object.Num
		M object.Meta
		T object.Str
	}{T: "x"})
	if err != nil || string(raw) != `{"S":null,"N":null,"M":{},"T":"x"}` {
		t.Errorf("%s %v", raw, err)
	}
}

func TestRenderingCompletesObjectsInsideObjects(t *testing.T) {
	t.Parallel()
	blanks, err := object.LoadBlanks()
	if err != nil {
		t.Fatal(err)
	}
	price := object.Price{Head: object.Head{ID: "price_1", Object: "price"}, Metadata: object.Meta{"object": "product"}}
	s := &object.Subscription{Head: object.Head{ID: "sub_1", Object: "subscription"}}
	s.Items = object.NewList("/x", []object.Item{{ID: "si_1", Object: "subscription_item", Price: price}})
	raw, err := blanks.Render(s)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	inner := got["items"].(map[string]any)["data"].([]any)[0].(map[string]any)["price"].(map[string]any)
	if _, there := got["collection_method"]; !there || inner["billing_scheme"] != "per_unit" {
		t.Errorf("not completed: %v, %v", got["collection_method"], inner["billing_scheme"])
	}
	if diff := cmp.Diff(map[string]any{"object": "product"}, inner["metadata"]); diff != "" {
		t.Errorf("metadata was completed too:\n%s", diff)
	}
	var back object.Subscription
	if err := json.Unmarshal(raw, &back); err != nil || back.Items.Data[0].Price.ID != "price_1" {
		t.Errorf("it cannot be read back: %v", err)
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	const now = 1_700_000_000
	sub := func(status string, change func(*object.Subscription)) *object.Subscription {
		s := &object.Subscription{Status: status, CurrentPeriodStart: now, CurrentPeriodEnd: now + 30*object.Day}
		s.Created = now
		change(s)
		return s
	}
	none := func(*object.Subscription) {}
	for name, c := range map[string]struct {
		rec  object.Record
		want int64
	}{
		"ended":                  {sub(object.Canceled, func(s *object.Subscription) { s.CancelAt = 5 }), 0},
		"expired":                {sub(object.IncompleteExpired, none), 0},
		"paused":                 {sub(object.Paused, none), 0},
		"incomplete":             {sub(object.Incomplete, none), now + 23*3600},
		"incomplete, on its way": {sub(object.Incomplete, func(s *object.Subscription) { s.Secret.PaymentUnsure = true }), 0},
		"active":                 {sub(object.Active, none), now + 23*object.Day},
		"active, announced":      {sub(object.Active, func(s *object.Subscription) { s.Secret.ToldUpcoming = s.CurrentPeriodEnd }), now + 30*object.Day},
		"active, ending":         {sub(object.Active, func(s *object.Subscription) { s.CancelAtPeriodEnd, s.CancelAt = true, now+30*object.Day }), now + 30*object.Day},
		"weekly":                 {sub(object.Active, func(s *object.Subscription) { s.CurrentPeriodEnd = now + 7*object.Day }), now + 7*object.Day},
		"unpaid":                 {sub(object.Unpaid, none), now + 30*object.Day},
		"collection resumes":     {sub(object.Active, func(s *object.Subscription) { s.PauseCollection = &object.PauseCollection{ResumesAt: now + 5} }), now + 5},
		"trial":                  {sub(object.Trialing, func(s *object.Subscription) { s.TrialEnd = now + 9*object.Day }), now + 6*object.Day},
		"trial, told":            {sub(object.Trialing, func(s *object.Subscription) { s.TrialEnd, s.Secret.ToldTrialEnd = now+9*object.Day, now+9*object.Day }), now + 9*object.Day},
		"draft":                  {&object.Invoice{Status: "draft", AutoAdvance: true, Secret: object.InvoiceSecret{FinalizeAt: 7}}, 7},
		"draft that is kept":     {&object.Invoice{Status: "draft", Secret: object.InvoiceSecret{FinalizeAt: 7}}, 0},
		"open, tried again":      {&object.Invoice{Status: "open", AutoAdvance: true, NextPaymentAttempt: 8}, 8},
		"open, left alone":       {&object.Invoice{Status: "open", NextPaymentAttempt: 8}, 0},
		"paid":                   {&object.Invoice{Status: "paid", AutoAdvance: true, NextPaymentAttempt: 8}, 0},
		"bank debit":             {&object.PaymentIntent{Status: "processing", Secret: object.PaymentIntentSecret{DecideAt: 9}}, 9},
		"open visit":             {&object.Session{Status: "open", ExpiresAt: 3}, 3},
		"complete visit":         {&object.Session{Status: "complete", ExpiresAt: 3}, 0},
		"coupon":                 {&object.Coupon{Valid: true, RedeemBy: 4}, 4},
		"coupon that is void":    {&object.Coupon{RedeemBy: 4}, 0},
	} {
		if got := c.rec.Due(); got != c.want {
			t.Errorf("%s: %d, want %d", name, got-now, c.want-now)
		}
	}
}
