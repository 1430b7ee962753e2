package access

import (
	"context"
	"time"
)

// Arrears is what a member is told everywhere whose payment failed.
type Arrears struct {
	Until  time.Time // when access ends, or ended; zero: not known
	Closed bool      // it has ended
}

// arrearsFor is how long a page may tell from what it knew of subscriptions.
// It is longer than copyFor because nothing is opened by it; a change raises
// the epoch and is told at the next request all the same.
const arrearsFor = time.Minute

// Arrears says whether the reader has an open bill to see to, or nil. Every
// page of a member asks, so what a decision has gathered is used where there
// is any, and otherwise the first source alone is asked, once for each epoch.
// Who may read by another subscription is not worried.
func (k *Gatekeeper) Arrears(ctx context.Context, r Reader) (*Arrears, error) {
	if !r.Signed() || len(k.sources) == 0 {
		return nil, nil
	}
	key := r.copyKey()
	grants, gathered := k.copies.Peek(key)
	if !gathered {
		var err error
		grants, err = k.arrears.Get(ctx, key, func(ctx context.Context) ([]Grant, error) { return k.sources[0].Grants(ctx, r.Member) })
		if err != nil {
			return nil, err
		}
	}
	return arrears(grants, k.clock.Now()), nil
}

// arrears looks for the newest subscription that waits for a payment.
func arrears(grants []Grant, now time.Time) (found *Arrears) {
	for _, g := range grants {
		if g.Kind != Subscription {
			continue
		}
		switch g.Standing {
		case "", Active, Trialing:
			if g.open(now) {
				return nil
			}
		case PastDue, Unpaid:
			if found == nil {
				found = &Arrears{Until: g.Grace, Closed: !g.open(now)}
			}
		}
	}
	return found
}
