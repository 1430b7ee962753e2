// Package book keeps the stand-in's objects, its queue of webhook deliveries
// and its memory of idempotency keys in tables of its own, in an SQLite
// database that is handed in. What was committed survives kill -9.
//
// Tables: stripelocal_objects holds every object as a JSON document with what
// is needed to find it; stripelocal_keys holds what lists filter by;
// stripelocal_deliveries and stripelocal_attempts are the webhook queue and
// its log; stripelocal_idempotency remembers answers; stripelocal_settings
// holds the switches of the dashboard.
//
// There is one writer at a time. Reads take no lock.
package book
