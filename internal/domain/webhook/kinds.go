package webhook

import "strings"

// Kind is something that can happen and is told.
type Kind struct {
	Name string // such as "note.published"
	Text string // for people, one sentence
}

// Ping is the kind of the event that is sent to try an endpoint out.
const Ping = "webhook.test"

// Purge is the kind of the event that caches are told by. It says in other
// words what other events say already, so only who asks for it by name gets it.
const Purge = "cache.purge"

// Kinds lists everything that is told. Names are kept for good: an integrator
// relies on them.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

var kinds = []Kind{
	{"note.created", "A note was begun."},
	{"note.submitted", "A note was handed in for review."},
	{"note.approved", "A reviewer approved a note."},
	{"note.sent_back", "A reviewer sent a note back."},
	{"note.scheduled", "A publication, an update or a retraction was planned."},
	{"note.rescheduled", "What was planned for a note was moved."},
	{"note.schedule_cancelled", "What was planned for a note was called off."},
	{"note.schedule_failed", "What was planned for a note could not be done."},
	{"note.published", "A note appeared."},
	{"note.updated", "A new version of a note appeared."},
	{"note.retracted", "A note was withdrawn."},
	{"note.archived", "A note was put away."},
	{"note.unarchived", "A note was brought back."},
	{"note.priced", "The price of a single note changed."},
	{"issue.saved", "An issue was made or changed."},
	{"issue.published", "An issue appeared."},
	{"issue.retracted", "An issue was withdrawn."},
	{"member.registered", "Somebody became a member."},
	{"member.added", "The firm added a member."},
	{"member.renamed", "A member changed their name."},
	{"member.email_changed", "A member has another e-mail address."},
	{"member.leaving", "A member asked for their account to be deleted."},
	{"member.stayed", "A member wants to keep the account after all."},
	{"member.deleted", "A member's account was deleted."},
	{"subscription.pending", "A subscription waits for its first payment."},
	{"subscription.started", "A subscription began."},
	{"subscription.changed", "A subscription has another plan, price or quantity."},
	{"subscription.past_due", "A payment of a subscription is late."},
	{"subscription.unpaid", "A subscription was closed for want of payment."},
	{"subscription.paused", "A subscription was stopped by Stripe."},
	{"subscription.recovered", "A late payment came."},
	{"subscription.canceling", "A subscription will end with its period."},
	{"subscription.resumed", "A cancellation was taken back."},
	{"subscription.pause_began", "A member's pause began."},
	{"subscription.pause_ended", "A member's pause ended."},
	{"subscription.ended", "A subscription ended."},
	{"subscription.expired", "A subscription never began: its first payment did not come."},
	{"invoice.paid", "A bill was paid."},
	{"invoice.failed", "The payment of a bill failed."},
	{"payment.refunded", "Money was paid back."},
	{"payment.disputed", "A payment was disputed."},
	{"payment.dispute_closed", "A dispute ended."},
	{"purchase.paid", "A single note was bought."},
	{"purchase.refunded", "The price of a single note was paid back."},
	{"purchase.revoked", "The right to a single note was taken back."},
	{"gift.delivered", "A present was sent."},
	{"gift.redeemed", "A present was redeemed."},
	{"term.given", "Access with an end was given."},
	{"term.changed", "Access with an end was changed."},
	{"term.paid", "Access with an end was paid."},
	{"term.revoked", "Access with an end was taken back."},
	{"order.sent", "A quote was sent."},
	{"order.accepted", "A quote was accepted."},
	{"order.declined", "A quote was declined."},
	{"order.invoiced", "An order was billed."},
	{"order.overdue", "The bill of an order is overdue."},
	{"order.paid", "The bill of an order was paid."},
	{"order.voided", "An order was called off."},
	{"lead.received", "Somebody wrote to the firm."},
	{"mail.sent", "A mail left."},
	{Purge, "Copies of the Content API in a shared cache are old: the data names their keys. It is not part of \"*\"."},
	{"mail.refused", "A mail was refused by the receiver's server."},
}

// Told tells whether a kind of event goes out.
func Told(name string) bool {
	for _, k := range kinds {
		if k.Name == name {
			return true
		}
	}
	return false
}

// fits tells whether a pattern asks for a kind: "*", "note.*" or its name.
func fits(pattern, kind string) bool {
	if pattern == "*" && kind == Purge {
		return false
	}
	if group, all := strings.CutSuffix(pattern, "*"); all {
		return strings.HasPrefix(kind, group)
	}
	return pattern == kind
}

// sensible tells whether a pattern asks for anything that there is.
func sensible(pattern string) bool {
	if pattern == "*" {
		return true
	}
	if strings.Contains(pattern, "*") && !strings.HasSuffix(pattern, ".*") {
		return false
	}
	for _, k := range kinds {
		if fits(pattern, k.Name) {
			return true
		}
	}
	return false
}
