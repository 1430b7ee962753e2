package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Warning is what every page tells a member whose payment failed.
type Warning struct {
	Until  *time.Time // when access ends, or ended; nil: not known
	Closed bool       // it has ended
}

// Warning says whether a member has an open bill to see to. It is asked for on
// every page of a signed-in member, so it is one small question to the mirror;
// nil is nothing to tell. Who may read by another subscription is not worried.
func (o *Office) Warning(ctx context.Context, member uuid.UUID) (*Warning, error) {
	rows, err := o.store.standings(ctx, OfMember(member))
	if err != nil {
		return nil, err
	}
	policy, err := o.Policy(ctx)
	if err != nil {
		return nil, err
	}
	var w *Warning
	for _, r := range rows {
		switch r.Status {
		case Active, Trialing:
			return nil, nil
		case PastDue, Unpaid:
			if w != nil {
				continue
			}
			w = &Warning{Closed: r.Status == Unpaid}
			if until := policy.graceUntil(r.PastDueSince); !until.IsZero() {
				w.Until, w.Closed = &until, !o.Clock.Now().Before(until)
			}
		}
	}
	return w, nil
}
