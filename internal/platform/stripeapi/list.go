package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// pageSize is Stripe's largest page.
const pageSize = 100

// walk turns one of stripe-go's iterators into a Go sequence that fetches page
// after page (starting_after, has_more) as it is read. It asks for nothing
// before it is ranged over; an error is its last element.
func walk[S, T any](c *Client, open func() *stripe.Iter, plain func(S) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		it := open()
		for it.Next() {
			if !yield(plain(it.Current().(S)), nil) {
				return
			}
		}
		if err := it.Err(); err != nil {
			var none T
			yield(none, c.fault(err))
		}
	}
}

// Collect reads a sequence to its end, or to limit elements when limit is
// above zero. It stops at the first error.
func Collect[T any](seq iter.Seq2[T, error], limit int) ([]T, error) {
	var all []T
	for v, err := range seq {
		if err != nil {
			return all, err
		}
		all = append(all, v)
		if limit > 0 && len(all) == limit {
			break
		}
	}
	return all, nil
}

func pages(ctx context.Context) stripe.ListParams {
	return stripe.ListParams{Context: ctx, Limit: stripe.Int64(pageSize)}
}

// since is Stripe's created[gte] filter; the zero time filters nothing.
func since(t time.Time) *stripe.RangeQueryParams {
	if t.IsZero() {
		return nil
	}
	return &stripe.RangeQueryParams{GreaterThanOrEqual: t.Unix()}
}

// text is a parameter that is left out when it is empty.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func number(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

// at reads a Unix time; Stripe's null arrives as 0 and becomes the zero time.
func at(unix int64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}

func unix(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	return stripe.Int64(t.Unix())
}

func metadata(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}
