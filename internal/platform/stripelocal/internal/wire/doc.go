// Package wire reads requests the way Stripe's API does: form bodies with
// nested brackets, checked against a shape for each call, and refused with
// errors of Stripe's shape. It knows nothing about what the values mean.
package wire
