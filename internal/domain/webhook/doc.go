// Package webhook tells other systems what happened here: it keeps the
// endpoints that want to know, an unchanging snapshot of each event, and one
// delivery for each endpoint that asked for it.
//
// Format, headers and signature are those of Standard Webhooks
// (https://www.standardwebhooks.com): webhook-id is the event's and stays the
// same in every attempt, so that a receiver can tell a repeat; the signature is
// an HMAC-SHA256 over id, time and body, with up to two secrets while one is
// being replaced.
//
// An event is written in the transaction of what happened, and so are its
// deliveries and the jobs that make them: all of it exists or nothing does. A
// delivery is made at least once. It fails after three days of growing gaps;
// an endpoint at which nothing got through for three days is paused, and its
// owner gets a mail.
//
// A snapshot holds what is public, and the titles of drafts; of a mail its kind
// and not to whom it went. The whole text of a note is added when a call is
// made, for endpoints that were given it, and only if the one access decision
// opens it at that moment. It is never stored here, nor is the answer to a call
// that carried it.
//
// Calls leave through a client that reaches public addresses only (package
// outward). No call is made inside a transaction. A receiver that hangs is given
// up after seconds, of its answer only the beginning is read, and it holds up
// its own deliveries only: each endpoint has few lanes, one that hangs has one.
//
// Tables: webhook_endpoints, webhook_events, webhook_deliveries,
// webhook_attempts. States of an endpoint: on, off, paused. Of a delivery:
// waiting, delivered, failed, dropped.
package webhook
