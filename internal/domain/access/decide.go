package access

import (
	"slices"
	"time"
)

// Decide says what a reader with these grants may see behind the gate at this
// moment. It is pure: the same question always has the same answer. Any one
// open grant that fits opens; nothing a reader holds can close.
func Decide(gate Gate, grants []Grant, now time.Time) Decision {
	d := Decision{note: gate.Note, gate: gate.Kind}
	switch {
	case !gate.Kind.Valid():
		return d.deny(UnknownGate)
	case gate.Retracted:
		return d.deny(Retracted)
	case gate.Opens.IsZero():
		return d.deny(NotPublished)
	case now.Before(gate.Opens):
		return d.deny(Embargoed)
	case gate.Kind == Public:
		return d.open(gate, OpenToAll, Grant{})
	}
	for _, g := range grants {
		if g.open(now) && fits(gate, g) {
			return d.open(gate, Reason(g.Kind), g)
		}
	}
	return d.preview(gate, grants, now)
}

// fits tells whether an open grant is of the kind that this gate asks for.
func fits(gate Gate, g Grant) bool {
	if g.Kind == ShareLink || g.Kind == Purchase {
		return g.Note == gate.Note
	}
	if g.Kind == Metered {
		return gate.Kind == Paid && g.Note == gate.Note
	}
	switch gate.Kind {
	case Members:
		return g.Kind == Membership || g.pays()
	case Paid:
		return g.pays()
	case Plans:
		if (g.Kind == Complimentary || g.Kind == Term) && g.Plan == "" {
			return len(gate.Plans) > 0
		}
		return g.pays() && slices.Contains(gate.Plans, g.Plan)
	default:
		return false
	}
}
