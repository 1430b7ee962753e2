package billing

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// SubscriberFilter narrows the list of subscribers. Zero fields do not filter.
type SubscriberFilter struct {
	Plan     string // slug
	Status   string // one of Stripe's, or "open"
	Interval Interval
	Since    time.Time // began then or later
	Until    time.Time // began earlier
	Ending   *bool     // set to run out, or not
	Owners   []uuid.UUID
	Cursor   string
	Limit    int
}

// Subscriber is a subscription with the name of its plan.
type Subscriber struct {
	Subscription `gorm:"embedded"`
	Plan         string // slug
	PlanName     string
}

// SubscriberPage is a part of the list.
type SubscriberPage struct {
	Subscribers []Subscriber
	Next        string
}

const maxSubscribers = 200

// Validate lists every broken rule.
func (f *SubscriberFilter) Validate() error {
	var bad fault.Fields
	known := []Status{"", "open", Incomplete, IncompleteExpired, Trialing, Active, PastDue, Unpaid, Paused, Canceled}
	ok := false
	for _, s := range known {
		ok = ok || string(s) == f.Status
	}
	bad.Check(ok, "status", "unknown", "open, or a status of Stripe's.")
	bad.Check(f.Interval == "" || f.Interval.Valid(), "interval", "unknown", "One of month, year.")
	bad.Check(f.Plan == "" || slugPattern.MatchString(f.Plan), "plan", "bad_slug", "This is no plan's address.")
	return bad.Err()
}

// Subscribers lists subscriptions, those that began last first. It needs
// members.read.
func (o *Office) Subscribers(ctx context.Context, f SubscriberFilter) (SubscriberPage, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return SubscriberPage{}, err
	}
	if err := f.Validate(); err != nil {
		return SubscriberPage{}, err
	}
	after, err := parsePlace(f.Cursor)
	if err != nil {
		return SubscriberPage{}, err
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, maxSubscribers)
	rows, err := o.store.subscribers(ctx, f, after)
	page := SubscriberPage{Subscribers: rows}
	if n := len(rows); n == f.Limit {
		page.Next = place{rows[n-1].StartedAt, rows[n-1].ID}.String()
	}
	return page, err
}

// place is where a list goes on: after the row it was taken of.
type place struct {
	at time.Time
	id uuid.UUID
}

func (p place) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(p.at.UnixMicro(), 10) + "." + p.id.String()))
}

func parsePlace(s string) (p place, err error) {
	if s == "" {
		return p, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	at, id, ok := strings.Cut(string(raw), ".")
	micro, badTime := strconv.ParseInt(at, 10, 64)
	parsed, badID := uuid.Parse(id)
	if err != nil || !ok || badTime != nil || badID != nil {
		var bad fault.Fields
		bad.Add("cursor", "bad_cursor", "This page of the list does not exist.")
		return p, bad.Err()
	}
	return place{time.UnixMicro(micro).UTC(), parsed}, nil
}
