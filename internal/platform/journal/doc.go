// Package journal is the append-only record of what happened: the audit log
// and the outbox in one. A room records an event in the transaction that makes
// the change. In the same transaction the house's reactions run, which put
// jobs into the queue; so a change, its record and its consequences exist
// together or not at all.
//
// A payload is public to anyone who may read the journal and goes out with
// webhooks: it never holds gated text, secrets, or an address that is not the
// subject's own.
//
// Table: journal.
package journal
