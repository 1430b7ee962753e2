package access

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/memo"
)

// Source finds the grants of one kind that a member holds, open or closed.
type Source interface {
	Grants(ctx context.Context, member uuid.UUID) ([]Grant, error)
}

// Reader is who asks. The zero value is a stranger.
type Reader struct {
	Member uuid.UUID
	Epoch  int64 // the member's access epoch, as their session was resolved
	// Surface is where they read, as faces call themselves; "" for what is not
	// to be counted, such as a robot.
	Surface string
}

// Signed tells whether the reader is a member.
func (r Reader) Signed() bool { return r.Member != uuid.Nil }

// Grants of a member may be kept for as long as copyFor, and for that epoch
// only. Every change of a subscription or seat raises the epoch in its own
// transaction, so the next request asks again.
const (
	copyFor = 5 * time.Second
	copies  = 8 << 20 // bytes
)

// copyKey names a member at one epoch.
func (r Reader) copyKey() string {
	return string(binary.BigEndian.AppendUint64(r.Member[:], uint64(r.Epoch))) //nolint:gosec // a bit pattern
}

// Gatekeeper gathers grants and asks Decide.
type Gatekeeper struct {
	Meter Meter // nil: free members read no paid note
	// Count is told of every note that somebody opened, and what they were shown;
	// nil: nobody counts. It must be quick.
	Count func(r Reader, d Decision)
	// Licensed lists the plans whose terms let programs read for a reader, by
	// slug; nil: none. See DecideForAI.
	Licensed func(ctx context.Context) ([]string, error)

	clock   clock.Clock
	sources []Source
	copies  *memo.Copies[[]Grant]
	arrears *memo.Copies[[]Grant]
}

// NewGatekeeper asks these sources. The first is the one that knows of
// subscriptions; see [Gatekeeper.Arrears].
func NewGatekeeper(c clock.Clock, sources ...Source) *Gatekeeper {
	weigh := func(g []Grant) uint32 { return uint32(64 + 160*len(g)) } //nolint:gosec // a handful of grants
	return &Gatekeeper{
		clock: c, sources: sources,
		copies: memo.NewFor(copyFor, copies, weigh), arrears: memo.NewFor(arrearsFor, copies/4, weigh),
	}
}

// Decide says what this reader may see. When a source cannot be asked there is
// no decision but an error: nobody is let in, and nobody is told that their
// subscription ended.
func (k *Gatekeeper) Decide(ctx context.Context, gate Gate, r Reader) (Decision, error) {
	return k.decide(ctx, gate, r, false)
}

func (k *Gatekeeper) decide(ctx context.Context, gate Gate, r Reader, take bool) (Decision, error) {
	if gate.Kind == Public || !r.Signed() {
		return Decide(gate, nil, k.clock.Now()), nil
	}
	grants, err := k.Grants(ctx, r)
	if err != nil {
		return Decision{}, err
	}
	return k.metered(ctx, gate, r, grants, Decide(gate, grants, k.clock.Now()), take)
}

// Grants lists every grant of the reader, beginning with the membership.
func (k *Gatekeeper) Grants(ctx context.Context, r Reader) ([]Grant, error) {
	if !r.Signed() {
		return nil, nil
	}
	return k.copies.Get(ctx, r.copyKey(), func(ctx context.Context) ([]Grant, error) {
		grants := []Grant{{Kind: Membership}}
		for _, s := range k.sources {
			more, err := s.Grants(ctx, r.Member)
			if err != nil {
				return nil, fmt.Errorf("access: grants: %w", err)
			}
			grants = append(grants, more...)
		}
		return grants, nil
	})
}

// OpenPlans lists the plans that are open to the reader now, for pages that
// say what somebody has. It decides nothing.
func (k *Gatekeeper) OpenPlans(ctx context.Context, r Reader) ([]string, error) {
	grants, err := k.Grants(ctx, r)
	if err != nil {
		return nil, err
	}
	var plans []string
	for _, g := range grants {
		if g.pays() && g.Plan != "" && g.open(k.clock.Now()) && !slices.Contains(plans, g.Plan) {
			plans = append(plans, g.Plan)
		}
	}
	return plans, nil
}
