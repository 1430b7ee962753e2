package adminapi

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
)

// Webhook is an address of another system that is told what happens.
type Webhook struct {
	ID           string     `json:"id" format:"uuid"`
	Version      int64      `json:"version" doc:"The number in the ETag"`
	Name         string     `json:"name"`
	URL          string     `json:"url"`
	Events       []string   `json:"events" doc:"Patterns: *, note.*, note.published"`
	FullText     bool       `json:"full_text" doc:"Notes come with their whole text, also from behind the paywall"`
	State        string     `json:"state" enum:"on,off,paused" doc:"paused: by itself, since nothing got through"`
	Why          string     `json:"why,omitempty" doc:"Of a pause"`
	FailingSince *time.Time `json:"failing_since,omitempty" doc:"Since then nothing got through"`
	LastOK       *time.Time `json:"last_ok,omitempty" doc:"When a call got through last"`
	OldUntil     *time.Time `json:"old_secret_until,omitempty" doc:"Until then the secret of before signs along"`
	CreatedAt    time.Time  `json:"created_at"`
	UpdatedAt    time.Time  `json:"updated_at"`
}

// NewWebhook is a webhook with its secret.
type NewWebhook struct {
	Webhook
	Secret string `json:"secret" doc:"Checks the signatures. Shown once"`
}

// WebhookDelivery is one event owed to one webhook.
type WebhookDelivery struct {
	ID       string     `json:"id" format:"uuid"`
	Event    string     `json:"event" format:"uuid" doc:"The header webhook-id"`
	Type     string     `json:"type" example:"note.published"`
	Subject  string     `json:"subject" doc:"The id of what it is about"`
	At       time.Time  `json:"at" doc:"When it happened"`
	State    string     `json:"state" enum:"waiting,delivered,failed,dropped" doc:"failed: tried for three days; dropped: the webhook was not on"`
	Attempts int64      `json:"attempts"`
	Status   int64      `json:"status,omitempty" doc:"Of the last answer"`
	NextAt   *time.Time `json:"next_at,omitempty" doc:"When it is tried again"`
	DoneAt   *time.Time `json:"done_at,omitempty"`
}

// WebhookCall is one attempt of a delivery.
type WebhookCall struct {
	At      time.Time `json:"at"`
	TookMS  int64     `json:"took_ms"`
	URL     string    `json:"url"`
	Request string    `json:"request" doc:"The headers, without the signature"`
	Status  int64     `json:"status,omitempty" doc:"Absent when there was no answer"`
	Answer  string    `json:"answer,omitempty" doc:"Its beginning"`
	Error   string    `json:"error,omitempty" doc:"Why there was no answer"`
}

// WebhookRecord is a delivery with what was sent and what came back.
type WebhookRecord struct {
	WebhookDelivery
	Body  json.RawMessage `json:"body" doc:"As it was sent, but for the whole text of a note"`
	Calls []WebhookCall   `json:"calls"`
}

// WebhookEvent is a kind of event.
type WebhookEvent struct {
	Type string `json:"type" example:"note.published"`
	Text string `json:"text"`
}

type (
	// WebhookID is the id in a path.
	WebhookID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	webhookBody struct {
		Name     *string  `json:"name,omitempty" maxLength:"400"`
		URL      *string  `json:"url,omitempty" maxLength:"1000"`
		Events   []string `json:"events,omitempty" maxItems:"100"`
		FullText *bool    `json:"full_text,omitempty"`
		On       *bool    `json:"on,omitempty" doc:"true ends a pause, too"`
	}
	createWebhookInput struct{ Body webhookBody }
	changeWebhookInput struct {
		WebhookID
		IfMatch string `header:"If-Match" doc:"The ETag the change was made from"`
		Body    webhookBody
	}
	webhookOutput struct {
		ETag string `header:"ETag"`
		Body Webhook
	}
	newWebhookOutput struct {
		ETag string `header:"ETag"`
		Body NewWebhook
	}
	webhooksOutput struct {
		Body struct {
			Webhooks []Webhook      `json:"webhooks"`
			Events   []WebhookEvent `json:"events" doc:"All there are"`
		}
	}
	deliveriesInput struct {
		WebhookID
		State  string `query:"state" enum:"waiting,delivered,failed,dropped"`
		Type   string `query:"type" maxLength:"60" doc:"note.published or note.*"`
		Cursor string `query:"cursor" maxLength:"36"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"100"`
	}
	deliveriesOutput struct {
		Body struct {
			Deliveries []WebhookDelivery `json:"deliveries"`
			Next       string            `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
	deliveryInput struct {
		WebhookID
		Delivery uuid.UUID `path:"delivery" format:"uuid"`
	}
	deliveryOutput struct{ Body WebhookRecord }
	replayInput    struct {
		WebhookID
		Body struct {
			From   time.Time `json:"from"`
			To     time.Time `json:"to" doc:"Outside"`
			Missed bool      `json:"missed,omitempty" doc:"Only what was not delivered"`
		}
	}
	replayOutput struct {
		Body struct {
			Events int `json:"events" doc:"So many are on their way"`
		}
	}
)

func (s *service) webhooks() {
	const tag = "Webhooks"
	add(s, route{method: http.MethodGet, path: "/webhooks", id: "list-webhooks", tag: tag, need: actor.KeysWrite,
		summary: "List webhooks", text: "With all events there are."}, s.listWebhooks)
	add(s, route{method: http.MethodPost, path: "/webhooks", id: "create-webhook", tag: tag, need: actor.KeysWrite, status: http.StatusCreated,
		summary: "Make a webhook", text: "Calls carry the headers webhook-id, webhook-timestamp and webhook-signature of Standard Webhooks. Only public addresses are called, and redirects are not followed."}, s.createWebhook)
	add(s, route{method: http.MethodGet, path: "/webhooks/{id}", id: "get-webhook", tag: tag, need: actor.KeysWrite,
		summary: "Get a webhook"}, func(ctx context.Context, in *WebhookID) (*webhookOutput, error) {
		return webhookAnswer(s.Webhooks.Endpoint(ctx, in.ID))
	})
	add(s, route{method: http.MethodPatch, path: "/webhooks/{id}", id: "change-webhook", tag: tag, need: actor.KeysWrite,
		summary: "Change a webhook, or switch it on or off"}, s.changeWebhook)
	add(s, route{method: http.MethodDelete, path: "/webhooks/{id}", id: "delete-webhook", tag: tag, need: actor.KeysWrite, status: http.StatusNoContent,
		summary: "Delete a webhook", text: "With its log. What waits for it is not sent."}, func(ctx context.Context, in *WebhookID) (*None, error) {
		return &None{}, s.Webhooks.Delete(ctx, in.ID)
	})
	add(s, route{method: http.MethodPost, path: "/webhooks/{id}/secret", id: "rotate-webhook-secret", of: "/webhooks/{id}", tag: tag, need: actor.KeysWrite,
		summary: "Give a webhook another secret", text: "The old one signs along for a day: each call carries both signatures."}, s.rotateWebhook)
	add(s, route{method: http.MethodPost, path: "/webhooks/{id}/test", id: "test-webhook", apart: true, tag: tag, need: actor.KeysWrite,
		summary: "Send an event of the type webhook.test at once", text: "Also if the webhook is off. Answers with what came of it."},
		func(ctx context.Context, in *WebhookID) (*deliveryOutput, error) {
			return recordAnswer(s.Webhooks.Test(ctx, in.ID))
		})
	s.webhookLog()
}

func (s *service) webhookLog() {
	const tag = "Webhooks"
	add(s, route{method: http.MethodGet, path: "/webhooks/{id}/deliveries", id: "list-webhook-deliveries", tag: tag, need: actor.KeysWrite,
		summary: "List the deliveries of a webhook", text: "Newest first, of the last 30 days."}, s.listDeliveries)
	add(s, route{method: http.MethodGet, path: "/webhooks/{id}/deliveries/{delivery}", id: "get-webhook-delivery", tag: tag, need: actor.KeysWrite,
		summary: "Get a delivery with every call that was made for it"}, func(ctx context.Context, in *deliveryInput) (*deliveryOutput, error) {
		return recordAnswer(s.Webhooks.Delivery(ctx, in.ID, in.Delivery))
	})
	add(s, route{method: http.MethodPost, path: "/webhooks/{id}/deliveries/{delivery}/replay", id: "replay-webhook-delivery", tag: tag, need: actor.KeysWrite,
		summary: "Send a delivery again", text: "With the same webhook-id."}, func(ctx context.Context, in *deliveryInput) (*deliveryOutput, error) {
		return recordAnswer(s.Webhooks.Replay(ctx, in.ID, in.Delivery))
	})
	add(s, route{method: http.MethodPost, path: "/webhooks/{id}/replay", id: "replay-webhook", tag: tag, need: actor.KeysWrite, status: http.StatusAccepted,
		summary: "Send all events of a time again", text: "Also those that happened while the webhook was off or not there yet. At most 1,000."}, s.replayWebhook)
}

func (s *service) listWebhooks(ctx context.Context, _ *None) (*webhooksOutput, error) {
	list, err := s.Webhooks.Endpoints(ctx)
	if err != nil {
		return nil, err
	}
	var out webhooksOutput
	out.Body.Webhooks = make([]Webhook, len(list))
	for i := range list {
		out.Body.Webhooks[i] = webhookOf(&list[i])
	}
	for _, k := range webhook.Kinds() {
		out.Body.Events = append(out.Body.Events, WebhookEvent{k.Name, k.Text})
	}
	return &out, nil
}

func (b webhookBody) input() webhook.Input {
	return webhook.Input{Name: b.Name, URL: b.URL, Events: b.Events, FullText: b.FullText, On: b.On}
}

func (s *service) createWebhook(ctx context.Context, in *createWebhookInput) (*newWebhookOutput, error) {
	return newWebhookAnswer(s.Webhooks.Create(ctx, in.Body.input()))
}

func (s *service) changeWebhook(ctx context.Context, in *changeWebhookInput) (*webhookOutput, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return webhookAnswer(s.Webhooks.Change(ctx, in.ID, from, in.Body.input()))
}

func (s *service) rotateWebhook(ctx context.Context, in *WebhookID) (*newWebhookOutput, error) {
	return newWebhookAnswer(s.Webhooks.Rotate(ctx, in.ID))
}

func (s *service) listDeliveries(ctx context.Context, in *deliveriesInput) (*deliveriesOutput, error) {
	before, err := belowID(in.Cursor)
	if err != nil {
		return nil, err
	}
	list, more, err := s.Webhooks.Log(ctx, webhook.Filter{Endpoint: in.ID, State: webhook.Standing(in.State), Kind: in.Type, Before: before, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	var out deliveriesOutput
	out.Body.Deliveries = make([]WebhookDelivery, len(list))
	for i := range list {
		l := &list[i]
		out.Body.Deliveries[i] = deliveryOf(&l.Delivery, l.Kind, l.Subject, l.At)
		if more {
			out.Body.Next = l.ID.String()
		}
	}
	return &out, nil
}

func (s *service) replayWebhook(ctx context.Context, in *replayInput) (*replayOutput, error) {
	var out replayOutput
	var err error
	out.Body.Events, err = s.Webhooks.ReplaySpan(ctx, in.ID, webhook.Span{From: in.Body.From, To: in.Body.To, Missed: in.Body.Missed})
	return &out, err
}

func webhookOf(e *webhook.Endpoint) Webhook {
	return Webhook{
		ID: e.ID.String(), Version: e.Version, Name: e.Name, URL: e.URL, Events: e.Events, FullText: e.FullText, State: string(e.State), Why: e.Why,
		FailingSince: e.FailingSince, LastOK: e.LastOK, OldUntil: e.OldUntil, CreatedAt: e.CreatedAt, UpdatedAt: e.UpdatedAt,
	}
}

func webhookETag(e *webhook.Endpoint) string { return strconv.Quote(strconv.FormatInt(e.Version, 10)) }

func webhookAnswer(e *webhook.Endpoint, err error) (*webhookOutput, error) {
	if err != nil {
		return nil, err
	}
	return &webhookOutput{webhookETag(e), webhookOf(e)}, nil
}

func newWebhookAnswer(e *webhook.Endpoint, secret string, err error) (*newWebhookOutput, error) {
	if err != nil {
		return nil, err
	}
	return &newWebhookOutput{webhookETag(e), NewWebhook{webhookOf(e), secret}}, nil
}

func deliveryOf(d *webhook.Delivery, kind, subject string, at time.Time) WebhookDelivery {
	return WebhookDelivery{
		ID: d.ID.String(), Event: d.EventID.String(), Type: kind, Subject: subject, At: at,
		State: string(d.State), Attempts: d.Attempts, Status: d.Status, NextAt: d.NextAt, DoneAt: d.DoneAt,
	}
}

func recordAnswer(r *webhook.Record, err error) (*deliveryOutput, error) {
	if err != nil {
		return nil, err
	}
	out := deliveryOutput{WebhookRecord{WebhookDelivery: deliveryOf(&r.Delivery, r.Event.Kind, r.Event.SubjectID, r.Event.At), Calls: make([]WebhookCall, len(r.Attempts))}}
	if out.Body.Body, err = r.Event.Body(); err != nil {
		return nil, err
	}
	for i, a := range r.Attempts {
		out.Body.Calls[i] = WebhookCall{a.At, a.TookMS, a.URL, a.Request, a.Status, a.Answer, a.Error}
	}
	return &out, nil
}
