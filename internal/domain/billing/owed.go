package billing

import (
	"context"

	"github.com/google/uuid"
)

// HeldOrder is an order with the term it gave.
type HeldOrder struct {
	*Order
	Term *Term
}

// OrdersOf lists what a member ordered by invoice, the newest first; not what
// was taken back. It needs members.read, or to be that member.
func (o *Office) OrdersOf(ctx context.Context, member uuid.UUID) (out []HeldOrder, err error) {
	terms, err := o.Terms(ctx, member)
	if err != nil {
		return nil, err
	}
	from := map[string]*Term{}
	for _, t := range terms {
		if t.Source == TermOrder {
			from[t.SourceID] = t
		}
	}
	if len(from) == 0 { // nearly everybody
		return nil, nil
	}
	all, err := o.store.ordersOf(ctx, member)
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		if t := from[x.ID.String()]; t != nil && x.State != OrderVoid {
			out = append(out, HeldOrder{x, t})
		}
	}
	return out, o.nameOrders(ctx, all...)
}
