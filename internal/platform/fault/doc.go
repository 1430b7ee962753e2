// Package fault is the one error type of the house: a kind, a stable code, a
// message that is safe to show, and field errors. Rooms return faults; one file
// in surface/kit maps kinds to HTTP statuses and writes them as
// application/problem+json (RFC 9457) or as a page.
//
// A fault never carries another person's data, a secret, or an internal
// detail in its message. The cause stays inside for the log.
package fault
