package access_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/clock"
)

// chronicle held a subscription in March only.
type chronicle struct{}

func (chronicle) Grants(context.Context, uuid.UUID) ([]access.Grant, error) {
	return []access.Grant{{Kind: access.Subscription, Plan: "research", Standing: access.Canceled}}, nil
}

func (chronicle) GrantsAt(_ context.Context, _ uuid.UUID, at time.Time) ([]access.Grant, error) {
	if at.Month() == time.March {
		return []access.Grant{{Kind: access.Subscription, Plan: "research", Standing: access.Active}}, nil
	}
	return nil, nil
}

func TestWhatTheyMightHaveRead(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	k := access.NewGatekeeper(clock.NewManual(since.AddDate(1, 0, 0)), chronicle{})
	gate := access.Gate{Note: uuid.New(), Revision: uuid.New(), Kind: access.Paid, Opens: since.AddDate(-1, 0, 0)}
	for _, tt := range []struct {
		at   time.Time
		kind access.GateKind
		want access.Reason
	}{
		{since.AddDate(0, 1, 3), access.Paid, "subscription"},
		{since.AddDate(0, 2, 3), access.Paid, access.SubscriptionRequired},
		{since.AddDate(0, 0, 3), access.Members, "membership"},
		{since.AddDate(0, 0, -3), access.Members, access.SubscriptionRequired},
		{since.AddDate(-2, 0, 0), access.Paid, access.Embargoed},
	} {
		gate.Kind = tt.kind
		d, grants, err := k.At(t.Context(), gate, uuid.New(), since, tt.at)
		if err != nil || d.Reason() != tt.want || len(grants) == 0 {
			t.Errorf("%s: %s, want %s (%v)", tt.at, d.Reason(), tt.want, err)
		}
		if d.Revision() != uuid.Nil {
			t.Error("a decision about another moment would open the text")
		}
	}
}
