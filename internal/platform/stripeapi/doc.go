// Package stripeapi is a thin gateway to Stripe. It is the only place that
// names stripe-go: callers see the plain types of this package, times instead
// of Unix seconds, and faults with stable codes instead of Stripe's errors.
//
// It owns no tables and keeps no state beside its connections. It decides
// nothing about money or access: it carries questions to Stripe and brings
// answers back. Every object is rendered as of APIVersion, whatever the
// account's default is.
//
// Every write takes an idempotency key from its caller. Stripe keeps the
// outcome of a key for at least 24 hours and answers a repeat with the same
// result; the same key with other parameters is refused
// (https://docs.stripe.com/api/idempotent_requests). Deletions are idempotent
// by themselves.
//
// Codes of the faults:
//
//	card_declined                 Invalid          the message is meant for the payer
//	stripe_invalid_request        Invalid          Fields names Stripe's parameter
//	stripe_not_found              NotFound         resource_missing
//	stripe_rate_limited           TooMany          come back after RetryAfter
//	stripe_authentication         Internal         the key is wrong, revoked or lacks a right
//	stripe_idempotency_conflict   Conflict         the key was used with other parameters
//	stripe_unavailable            Unavailable      network, 409 or 5xx; safe to repeat with the same key
//	stripe_key_required           Internal         the caller gave no usable idempotency key
//	stripe_call_held_back         Internal         Config.Before did not let the call go
//	stripe_signature              BadRequest       a webhook call is not signed by Stripe, or too old
//	stripe_payload                BadRequest       a signed webhook call that is no event
package stripeapi
