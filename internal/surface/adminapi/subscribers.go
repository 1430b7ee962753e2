package adminapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// Subscriber is a subscription with who has it.
type Subscriber struct {
	ID           string     `json:"id" format:"uuid"`
	StripeID     string     `json:"stripe_id"`
	OwnerKind    string     `json:"owner_kind" enum:"member,organization"`
	OwnerID      string     `json:"owner_id" format:"uuid"`
	Email        string     `json:"email" doc:"Empty when the member was deleted"`
	Name         string     `json:"name"`
	Plan         string     `json:"plan"`
	PlanName     string     `json:"plan_name"`
	Status       string     `json:"status"`
	Interval     string     `json:"interval"`
	Quantity     int64      `json:"quantity"`
	Value        int64      `json:"value" doc:"A month, in the smallest unit, when it counts"`
	Currency     string     `json:"currency"`
	StartedAt    time.Time  `json:"started_at"`
	PeriodEnd    *time.Time `json:"period_end,omitempty"`
	Ending       bool       `json:"ending" doc:"It will run out"`
	EndedAt      *time.Time `json:"ended_at,omitempty"`
	PastDueSince *time.Time `json:"past_due_since,omitempty"`
}

// SubscriberFilter narrows the list. It is exported because requests are bound
// to the exported fields of an input only.
type SubscriberFilter struct {
	Plan     string    `query:"plan" maxLength:"64" doc:"Slug"`
	Status   string    `query:"status" enum:"open,active,trialing,past_due,incomplete,incomplete_expired,unpaid,paused,canceled"`
	Interval string    `query:"interval" enum:"month,year"`
	Since    time.Time `query:"since" doc:"Began then or later"`
	Until    time.Time `query:"until" doc:"Began earlier"`
	Ending   string    `query:"ending" enum:"true,false" doc:"Only those that will run out, or only the others"`
	Search   string    `query:"search" maxLength:"254" doc:"Beginning of the member's address or name; the first 200 that fit"`
}

type (
	subscribersInput struct {
		SubscriberFilter
		Cursor string `query:"cursor" maxLength:"128"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	subscribersOutput struct {
		Body struct {
			Subscribers []Subscriber `json:"subscribers"`
			Next        string       `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
)

func (s *service) subscribers() {
	const tag = "Income"
	add(s, route{method: http.MethodGet, path: "/subscribers", id: "list-subscribers", tag: tag, need: actor.MembersRead,
		summary: "List subscriptions with who has them", text: "Those that began last first."}, s.listSubscribers)
	add(s, route{method: http.MethodGet, path: "/subscribers.csv", id: "export-subscribers", replies: inTable(), tag: tag, need: actor.MembersRead,
		summary: "List subscriptions, for a spreadsheet", text: "The same filters; all pages in one file."}, s.exportSubscribers)
}

func (s *service) subscriberFilter(ctx context.Context, in SubscriberFilter) (billing.SubscriberFilter, error) {
	f := billing.SubscriberFilter{Plan: in.Plan, Status: in.Status, Interval: billing.Interval(in.Interval), Since: in.Since, Until: in.Until}
	if in.Ending != "" {
		ending := in.Ending == "true"
		f.Ending = &ending
	}
	if in.Search == "" {
		return f, nil
	}
	page, err := s.Identity.ListMembers(ctx, identity.ListMembers{Search: in.Search, Limit: 200})
	f.Owners = []uuid.UUID{}
	for _, m := range page.Members {
		f.Owners = append(f.Owners, m.ID)
	}
	return f, err
}

func (s *service) listSubscribers(ctx context.Context, in *subscribersInput) (*subscribersOutput, error) {
	f, err := s.subscriberFilter(ctx, in.SubscriberFilter)
	if err != nil {
		return nil, err
	}
	f.Cursor, f.Limit = in.Cursor, in.Limit
	var out subscribersOutput
	out.Body.Subscribers, out.Body.Next, err = s.subscriberPage(ctx, f)
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// subscriberPage reads a page and adds who the owners are.
func (s *service) subscriberPage(ctx context.Context, f billing.SubscriberFilter) ([]Subscriber, string, error) {
	page, err := s.Billing.Subscribers(ctx, f)
	if err != nil {
		return nil, "", err
	}
	var ids []uuid.UUID
	for _, x := range page.Subscribers {
		ids = append(ids, x.Owner.ID)
	}
	who, err := s.Identity.MembersByID(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	out := make([]Subscriber, len(page.Subscribers))
	for i, x := range page.Subscribers {
		out[i] = subscriberOf(x)
		if m, ok := who[x.Owner.ID]; ok && m.DeletedAt == nil {
			out[i].Email, out[i].Name = m.EmailGiven, m.Name
		}
	}
	return out, page.Next, nil
}

func subscriberOf(x billing.Subscriber) Subscriber {
	return Subscriber{
		ID: x.ID.String(), StripeID: x.StripeID, OwnerKind: string(x.Owner.Kind), OwnerID: x.Owner.ID.String(), Plan: x.Plan, PlanName: x.PlanName,
		Status: string(x.Status), Interval: string(x.Interval), Quantity: x.Quantity, Value: x.Counted(), Currency: x.Currency,
		StartedAt: x.StartedAt, PeriodEnd: x.CurrentPeriodEnd, Ending: x.Ending() && !x.Status.Ended(), EndedAt: x.EndedAt, PastDueSince: x.PastDueSince,
	}
}

func (s *service) exportSubscribers(ctx context.Context, in *SubscriberFilter) (*huma.StreamResponse, error) {
	f, err := s.subscriberFilter(ctx, *in)
	if err != nil {
		return nil, err
	}
	if err := f.Validate(); err != nil {
		return nil, err
	}
	f.Limit = 200
	ctx = detached(ctx)
	head := []string{"email", "name", "owner_kind", "owner_id", "plan", "status", "interval", "quantity", "value_a_month", "currency", "started_at", "period_end", "ending", "ended_at", "subscription"}
	return csvAnswer("subscribers.csv", head, func(yield func([]string, error) bool) {
		for {
			rows, next, err := s.subscriberPage(ctx, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, x := range rows {
				if !yield(x.row(), nil) {
					return
				}
			}
			if f.Cursor = next; next == "" {
				return
			}
		}
	}), nil
}

func (x Subscriber) row() []string {
	return []string{
		x.Email, x.Name, x.OwnerKind, x.OwnerID, x.Plan, x.Status, x.Interval, strconv.FormatInt(x.Quantity, 10), strconv.FormatInt(x.Value, 10), x.Currency,
		stamp(x.StartedAt), optional(x.PeriodEnd), strconv.FormatBool(x.Ending), optional(x.EndedAt), x.StripeID,
	}
}

func optional(t *time.Time) string {
	if t == nil {
		return ""
	}
	return stamp(*t)
}
