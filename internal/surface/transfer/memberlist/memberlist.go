// Package memberlist reads members from a CSV file with the columns that Ghost
// documents for its own lists (https://ghost.org/help/import-members/): email,
// name, note, subscribed_to_emails, stripe_customer_id, complimentary_plan,
// labels, created_at. Only email is needed. Lists that Substack writes
// (email_list.*.csv: email, active_subscription, expiry, plan, email_disabled,
// created_at) have other names for the same things and are read as well.
package memberlist

import (
	"io"
	"iter"
	"path"
	"strings"

	"lighttrends/internal/surface/transfer/source"
)

// Read reads a list. file is its name, for the report.
func Read(r io.Reader, file string) iter.Seq[source.Entry] {
	return func(yield func(source.Entry) bool) {
		for row := range source.Table(r, "email") {
			e := source.Entry{Where: source.Line(path.Base(file), row.Line)}
			if e.Err = row.Err; e.Err == nil {
				e.Member = member(row)
			}
			if !yield(e) {
				return
			}
		}
	}
}

// Count counts the lines of a list that hold a member, or what is wrong.
func Count(r io.Reader) (n int) {
	for range source.Table(r, "email") {
		n++
	}
	return n
}

func member(row source.Row) *source.Member {
	m := &source.Member{
		ID: row.Get("id"), Email: row.Get("email"), Name: row.Get("name"), StripeCustomer: row.Get("stripe_customer_id", "stripe_customer"),
		Complimentary: source.Yes(row.Get("complimentary_plan", "complimentary")),
	}
	if said := row.Get("subscribed_to_emails", "subscribed"); said != "" {
		m.Unsubscribed = !source.Yes(said)
	}
	if source.Yes(row.Get("email_disabled")) {
		m.Unsubscribed = true
	}
	if strings.EqualFold(row.Get("plan"), "comp") && source.Yes(row.Get("active_subscription")) {
		m.Complimentary = true
	}
	var ok bool
	if m.CreatedAt, ok = source.When(row.Get("created_at")); !ok {
		m.Warnings = append(m.Warnings, "created_at cannot be read; today stands in its place")
	}
	if m.ComplimentaryUntil, ok = source.When(row.Get("expiry")); !ok {
		m.Warnings = append(m.Warnings, "expiry cannot be read")
	}
	if m.StripeCustomer != "" && !strings.HasPrefix(m.StripeCustomer, "cus_") {
		m.Warnings = append(m.Warnings, "stripe_customer_id is no id of a customer at Stripe (cus_…) and was left out")
		m.StripeCustomer = ""
	}
	if row.Get("note") != "" || row.Get("labels") != "" {
		m.Warnings = append(m.Warnings, "note and labels have no place here and were left out")
	}
	return m
}
