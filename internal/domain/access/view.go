package access

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// View is what a reader holds at one moment, for questions about many gates at
// once, such as a search. Notes that a free member may read this month are not
// in it: reading one of them is no right to look through the others. The zero
// value opens nothing, not even what is public.
type View struct {
	grants []Grant
	now    time.Time

	ai       bool // a program looks in the reader's place; see DecideForAI
	licensed []string
}

// View gathers what a reader holds now.
func (k *Gatekeeper) View(ctx context.Context, r Reader) (View, error) {
	grants, err := k.Grants(ctx, r)
	return View{grants: grants, now: k.clock.Now()}, err
}

// Decide is what this reader may see behind a gate.
func (v View) Decide(gate Gate) Decision {
	if v.ai {
		return DecideForAI(gate, v.grants, v.licensed, v.now)
	}
	return Decide(gate, v.grants, v.now)
}

// Stranger tells whether the reader holds nothing at all.
func (v View) Stranger() bool { return len(v.grants) == 0 }

// Notes lists the single notes that grants name. It decides nothing.
func (v View) Notes() (out []uuid.UUID) {
	for _, g := range v.grants {
		if g.Note != uuid.Nil {
			out = append(out, g.Note)
		}
	}
	return out
}
