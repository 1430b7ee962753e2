package access

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Allowance is how many paid notes a free member may still read in full.
type Allowance struct {
	Limit  int       // notes a month; 0: none are given away
	Left   int       // of this month
	Resets time.Time // when the next month begins
	Open   bool      // the note that was asked about is one of this month's
}

// Meter counts what free members read.
type Meter interface {
	// Allowance says how a member stands. With take, the note becomes one of
	// this month's, if there is one left; a note that is one already does not
	// count again. Any number at once take no more than there are.
	Allowance(ctx context.Context, member, note uuid.UUID, take bool) (Allowance, error)
}

// Read is Decide for a reader who opens the note's page now: where free
// members have an allowance, it takes one of it. Whatever is not somebody
// reading (a list, a file, a preview, a browser that looks ahead) asks Decide.
func (k *Gatekeeper) Read(ctx context.Context, gate Gate, r Reader) (Decision, error) {
	d, err := k.decide(ctx, gate, r, true)
	if err == nil && k.Count != nil && r.Surface != "" && d.level != Denied {
		k.Count(r, d)
	}
	return d, err
}

// Metered asks the meter about notes that are sold to anybody who pays. Notes
// for certain plans are not given away.
func (k *Gatekeeper) metered(ctx context.Context, gate Gate, r Reader, grants []Grant, d Decision, take bool) (Decision, error) {
	if k.Meter == nil || gate.Kind != Paid || d.level != Preview {
		return d, nil
	}
	a, err := k.Meter.Allowance(ctx, r.Member, gate.Note, take)
	if err != nil || a.Limit == 0 {
		return d, err
	}
	if a.Open {
		given := append(append(make([]Grant, 0, len(grants)+1), grants...), Grant{Kind: Metered, Note: gate.Note, Until: a.Resets})
		d = Decide(gate, given, k.clock.Now())
	}
	d.allowance = &a
	return d, nil
}

// Allowance says how a free member stands who asked for a paid note; nil where
// nothing is counted.
func (d Decision) Allowance() *Allowance { return d.allowance }
