package access

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Historian is a source that knows what a member held at another moment. Of a
// source that is none, today's grants are asked with their dates.
type Historian interface {
	GrantsAt(ctx context.Context, member uuid.UUID, at time.Time) ([]Grant, error)
}

// At says what a member might read behind the gate at another moment, and which
// grants they held then. It is for staff who ask why: nothing is opened by it,
// nothing kept, and no free note is counted. since is when they became a member.
func (k *Gatekeeper) At(ctx context.Context, gate Gate, member uuid.UUID, since, at time.Time) (Decision, []Grant, error) {
	grants := []Grant{{Kind: Membership, From: since}}
	for _, s := range k.sources {
		more, err := grantsAt(ctx, s, member, at)
		if err != nil {
			return Decision{}, nil, fmt.Errorf("access: grants of another moment: %w", err)
		}
		grants = append(grants, more...)
	}
	if h, ok := k.Meter.(Historian); ok {
		more, err := h.GrantsAt(ctx, member, at)
		if err != nil {
			return Decision{}, nil, fmt.Errorf("access: free notes of another moment: %w", err)
		}
		grants = append(grants, more...)
	}
	d, err := k.stillFree(ctx, gate, member, at, Decide(gate, grants, at))
	d.revision = uuid.Nil // a decision about another moment opens no text
	return d, grants, err
}

// justNow is how long it takes to ask about this moment.
const justNow = time.Minute

// stillFree adds how many free notes are left to somebody who may not read the
// note, as long as the month lasts in which that is asked. What the allowance
// was in an earlier month nobody remembers.
func (k *Gatekeeper) stillFree(ctx context.Context, gate Gate, member uuid.UUID, at time.Time, d Decision) (Decision, error) {
	if k.Meter == nil || gate.Kind != Paid || d.level != Preview || at.Before(k.clock.Now().Add(-justNow)) {
		return d, nil
	}
	a, err := k.Meter.Allowance(ctx, member, gate.Note, false)
	if err == nil && a.Limit > 0 && at.Before(a.Resets) {
		d.allowance = &a
	}
	return d, err
}

func grantsAt(ctx context.Context, s Source, member uuid.UUID, at time.Time) ([]Grant, error) {
	if h, ok := s.(Historian); ok {
		return h.GrantsAt(ctx, member, at)
	}
	return s.Grants(ctx, member)
}

// OpenAt tells whether the grant is open at a moment.
func (g Grant) OpenAt(at time.Time) bool { return g.open(at) }
