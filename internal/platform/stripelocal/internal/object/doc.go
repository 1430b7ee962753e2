// Package object holds the shapes of Stripe's objects as of API version
// 2023-10-16: what the stand-in sets is a field of a struct, what it never
// sets stands in blank.json with the value Stripe shows for "nothing".
//
// Objects also say how lists may find them (Keys), when they next want
// attention (Due) and what they remember beside the answer (Hidden). They do
// not change themselves: that is package billing.
package object
