package billing

import (
	"bytes"
	"encoding/json"
	"reflect"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

// tell stores an event and queues it for every endpoint that wants it.
func (u *Unit) tell(eventType string, doc, previous json.RawMessage) error {
	wanted, err := u.wanting(eventType)
	if err != nil {
		return err
	}
	e := &object.Event{
		APIVersion: object.Version, Type: eventType, Request: u.cause, PendingWebhooks: int64(len(wanted)),
		Data: object.EventData{Object: doc, PreviousAttributes: previous},
	}
	if err := u.create(e, "evt_", ""); err != nil {
		return err
	}
	for _, w := range wanted {
		if err := u.Queue(e.ID, eventType, w.ID, u.rules.Clock.Now()); err != nil {
			return err
		}
	}
	return nil
}

// tellOf tells of an object as it is now.
func (u *Unit) tellOf(eventType string, rec object.Record) error {
	doc, err := u.show(rec)
	if err != nil {
		return err
	}
	return u.tell(eventType, doc, nil)
}

func (u *Unit) wanting(eventType string) ([]*object.WebhookEndpoint, error) {
	if !u.asked {
		all, err := find[object.WebhookEndpoint](u)
		if err != nil {
			return nil, err
		}
		u.endpoints, u.asked = all, true
	}
	var wanted []*object.WebhookEndpoint
	for _, w := range u.endpoints {
		if w.Wants(eventType) {
			wanted = append(wanted, w)
		}
	}
	return wanted, nil
}

// difference gives the earlier values of what changed, nil when nothing did.
// Groups are compared name by name, lists as a whole, as Stripe does in
// previous_attributes.
func difference(before, now json.RawMessage) (json.RawMessage, error) {
	if before == nil || bytes.Equal(before, now) {
		return nil, nil
	}
	var old, new map[string]any
	if err := json.Unmarshal(before, &old); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(now, &new); err != nil {
		return nil, err
	}
	changed := earlier(old, new)
	if len(changed) == 0 {
		return nil, nil
	}
	return json.Marshal(changed)
}

func earlier(old, new map[string]any) map[string]any {
	out := map[string]any{}
	for name, was := range old {
		is, there := new[name]
		if there && reflect.DeepEqual(was, is) {
			continue
		}
		a, groupA := was.(map[string]any)
		b, groupB := is.(map[string]any)
		if groupA && groupB {
			out[name] = earlier(a, b)
			continue
		}
		out[name] = was
	}
	for name := range new {
		if _, there := old[name]; !there {
			out[name] = nil // it is new: before it was nothing
		}
	}
	return out
}
