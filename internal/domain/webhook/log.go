package webhook

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Kept is how long events and their deliveries are kept.
const Kept = 30 * 24 * time.Hour

// Filter chooses deliveries of an endpoint.
type Filter struct {
	Endpoint uuid.UUID
	State    Standing  // "" for all
	Kind     string    // a pattern; "" for all
	Before   uuid.UUID // the last one of the page before
	Limit    int       // 1 to 100
}

// Logged is a delivery with what it was about.
type Logged struct {
	Delivery `gorm:"embedded"`
	Kind     string
	At       time.Time // when it happened
	Subject  string
}

// Log lists the deliveries of an endpoint, newest first, and tells whether
// there are more.
func (o *Outlet) Log(ctx context.Context, f Filter) (list []Logged, more bool, err error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, false, err
	}
	if f.Kind != "" && f.Kind != Ping && !sensible(f.Kind) {
		var wrong fault.Fields
		wrong.Add("type", "unknown_event", "There is no event “"+short(f.Kind)+"”.")
		return nil, false, wrong.Err()
	}
	if _, err := o.getEndpoint(ctx, f.Endpoint); err != nil {
		return nil, false, err
	}
	if list, err = o.listLog(ctx, f); err != nil || len(list) <= f.Limit {
		return list, false, err
	}
	return list[:f.Limit], true, nil
}

// Record is a delivery with the event and all calls that were made for it.
type Record struct {
	Delivery
	Event    *Event
	Attempts []Attempt // the first one first
}

// Delivery gives one delivery of an endpoint in full.
func (o *Outlet) Delivery(ctx context.Context, endpoint, id uuid.UUID) (*Record, error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, err
	}
	return o.recordOf(ctx, endpoint, id)
}

func (o *Outlet) recordOf(ctx context.Context, endpoint, id uuid.UUID) (*Record, error) {
	d, err := o.getDelivery(ctx, id)
	if err != nil {
		return nil, err
	}
	if d == nil || d.EndpointID != endpoint {
		return nil, errNoDelivery()
	}
	ev, err := o.getEvent(ctx, d.EventID)
	if err != nil {
		return nil, err
	}
	attempts, err := o.listAttempts(ctx, id)
	return &Record{*d, ev, attempts}, err
}

func errNoDelivery() error {
	return fault.New(fault.NotFound, "delivery_not_found", "There is no such delivery.")
}
