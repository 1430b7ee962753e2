// Package api answers Stripe's API over HTTP: it checks key, version and
// parameters, remembers idempotency keys, and runs one verb of package
// billing in one transaction for each call. What it takes is written down in
// the tables of routes_*.go; what it does not know it refuses, as Stripe does.
package api
