package object

import (
	"encoding/json"
	"slices"
)

// Event tells what happened to an object.
type Event struct {
	Head
	APIVersion      string       `json:"api_version"`
	Data            EventData    `json:"data"`
	PendingWebhooks int64        `json:"pending_webhooks"`
	Request         EventRequest `json:"request"`
	Type            string       `json:"type"`
}

// EventData is the object as it was right after, and what it was before.
type EventData struct {
	Object             json.RawMessage `json:"object"`
	PreviousAttributes json.RawMessage `json:"previous_attributes,omitempty"`
}

// EventRequest is the call that caused an event; both are null when time did.
type EventRequest struct {
	ID             Str `json:"id"`
	IdempotencyKey Str `json:"idempotency_key"`
}

// Keys implements Record.
func (e *Event) Keys() []Key { return keys("type", e.Type) }

// WebhookEndpoint is an address that events are sent to.
type WebhookEndpoint struct {
	Head
	APIVersion    Str            `json:"api_version"`
	Description   Str            `json:"description"`
	EnabledEvents []string       `json:"enabled_events"`
	Metadata      Meta           `json:"metadata"`
	Status        string         `json:"status"` // enabled or disabled
	URL           string         `json:"url"`
	Hide          EndpointSecret `json:"-"`
}

// EndpointSecret is the key deliveries are signed with.
type EndpointSecret struct {
	Secret string `json:"secret"`
}

// Hidden implements Record.
func (w *WebhookEndpoint) Hidden() any { return &w.Hide }

// Wants tells whether events of a type are sent there.
func (w *WebhookEndpoint) Wants(eventType string) bool {
	return w.Status == "enabled" && (slices.Contains(w.EnabledEvents, "*") || slices.Contains(w.EnabledEvents, eventType))
}

// TestClock is a time of its own for the customers under it.
type TestClock struct {
	Head
	DeletesAfter int64       `json:"deletes_after"`
	FrozenTime   int64       `json:"frozen_time"`
	Name         Str         `json:"name"`
	Status       string      `json:"status"` // ready, advancing or internal_failure
	Hide         ClockSecret `json:"-"`
}

// ClockSecret is where a clock is going.
type ClockSecret struct {
	Target int64 `json:"target,omitempty"` // while advancing
	Offset int64 `json:"offset,omitempty"` // of the clock that follows real time: seconds ahead of it
	Follow bool  `json:"follow,omitempty"` // it follows real time
}

// Hidden implements Record.
func (t *TestClock) Hidden() any { return &t.Hide }

// Keys implements Record.
func (t *TestClock) Keys() []Key { return keys("clock_status", t.Status) }
