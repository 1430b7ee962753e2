// Package billing holds the stand-in's rules of trade: what a request, a page
// or the passing of time does to subscriptions, invoices and payments, and
// which events tell of it. The rules follow Stripe's documentation
// (https://docs.stripe.com/billing/subscriptions/overview); where Stripe
// leaves a choice to the account's settings, Rules holds it.
//
// Every verb works on a Unit: one transaction, one moment, one cause. No
// money moves.
//
//	incomplete ─ paid ─→ active ─ renewal fails ─→ past_due ─ tries used up ─→ canceled or unpaid
//	     └─ 23 hours ─→ incomplete_expired   ↑──── paid ────┘
//	trialing ─ trial ends ─→ active, paused (no payment method) or canceled
//	paused ─ resumed and paid ─→ active          any but the ended ─ canceled ─→ canceled
package billing
