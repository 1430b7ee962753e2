package memberapi

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/surface/kit"
)

// Subscription is what a member holds or held.
type Subscription struct {
	ID           string     `json:"id" format:"uuid"`
	Plan         string     `json:"plan" doc:"Slug"`
	PlanName     string     `json:"plan_name"`
	Status       string     `json:"status" doc:"As Stripe names it"`
	Open         bool       `json:"open" doc:"It runs: there is something to cancel"`
	Amount       int64      `json:"amount" doc:"For one, in the smallest unit"`
	Quantity     int64      `json:"quantity"`
	Currency     string     `json:"currency"`
	Interval     string     `json:"interval"`
	PeriodEnd    *time.Time `json:"current_period_end,omitempty"`
	Next         *Charge    `json:"next_charge,omitempty" doc:"Absent when nothing more is charged"`
	Ends         *time.Time `json:"ends_at,omitempty" doc:"When it stops, or stopped, being open"`
	Ending       bool       `json:"ending" doc:"It is cancelled and runs out"`
	PaymentsHeld bool       `json:"payments_paused" doc:"Nothing is charged meanwhile; access goes on"`
	PausedUntil  *time.Time `json:"paused_until,omitempty"`
	Trouble      *Trouble   `json:"trouble,omitempty"`
	Card         string     `json:"card,omitempty" doc:"Brand and last four digits"`
	CardExpires  *time.Time `json:"card_expires_at,omitempty" doc:"The first moment the card is no longer good"`
	MayChange    bool       `json:"may_change"`
	MayPause     bool       `json:"may_pause"`
}

// Charge is money that will be asked for.
type Charge struct {
	At        time.Time `json:"at"`
	Amount    int64     `json:"amount"`
	Currency  string    `json:"currency"`
	Estimated bool      `json:"estimated" doc:"From the list price: discounts and tax may change it"`
}

// Trouble is what is wrong and what mends it.
type Trouble struct {
	Kind     string     `json:"kind" enum:"payment_failed,payment_pending,method_missing"`
	Due      int64      `json:"due"`
	Currency string     `json:"currency"`
	PayURL   string     `json:"pay_url,omitempty" doc:"Where the bill can be paid"`
	Until    *time.Time `json:"access_until,omitempty"`
}

func subscriptionOf(h billing.Holding) Subscription {
	s := Subscription{
		ID: h.ID.String(), Status: string(h.Status), Open: h.Status.Open(), Amount: h.Amount, Quantity: h.Quantity, Currency: h.Currency,
		Interval: string(h.Interval), PeriodEnd: h.CurrentPeriodEnd, Ends: h.Ends, Ending: h.Ending(), PaymentsHeld: h.PauseCollection != "",
		PausedUntil: h.PauseUntil, CardExpires: h.CardExpires, MayChange: h.MayChange, MayPause: h.MayPause,
	}
	if h.Plan != nil {
		s.Plan, s.PlanName = h.Plan.Slug, h.Plan.Name
	}
	if h.CardLast4 != "" {
		s.Card = h.CardBrand + " " + h.CardLast4
	}
	if n := h.Next; n != nil {
		s.Next = &Charge{n.At, n.Amount, n.Currency, n.Estimated}
	}
	if t := h.Trouble; t != nil {
		s.Trouble = &Trouble{string(t.Kind), t.Due, t.Currency, t.PayURL, t.Until}
	}
	return s
}

// verb is one line of the table below.
type verb struct {
	method, path, id, summary, text string
	tag                             string // "" is Subscriptions
	status                          int
	errors                          []int
}

// operate registers what a member does. Only the call is compiled for each pair
// of types.
func operate[I, O any](s *service, v verb, run func(ctx context.Context, member uuid.UUID, in *I) (*O, error)) {
	s.operate(v, kit.Bind(func(ctx context.Context, in *I) (*O, error) {
		member, err := asking(ctx)
		if err != nil {
			return nil, err
		}
		return run(ctx, member, in)
	}))
}

func (s *service) operate(v verb, run kit.Bound) {
	s.api.Add(&huma.Operation{
		OperationID: v.id, Method: v.method, Path: Prefix + v.path, Tags: []string{cmp.Or(v.tag, "Subscriptions")}, Security: secured(),
		Summary: v.summary, Description: v.text, DefaultStatus: v.status, Errors: append(anywhere(), v.errors...),
	}, run)
}

// anywhere is what any operation may be refused with, for who asks: a server key
// that is none, no member, a page of another site.
func anywhere() []int { return []int{400, 401, 403} }

// asking is the member who asks. The answer is theirs alone.
func asking(ctx context.Context) (uuid.UUID, error) {
	who := kit.VisitorOf(kit.Ctx(ctx))
	if who.Actor.Kind != actor.Member {
		return uuid.UUID{}, errNobody
	}
	kit.Ctx(ctx).Set("Cache-Control", "private, no-store")
	return who.Actor.ID, nil
}

// subscriptions registers what a member may do to what they bought. Somebody
// else's subscription is not found.
func (s *service) subscriptions() {
	changes := []int{400, 404, 409, 422, 503}
	operate(s, verb{method: http.MethodGet, path: "/subscriptions", id: "list-subscriptions", summary: "What the member holds and held",
		text: "The open ones first. It answers from the mirror and does not wait for Stripe."}, s.listSubscriptions)
	operate(s, verb{method: http.MethodGet, path: "/subscriptions/{id}/choices", id: "list-choices", errors: []int{404},
		summary: "What a subscription may be changed to"}, s.listChoices)
	operate(s, verb{method: http.MethodPost, path: "/subscriptions/{id}/preview", id: "preview-change", errors: changes,
		summary: "What a change would cost now", text: "Nothing is changed. Send proration_date and due back with the change."}, s.previewChange)
	operate(s, verb{method: http.MethodPost, path: "/subscriptions/{id}/change", id: "change-subscription", errors: changes,
		summary: "Change plan, period or seats", text: "At once, and for the amount of the preview: 409 preview_expired or amount_changed ask to look at it again. The same change twice is charged once."}, s.changeSubscription)
	operate(s, verb{method: http.MethodPost, path: "/subscriptions/{id}/cancel", id: "cancel-subscription", errors: changes,
		summary: "Let it run out at the end of what is paid", text: "Access goes on until then. Twice changes nothing."}, s.cancelSubscription)
	operate(s, verb{method: http.MethodPost, path: "/subscriptions/{id}/resume", id: "resume-subscription", errors: changes,
		summary: "Let it go on", text: "Takes a cancellation back, ends a pause, or starts a subscription that stopped when its trial ended."}, s.resumeSubscription)
	operate(s, verb{method: http.MethodPost, path: "/subscriptions/{id}/pause", id: "pause-subscription", errors: changes,
		summary: "Pause the payments", text: "When the publication offers it. Access goes on, and nothing is charged meanwhile."}, s.pauseSubscription)
	operate(s, verb{method: http.MethodGet, path: "/subscriptions/{id}/retention-offer", id: "get-retention-offer", errors: []int{404},
		summary: "What would be offered to stay", text: "offer is absent when there is nothing."}, s.retentionOffer)
	operate(s, verb{method: http.MethodPost, path: "/subscriptions/{id}/retention-offer", id: "take-retention-offer", errors: changes,
		summary: "Take the offer and stay"}, s.takeOffer)
	operate(s, verb{method: http.MethodPost, path: "/portal-session", id: "open-portal-session", status: http.StatusCreated, errors: []int{403, 404, 422, 503},
		summary: "Open Stripe's page for cards and addresses", text: "The address signs its visitor in and lives for minutes: go there at once, and store it nowhere."}, s.portalSession)
	operate(s, verb{method: http.MethodGet, path: "/invoices", id: "list-invoices", errors: []int{404, 422},
		summary: "The member's bills", text: "Newest first, from the mirror."}, s.listInvoices)
	operate(s, verb{method: http.MethodGet, path: "/refunds", id: "list-refunds", summary: "Refunds and disputes of the member's payments"}, s.listRefunds)
}

type (
	subscriptionID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	subscriptionsOutput struct {
		Body struct {
			Subscriptions []Subscription `json:"subscriptions"`
			Orders        []Order        `json:"orders" doc:"What was ordered by invoice, the newest first"`
		}
	}
	subscriptionOutput struct{ Body Subscription }
)

func (s *service) listSubscriptions(ctx context.Context, member uuid.UUID, _ *struct{}) (*subscriptionsOutput, error) {
	all, err := s.Billing.Holdings(ctx, member)
	if err != nil {
		return nil, err
	}
	out := &subscriptionsOutput{}
	out.Body.Subscriptions = []Subscription{}
	for _, h := range all {
		out.Body.Subscriptions = append(out.Body.Subscriptions, subscriptionOf(h))
	}
	orders, err := s.Billing.OrdersOf(ctx, member)
	if err != nil {
		return nil, err
	}
	out.Body.Orders = []Order{}
	for _, x := range orders {
		out.Body.Orders = append(out.Body.Orders, orderOf(x, s.Billing.Clock.Now()))
	}
	return out, nil
}

// after answers a verb with the subscription as it is then.
func (s *service) after(ctx context.Context, member uuid.UUID, sub *billing.Subscription, err error) (*subscriptionOutput, error) {
	if err != nil {
		return nil, err
	}
	all, err := s.Billing.Holdings(ctx, member)
	for _, h := range all {
		if h.ID == sub.ID {
			return &subscriptionOutput{subscriptionOf(h)}, nil
		}
	}
	return nil, err
}

type cancelInput struct {
	ID   uuid.UUID `path:"id" format:"uuid"`
	Body struct {
		Reason  string `json:"reason,omitempty" enum:"price,time,topics,quality,elsewhere,service,once,other"`
		Comment string `json:"comment,omitempty" maxLength:"1000"`
	}
}

func (s *service) cancelSubscription(ctx context.Context, member uuid.UUID, in *cancelInput) (*subscriptionOutput, error) {
	sub, err := s.Billing.Cancel(ctx, member, in.ID, billing.Leaving{Reason: billing.Reason(in.Body.Reason), Comment: in.Body.Comment})
	return s.after(ctx, member, sub, err)
}

func (s *service) resumeSubscription(ctx context.Context, member uuid.UUID, in *subscriptionID) (*subscriptionOutput, error) {
	sub, err := s.Billing.Resume(ctx, member, in.ID)
	return s.after(ctx, member, sub, err)
}

type pauseInput struct {
	ID   uuid.UUID `path:"id" format:"uuid"`
	Body struct {
		Months int `json:"months" minimum:"1" maximum:"12"`
	}
}

func (s *service) pauseSubscription(ctx context.Context, member uuid.UUID, in *pauseInput) (*subscriptionOutput, error) {
	sub, err := s.Billing.Pause(ctx, member, in.ID, in.Body.Months)
	return s.after(ctx, member, sub, err)
}
