// Package stripelocal is a local stand-in for Stripe. It speaks Stripe's wire
// protocol as of API version 2023-10-16 (paths, form bodies, errors, lists,
// idempotency keys, signed webhooks), keeps its state in SQLite, and has the
// pages Stripe hosts: checkout, billing portal, invoice, and a dashboard with
// a clock that can be moved. It lets everything run with nothing but the
// binary, and lets tests play a year of renewals in a second.
//
// No money moves, and no page pretends otherwise. It takes no live key. It is
// not for the open network: its dashboard asks nobody who they are.
//
// It owns the tables stripelocal_*, which it makes itself. See the packages
// below internal for its parts: wire (requests), object (shapes), book
// (tables), billing (rules of trade), api, courier (webhooks) and pages.
//
// What it does not do: metered prices, several prices in one checkout,
// schedules. Parameters for these are refused as unknown. The wish for taxes is
// taken and noted; none are added.
package stripelocal
