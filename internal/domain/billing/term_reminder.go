package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// remindAhead is how long before its end the owner of a term is told. Terms
// that are not much longer than that need no reminder.
const remindAhead = 14 * 24 * time.Hour

// RemindOfEnds journals that terms are about to end, for the letters that say
// so; each end is told once, with any number of nodes. Who has a subscription
// that goes on, or a later term, is not bothered.
func (o *Office) RemindOfEnds(ctx context.Context) error {
	now := o.Clock.Now()
	for {
		terms, err := o.store.termsEnding(ctx, now, now.Add(remindAhead), 100)
		if err != nil {
			return err
		}
		for _, t := range terms {
			if err := o.remind(ctx, t); err != nil {
				return err
			}
		}
		if len(terms) < 100 {
			return nil
		}
	}
}

func (o *Office) remind(ctx context.Context, t *Term) error {
	needless := t.EndsAt.Sub(t.StartsAt) <= remindAhead*3/2
	if !needless {
		var err error
		if needless, err = o.goesOn(ctx, t); err != nil {
			return err
		}
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		first, err := o.store.remindTerm(ctx, t)
		if err != nil || !first || needless {
			return err
		}
		return o.termHappened(ctx, verbTermEnding, t, false)
	})
}

// goesOn tells whether the owner reads on after the end of a term.
func (o *Office) goesOn(ctx context.Context, t *Term) (bool, error) {
	terms, err := o.store.termsOf(ctx, t.Owner)
	if err != nil {
		return false, err
	}
	for _, other := range terms {
		if other.ID != t.ID && other.RevokedAt == nil && other.covers(t.PlanID) && other.EndsAt.After(t.EndsAt) && !other.StartsAt.After(t.EndsAt) {
			return true, nil
		}
	}
	subs, err := o.store.subscriptionsOf(ctx, t.Owner)
	for _, s := range subs {
		if s.Status.Open() && !s.Ending() && (!t.PlanID.Valid || t.PlanID == uuid.NullUUID{UUID: s.PlanID, Valid: true}) {
			return true, err
		}
	}
	return false, err
}
