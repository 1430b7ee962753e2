package access

import (
	"context"
	"slices"
	"time"
)

// AIUseNotLicensed is the reason of [DecideForAI] alone: the reader may read the
// note, or could come to, but by no right that lets a program read it for them.
const AIUseNotLicensed Reason = "ai_use_not_licensed"

// DecideForAI is Decide for a program that reads in a reader's place and hands
// the text to a language model. licensed are the slugs of the plans whose terms
// allow that. The text is full only if Decide says so, and then by an open grant
// of such a plan that itself opens this note: a right to a plan without the
// licence, to this one note, or to what free members read, is no licence. What
// is public is public for programs, too.
//
// Where the text is not full the decision names the licensed plans that would
// open it; if there are none, there is nothing that would.
func DecideForAI(gate Gate, grants []Grant, licensed []string, now time.Time) Decision {
	d := Decide(gate, grants, now)
	if gate.Kind == Public || d.Level() == Denied {
		return d
	}
	plans := gate.opensTo(licensed)
	for _, g := range grants {
		if d.Full() && g.open(now) && fits(gate, g) && g.licensed(plans) {
			return d.open(gate, Reason(g.Kind), g)
		}
	}
	if d.Full() || len(plans) == 0 {
		return Decision{note: gate.Note, gate: gate.Kind, level: Preview}.unlicensed(plans, grants, now)
	}
	d.plans = plans
	return d
}

// unlicensed says what would help: another plan for who pays for one, or else a
// first one. Nothing does where no plan has the licence.
func (d Decision) unlicensed(plans []string, grants []Grant, now time.Time) Decision {
	d.plans = plans
	if len(plans) == 0 {
		return d.because(AIUseNotLicensed)
	}
	for _, g := range grants {
		if g.pays() && g.open(now) {
			return d.because(AIUseNotLicensed, ChangePlan)
		}
	}
	return d.because(AIUseNotLicensed, Subscribe)
}

// opensTo picks the plans whose holders may read behind the gate.
func (g Gate) opensTo(plans []string) (out []string) {
	for _, p := range plans {
		if g.Kind != Plans || slices.Contains(g.Plans, p) {
			out = append(out, p)
		}
	}
	return out
}

// licensed tells whether the grant stands for one of the plans. One that stands
// for every plan stands for each of them.
func (g Grant) licensed(plans []string) bool {
	if !g.pays() {
		return false
	}
	if g.Plan == "" {
		return (g.Kind == Complimentary || g.Kind == Term) && len(plans) > 0
	}
	return slices.Contains(plans, g.Plan)
}

// ReadForAI is [Gatekeeper.Read] for such a program. It takes no free note of
// the month: those are given to people.
func (k *Gatekeeper) ReadForAI(ctx context.Context, gate Gate, r Reader) (Decision, error) {
	if gate.Kind == Public {
		return Decide(gate, nil, k.clock.Now()), nil
	}
	v, err := k.ViewForAI(ctx, r)
	if err != nil {
		return Decision{}, err
	}
	return v.Decide(gate), nil
}

// ViewForAI is [Gatekeeper.View] for such a program: a search through it looks
// into nothing that the program may not read.
func (k *Gatekeeper) ViewForAI(ctx context.Context, r Reader) (View, error) {
	grants, err := k.Grants(ctx, r)
	if err != nil {
		return View{}, err
	}
	var licensed []string
	if k.Licensed != nil {
		licensed, err = k.Licensed(ctx)
	}
	return View{grants: grants, now: k.clock.Now(), ai: true, licensed: licensed}, err
}
