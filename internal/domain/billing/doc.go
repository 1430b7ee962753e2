// Package billing sells plans and mirrors what Stripe says of the
// subscriptions to them.
//
// Stripe is the truth about money. This room keeps a copy of each
// subscription, made by [Office.Sync] and by nothing else: it reads the row's
// sync number, fetches the current object, and writes only if the number is
// still the same, else it fetches again. So two that work on one subscription
// at the same time can never put an older state over a newer one, and no lock
// is held across the network. A webhook, the return from the payment page, the
// nightly comparison and the command line all end in Sync.
//
// An event is a hint, not a message: it comes late, twice, in any order or
// never. [Office.Receive] checks its signature, keeps its ids and answers;
// [Office.Apply] looks at Stripe later, as often as it takes.
//
// The room never stores whether somebody may read. [Office.Standings] says
// where each subscription stands, and the access room decides. A change of
// what it would answer raises the member's access epoch in the same
// transaction. Nothing is granted by a visit to the success page.
//
// Nothing here calls Stripe inside a database transaction, and every write has
// its idempotency key in a row before the first attempt: a [Ledger] in front of
// the gateway holds back what would break either. What
// a member changes of a subscription is an errand: at most one of a subscription
// is open, and the same wish again sends the same key. A change of plan is shown
// with its amount first and made for that amount or not at all.
//
// Bills, refunds and disputes are mirrored like subscriptions. Money that goes
// back changes no access by itself: if the owner wants it so, the subscription
// is ended at Stripe, and access follows its status. Bills outlive a member who
// is deleted, as billed, for as long as the law wants them.
//
// Letters about money are rows written in the transaction of what they tell of,
// unique for it, and sent by whoever claims them first: receipt, changed,
// canceled, resumed, paused, ended, a card that expires, a payment that failed,
// grace that ends, and a second subscription that is given back.
//
// An owner is a member or an organization. Bodies of events, addresses and
// card numbers are not kept; of a card, brand and last four digits are.
//
// States of a letter: queued → sent or dropped.
// States of a visit to the payment page: open → complete, expired or dropped.
// States of an errand: open → done, refused or dropped.
// States of an event: received → applied or ignored. Those of a subscription
// are Stripe's.
//
// A term is a right from one date to another that no running subscription
// stands behind: given at the desk, paid once, by invoice or by transfer. Its
// dates open and close it; no job has to run for that. What is paid once (a
// note, a present) is a sale; presents are redeemed by a code that is computed
// from a key outside the database. Free members may read a few notes a month;
// the count stands under the member. Who pays by invoice gets a quote, an order,
// on a link; accepted, it gives a term, and a job has Stripe send the bill.
// States of an order: quoted → accepted → invoiced → paid, or void; or quoted →
// declined. Tables: terms, orders, sales, note_prices, gifts, metered_reads.
//
// Tables: plans, prices, offers, redemptions, customers, checkouts,
// subscriptions, stripe_events, stripe_writes, webhook_refusals,
// billing_settings, reconciliations, reconciliation_findings,
// subscription_turns, errands, cancellations, invoices, refunds, disputes,
// billing_letters.
package billing
