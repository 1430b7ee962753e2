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

// monthlyCount let the member read one note in March, and has some left now.
type monthlyCount struct {
	note uuid.UUID
	left int
}

func (c monthlyCount) Allowance(_ context.Context, _, _ uuid.UUID, take bool) (access.Allowance, error) {
	if take {
		panic("a question about another moment was counted")
	}
	return access.Allowance{Limit: 3, Left: c.left, Resets: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}, nil
}

func (c monthlyCount) GrantsAt(_ context.Context, _ uuid.UUID, at time.Time) ([]access.Grant, error) {
	if at.Month() != time.March {
		return nil, nil
	}
	return []access.Grant{{Kind: access.Metered, Note: c.note, Until: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}}, nil
}

func TestFreeNotesTheyHadRead(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)
	gate := access.Gate{Note: uuid.New(), Revision: uuid.New(), Kind: access.Paid, Opens: since}
	k := access.NewGatekeeper(clock.NewManual(now))
	k.Meter = monthlyCount{note: gate.Note, left: 2}
	for _, tt := range []struct {
		name string
		at   time.Time
		want access.Reason
		left int
	}{
		{"in the month they read it", now.AddDate(0, -1, 0), access.Reason(access.Metered), 0},
		{"in an earlier one", now.AddDate(0, -2, 0), access.SubscriptionRequired, 0},
		{"now", now, access.SubscriptionRequired, 2},
		{"a moment ago", now.Add(-time.Second), access.SubscriptionRequired, 2},
		{"later this month", now.AddDate(0, 0, 5), access.SubscriptionRequired, 2},
		{"in a month to come", now.AddDate(0, 1, 0), access.SubscriptionRequired, 0},
	} {
		d, _, err := k.At(t.Context(), gate, uuid.New(), since, tt.at)
		left := 0
		if a := d.Allowance(); a != nil {
			left = a.Left
		}
		if err != nil || d.Reason() != tt.want || left != tt.left || d.Revision() != uuid.Nil {
			t.Errorf("%s: %s with %d left, want %s with %d (%v)", tt.name, d.Reason(), left, tt.want, tt.left, err)
		}
	}
	gate.Kind = access.Plans
	if d, _, err := k.At(t.Context(), gate, uuid.New(), since, now.AddDate(0, -1, 0)); err != nil || d.Full() {
		t.Error("a free note opens what is sold to certain plans", err)
	}
}
