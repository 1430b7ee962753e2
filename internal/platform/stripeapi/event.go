package stripeapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"

	"lighttrends/internal/platform/fault"
)

// Event is a hint that something happened. It says what to look at, never
// what is true now: events come late, twice and in any order, so the object
// is fetched afresh.
type Event struct {
	ID             string
	Type           string
	APIVersion     string // what the event was rendered with; never compared with ours
	Created        time.Time
	ObjectID       string // empty for previews such as invoice.upcoming
	ObjectType     string // subscription, invoice, checkout.session …
	SubscriptionID string // the subscription concerned, when the object names one
	CustomerID     string
	Livemode       bool
}

// ParseEvent verifies one webhook call and reads which object it is about.
//
// raw is the body byte for byte as it came. header is Stripe-Signature.
// secrets are all that may sign now: during a rotation the old and the new
// one. A signature older than tolerance is refused, so that a recorded call
// cannot be played back later; Stripe suggests five minutes, and signs every
// retry anew. Zero tolerance checks no age.
//
// Events of every API version are taken. Nothing of the object but ids is
// read, and these have the same place in all versions.
func ParseEvent(raw []byte, header string, secrets []string, tolerance time.Duration, now time.Time) (Event, error) {
	if err := checkSignature(raw, header, secrets, tolerance, now); err != nil {
		return Event{}, err
	}
	var body eventBody
	if err := json.Unmarshal(raw, &body); err != nil {
		return Event{}, notEvent(err)
	}
	if body.Object != "event" || body.ID == "" || body.Type == "" {
		return Event{}, notEvent(errors.New("no event, or one without id or type"))
	}
	return body.plain()
}

func notEvent(why error) error {
	return fault.Wrap(fmt.Errorf("%w: %w", NoEvent, why), fault.BadRequest, CodePayload, "This call does not hold an event.")
}

type eventBody struct {
	ID         string `json:"id"`
	Object     string `json:"object"`
	Type       string `json:"type"`
	APIVersion string `json:"api_version"`
	Created    int64  `json:"created"`
	Livemode   bool   `json:"livemode"`
	Data       struct {
		Object json.RawMessage `json:"object"`
	} `json:"data"`
}

// objectBody is as much of any object as this package reads from an event.
type objectBody struct {
	ID           reference `json:"id"`
	Object       reference `json:"object"`
	Customer     reference `json:"customer"`
	Subscription reference `json:"subscription"`
	Parent       parent    `json:"parent"`
}

// parent is where invoices of API versions from 2025 name their subscription.
// Anything else by that name reads as empty.
type parent struct{ subscription reference }

// UnmarshalJSON implements json.Unmarshaler.
func (p *parent) UnmarshalJSON(raw []byte) error {
	var body struct {
		Details struct {
			Subscription reference `json:"subscription"`
		} `json:"subscription_details"`
	}
	if json.Unmarshal(raw, &body) == nil {
		p.subscription = body.Details.Subscription
	}
	return nil
}

func (b eventBody) plain() (Event, error) {
	e := Event{ID: b.ID, Type: b.Type, APIVersion: b.APIVersion, Created: at(b.Created), Livemode: b.Livemode}
	var o objectBody
	if err := json.Unmarshal(b.Data.Object, &o); err != nil {
		return Event{}, notEvent(err)
	}
	e.ObjectID, e.ObjectType = string(o.ID), string(o.Object)
	e.CustomerID, e.SubscriptionID = string(o.Customer), string(o.Subscription)
	if e.SubscriptionID == "" {
		e.SubscriptionID = string(o.Parent.subscription)
	}
	switch e.ObjectType {
	case "subscription":
		e.SubscriptionID = e.ObjectID
	case "customer":
		e.CustomerID = e.ObjectID
	}
	return e, nil
}

// reference is an id, given alone or as an object with an id. Whatever else
// stands in its place, in objects this package does not know, reads as empty.
type reference string

// UnmarshalJSON implements json.Unmarshaler.
func (r *reference) UnmarshalJSON(raw []byte) error {
	var id string
	if json.Unmarshal(raw, &id) == nil {
		*r = reference(id)
		return nil
	}
	var object struct {
		ID any `json:"id"`
	}
	if json.Unmarshal(raw, &object) == nil {
		id, _ = object.ID.(string)
	}
	*r = reference(id)
	return nil
}

// Event fetches one event. Stripe keeps events for 30 days.
func (c *Client) Event(ctx context.Context, id string) (Event, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Event{}, err
	}
	e, err := c.api.Events.Get(id, &stripe.EventParams{Params: common})
	if err != nil {
		return Event{}, c.fault(err)
	}
	return plainEvent(e), nil
}

// Events walks through events since a time, newest first, to find what no
// webhook call told. No types means all.
func (c *Client) Events(ctx context.Context, from time.Time, types ...string) iter.Seq2[Event, error] {
	return walk(c, func() *stripe.Iter {
		q := &stripe.EventListParams{ListParams: pages(ctx), CreatedRange: since(from)}
		if len(types) > 0 {
			q.Types = stripe.StringSlice(types)
		}
		return c.api.Events.List(q).Iter
	}, plainEvent)
}

func plainEvent(e *stripe.Event) Event {
	b := eventBody{ID: e.ID, Type: string(e.Type), APIVersion: e.APIVersion, Created: e.Created, Livemode: e.Livemode}
	if e.Data != nil {
		b.Data.Object = e.Data.Raw
	}
	if out, err := b.plain(); err == nil {
		return out
	}
	return Event{ID: e.ID, Type: string(e.Type), APIVersion: e.APIVersion, Created: at(e.Created), Livemode: e.Livemode}
}
