package billing_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// TestACustomerWhoWasBroughtBringsTheirSubscription: the system before this one
// is played by a member whose rows are lost; only Stripe knows of them.
func TestACustomerWhoWasBroughtBringsTheirSubscription(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		before := s.member()
		sub := s.buy(before, goodCard)
		customer := s.customerOf(before)
		s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
			for _, table := range []string{"invoices", "subscriptions", "checkouts", "customers"} {
				if err := s.db.Write(ctx).Exec("DELETE FROM " + table).Error; err != nil {
					return err
				}
			}
			return nil
		}))
		m, other := s.member(), s.member()
		ctx := owner(t.Context())
		linked, err := s.office.BringCustomer(ctx, m, customer)
		if err != nil || !linked {
			t.Fatal(linked, err)
		}
		if linked, err = s.office.BringCustomer(ctx, m, customer); err != nil || linked {
			t.Error("a second time", linked, err)
		}
		if _, err := s.office.Sync(ctx, sub); err != nil {
			t.Fatal(err)
		}
		if got := s.row(sub); got.Owner != billing.OfMember(m) || !s.open(m) || s.open(before) {
			t.Errorf("%+v", got)
		}
		for _, tt := range []struct {
			member uuid.UUID
			id     string
			code   string
		}{{other, customer, "customer_of_another"}, {m, "cus_else", "member_has_customer"}, {m, "sub_1", "invalid_input"}, {m, "", "invalid_input"}, {m, "cus_'; --", "invalid_input"}} {
			if _, err := s.office.BringCustomer(ctx, tt.member, tt.id); !fault.HasCode(err, tt.code) {
				t.Errorf("%s: %v", tt.id, err)
			}
		}
		if _, err := s.office.BringCustomer(t.Context(), m, customer); fault.Of(err).Kind != fault.Unauthenticated {
			t.Error(err)
		}
		if ids, err := s.office.CustomerIDs(ctx, []uuid.UUID{m, other}); err != nil || len(ids) != 1 || ids[m] != customer {
			t.Error(ids, err)
		}
	})
}
