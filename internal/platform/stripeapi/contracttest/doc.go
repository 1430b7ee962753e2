// Package contracttest holds the local stand-in to Stripe's contract. One
// suite of requests runs unchanged against the stand-in and against
// stripe-mock, Stripe's own mock server made from its OpenAPI description:
// both must take every parameter the gateway sends and answer in shapes it
// reads. Every object of the stand-in is compared with stripe-mock's fixture,
// field by field, so that it cannot drift. What only a server with a memory
// can show is tested on the stand-in alone.
package contracttest
