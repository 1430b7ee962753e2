// Package courier carries events to webhook endpoints: signed, at least once,
// in no particular order, again and again with growing gaps until somebody
// answers 2xx or three days have passed
// (https://docs.stripe.com/webhooks#automatic-retries). The queue is in the
// database, so what was queued survives the process.
package courier
