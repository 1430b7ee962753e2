package billing

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// MemberStatus is what a member holds, in one word: the best of what they have.
type MemberStatus string

// The words, the best first. A member stands in exactly one.
const (
	HoldsPaid          MemberStatus = "paying"        // a running subscription, or a term that was bought
	HoldsPastDue       MemberStatus = "past_due"      // a renewal could not be paid yet
	HoldsComplimentary MemberStatus = "complimentary" // given by the firm
	HoldsLapsed        MemberStatus = "lapsed"        // held something once
	HoldsNothing       MemberStatus = "free"          // never did
)

// MemberStatuses lists the words.
func MemberStatuses() []MemberStatus {
	return []MemberStatus{HoldsPaid, HoldsPastDue, HoldsComplimentary, HoldsLapsed, HoldsNothing}
}

// Held is what a list says of one member.
type Held struct {
	Status MemberStatus
	Plans  []string // names of those that are open, by name; "" is every plan
}

// held is one right of a member's, running or over.
type held struct {
	OwnerID       uuid.UUID
	Plan          string
	Status        Status // of a subscription; "" for a term
	Complimentary bool
	StartsAt      *time.Time // of a term, or when the subscription was first seen open
	EndsAt        *time.Time
	OpenUntil     *time.Time
}

// open tells whether it opens something now. It speaks of the list's words
// only: who may read is decided by the access room.
func (h held) open(now time.Time) bool {
	if h.Status != "" {
		return h.Status.Open()
	}
	return !h.StartsAt.After(now) && h.EndsAt.After(now) && (h.OpenUntil == nil || h.OpenUntil.After(now))
}

// word is what this one right makes of its owner.
func (h held) word(now time.Time) MemberStatus {
	switch {
	case h.open(now) && h.Status == PastDue:
		return HoldsPastDue
	case h.open(now) && h.Complimentary:
		return HoldsComplimentary
	case h.open(now):
		return HoldsPaid
	case h.StartsAt != nil && !h.StartsAt.After(now):
		return HoldsLapsed
	}
	return HoldsNothing
}

// HeldBy says what each of some members holds. It needs members.read.
func (o *Office) HeldBy(ctx context.Context, members ...uuid.UUID) (map[uuid.UUID]Held, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	rows, err := o.store.heldBy(ctx, members)
	if err != nil {
		return nil, err
	}
	now, order := o.Clock.Now(), MemberStatuses()
	out := make(map[uuid.UUID]Held, len(members))
	for _, id := range members {
		out[id] = Held{Status: HoldsNothing, Plans: []string{}}
	}
	for _, r := range rows {
		h := out[r.OwnerID]
		if w := r.word(now); slices.Index(order, w) < slices.Index(order, h.Status) {
			h.Status = w
		}
		if r.open(now) && !slices.Contains(h.Plans, r.Plan) {
			h.Plans = append(h.Plans, r.Plan)
		}
		out[r.OwnerID] = h
	}
	return out, nil
}

// Holders is a condition on members.id for a list of members: what they hold,
// and the slug of a plan that is open to them. Empty ones do not narrow.
func (o *Office) Holders(h MemberStatus, plan string) (text string, args []any) {
	return holders(h, plan, o.Clock.Now())
}
