// Package outward calls addresses that somebody else chose, such as those of
// webhooks. It reaches public addresses only: the check is made when a
// connection is dialled, on the address that the name has at that moment, so
// that a name which changes its address (DNS rebinding) gains nothing. It
// follows no redirects and uses no proxy.
package outward
