package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// TermStanding is what the access room needs to know of one term.
type TermStanding struct {
	Plan          string // slug; "" is every plan
	Complimentary bool
	From, Until   time.Time
	Unpaid        bool // its invoice is overdue: it opens nothing
}

// TermStandings says where each term of a member stands, those that are over
// too. Terms that were taken back are left out. When the answer changes other
// than by the passing of time, the member's access epoch rises.
func (o *Office) TermStandings(ctx context.Context, member uuid.UUID) ([]TermStanding, error) {
	rows, err := o.store.termStandings(ctx, OfMember(member))
	if err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	out := make([]TermStanding, 0, len(rows))
	for _, r := range rows {
		s := TermStanding{Plan: r.Plan, Complimentary: r.Source == TermComplimentary, From: r.StartsAt, Until: r.EndsAt}
		switch {
		case r.OpenUntil == nil:
		case !now.Before(*r.OpenUntil):
			s.Unpaid = now.Before(r.EndsAt)
		case r.OpenUntil.Before(r.EndsAt):
			s.Until = *r.OpenUntil
		}
		out = append(out, s)
	}
	return out, nil
}

// Terms lists the terms of a member, the newest end first, those taken back
// too. It needs members.read, or to be that member.
func (o *Office) Terms(ctx context.Context, member uuid.UUID) ([]*Term, error) {
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member {
		if err := actor.Require(ctx, actor.MembersRead); err != nil {
			return nil, err
		}
	}
	terms, err := o.store.termsOf(ctx, OfMember(member))
	if err != nil {
		return nil, err
	}
	return terms, o.namePlans(ctx, terms...)
}

// Term fetches one term. It needs members.read.
func (o *Office) Term(ctx context.Context, id uuid.UUID) (*Term, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	t, err := o.store.term(ctx, id)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, errNoTerm
	}
	return t, o.namePlans(ctx, t)
}

// namePlans fills in the plans of terms.
func (o *Office) namePlans(ctx context.Context, terms ...*Term) error {
	c, err := o.catalogue(ctx)
	if err != nil {
		return err
	}
	for _, t := range terms {
		t.Plan = nil
		if t.PlanID.Valid {
			t.Plan = c.byID(t.PlanID.UUID)
		}
	}
	return nil
}
