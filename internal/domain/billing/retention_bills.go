package billing

import (
	"context"

	"lighttrends/internal/platform/fault"
)

// PurgeBills deletes the bills of members who were deleted, and with them what
// they ordered, once the law no longer asks for them. Those of members who are
// there stay. Quotes that came to nothing name people, too, and go after the
// same time.
func (o *Office) PurgeBills(ctx context.Context) (n int64, err error) {
	policy, err := o.Policy(ctx)
	if err != nil {
		return 0, err
	}
	before := o.Clock.Now().AddDate(-policy.RetentionYears, 0, 0)
	owners, err := o.store.ownersBilledBefore(ctx, before)
	if err != nil {
		return 0, err
	}
	var left []Owner
	for _, owner := range owners {
		if owner.Kind != MemberOwner {
			continue
		}
		_, err := o.Members.Payer(ctx, owner.ID)
		switch {
		case err == nil:
		case fault.Of(err).Kind == fault.NotFound:
			left = append(left, owner)
		default:
			return 0, err
		}
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if n, err = o.store.purgeInvoices(ctx, left, before); err != nil {
			return err
		}
		return o.store.purgeOrders(ctx, left, before)
	})
	return n, err
}
