package access_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/clock"
)

// holder gives one member these grants.
type holder struct {
	member uuid.UUID
	grants []access.Grant
}

func (h *holder) Grants(_ context.Context, member uuid.UUID) ([]access.Grant, error) {
	if member != h.member {
		return nil, nil
	}
	return h.grants, nil
}

func TestWhatASharedLinkOpens(t *testing.T) {
	t.Parallel()
	now := clock.NewManual(time.Date(2026, 7, 14, 9, 0, 0, 0, time.UTC))
	note, other := uuid.New(), uuid.New()
	gate := access.Gate{Note: note, Revision: uuid.New(), Kind: access.Paid, Opens: now.Now().Add(-time.Hour)}
	link := access.Grant{Kind: access.ShareLink, Note: note, From: now.Now().Add(-time.Minute), Until: now.Now().Add(time.Hour)}
	paid := access.Grant{Kind: access.Subscription, Plan: "reader"}
	for name, x := range map[string]struct {
		change func(g *access.Gate, holds *[]access.Grant, l *access.Grant)
		want   access.Level
	}{
		"a subscriber's link opens the note": {nil, access.Full},
		"so does that of who bought it": {func(_ *access.Gate, h *[]access.Grant, _ *access.Grant) {
			*h = []access.Grant{{Kind: access.Purchase, Note: note}}
		}, access.Full},
		"not when the subscription has ended": {func(_ *access.Gate, h *[]access.Grant, _ *access.Grant) { (*h)[0].Standing = access.Canceled }, access.Preview},
		"not when the member has nothing":     {func(_ *access.Gate, h *[]access.Grant, _ *access.Grant) { *h = nil }, access.Preview},
		"not for a plan the member has not": {func(g *access.Gate, _ *[]access.Grant, _ *access.Grant) {
			g.Kind, g.Plans = access.Plans, []string{"house"}
		}, access.Preview},
		"not what was handed on to them": {func(_ *access.Gate, h *[]access.Grant, _ *access.Grant) { *h = []access.Grant{link} }, access.Preview},
		"not a free note of the month": {func(_ *access.Gate, h *[]access.Grant, _ *access.Grant) {
			*h = []access.Grant{{Kind: access.Metered, Note: note}}
		}, access.Preview},
		"not another note":       {func(_ *access.Gate, _ *[]access.Grant, l *access.Grant) { l.Note = other }, access.Preview},
		"not after its time":     {func(_ *access.Gate, _ *[]access.Grant, l *access.Grant) { l.Until = now.Now() }, access.Preview},
		"not what was withdrawn": {func(g *access.Gate, _ *[]access.Grant, _ *access.Grant) { g.Retracted = true }, access.Denied},
		"a link that says it is a subscription is none": {func(_ *access.Gate, _ *[]access.Grant, l *access.Grant) {
			*l = access.Grant{Kind: access.Subscription, Plan: "reader"}
		}, access.Preview},
		"a note that has become public is open as it is": {func(g *access.Gate, _ *[]access.Grant, _ *access.Grant) { g.Kind = access.Public }, access.Full},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, l, h := gate, link, &holder{uuid.New(), []access.Grant{paid}}
			if x.change != nil {
				x.change(&g, &h.grants, &l)
			}
			d, err := access.NewGatekeeper(now, h).Shared(t.Context(), g, access.Reader{Member: h.member}, l)
			if err != nil || d.Level() != x.want {
				t.Errorf("%v, %v (%v)", d.Level(), d.Reason(), err)
			}
			if d.MayShare() {
				t.Error("it can be handed on once more")
			}
		})
	}
}
