package adminapi

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
)

// Reading answers why a member can or cannot read a note.
type Reading struct {
	At       time.Time   `json:"at"`
	Level    string      `json:"level" enum:"full,preview,denied"`
	Reason   string      `json:"reason"`
	Sentence string      `json:"sentence" doc:"The reason in plain words"`
	Gate     string      `json:"gate" doc:"Who may read the note, as it is today"`
	Plans    []string    `json:"plans" doc:"Those that open it, for the gate plans"`
	Grants   []HeldGrant `json:"grants" doc:"What they held at that moment"`
}

// HeldGrant is one right a member held, open or not.
type HeldGrant struct {
	Kind     string     `json:"kind"`
	Plan     string     `json:"plan,omitempty"`
	Standing string     `json:"standing,omitempty" doc:"Of a subscription, as Stripe names it"`
	From     *time.Time `json:"from,omitempty"`
	Until    *time.Time `json:"until,omitempty"`
	Open     bool       `json:"open"`
}

type (
	memberAccessInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Note uuid.UUID `query:"note" format:"uuid" required:"true"`
		At   time.Time `query:"at" doc:"Left out, this moment"`
	}
	memberAccessOutput struct{ Body Reading }
)

func (s *service) memberAccess(ctx context.Context, in *memberAccessInput) (*memberAccessOutput, error) {
	member, err := s.Identity.Member(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	gate, err := s.Gates.Gate(ctx, in.Note)
	if err != nil {
		return nil, err
	}
	now := s.Billing.Clock.Now()
	at := in.At
	if at.IsZero() {
		at = now
	}
	d, grants, err := s.Keeper.At(ctx, gate, in.ID, member.CreatedAt, at)
	if err != nil {
		return nil, err
	}
	out := Reading{
		At: at, Level: string(d.Level()), Reason: string(d.Reason()), Sentence: plainWords(d, at, now, gate),
		Gate: string(gate.Kind), Plans: list(gate.Plans), Grants: []HeldGrant{},
	}
	for _, g := range grants {
		out.Grants = append(out.Grants, HeldGrant{
			Kind: string(g.Kind), Plan: g.Plan, Standing: string(g.Standing), From: known(g.From), Until: known(g.Until), Open: g.OpenAt(at),
		})
	}
	return &memberAccessOutput{out}, nil
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// plainWords says a decision as one would say it on the telephone.
func plainWords(d access.Decision, at, now time.Time, gate access.Gate) string {
	can, cannot := "They can read all of it: ", "They cannot read all of it: "
	switch {
	case at.After(now.Add(time.Minute)):
		can, cannot = "If nothing changes they will be able to read all of it: ", "If nothing changes they will not be able to read all of it: "
	case at.Before(now.Add(-time.Minute)):
		can, cannot = "They could read all of it: ", "They could not read all of it: "
	}
	if d.Full() {
		return can + opened(d)
	}
	return cannot + closed(d, gate)
}

// opened says what opens.
func opened(d access.Decision) string {
	plan := d.Grant().Plan
	switch d.Reason() {
	case access.OpenToAll:
		return "it is open to everybody."
	case access.Reason(access.Membership):
		return "it is open to every member who is signed in."
	case access.Reason(access.Subscription):
		if d.Grant().Standing == access.PastDue {
			return "their subscription to " + plan + " is still open, although the last payment failed."
		}
		return "their subscription to " + plan + " is open."
	case access.Reason(access.Seat):
		return "they have a seat in an organization's licence."
	case access.Reason(access.Complimentary):
		return "access was given to them."
	case access.Reason(access.Term):
		return "they have access from one date to another."
	case access.Reason(access.Purchase):
		return "they bought this note."
	case access.Reason(access.Metered):
		return "it is one of the notes of that month which free members may read."
	default:
		return "something they hold opens it (" + string(d.Reason()) + ")."
	}
}

// closed says what is missing.
func closed(d access.Decision, gate access.Gate) string {
	switch d.Reason() {
	case access.NotPublished:
		return "the note is not published."
	case access.Embargoed:
		return "the note was not published yet."
	case access.Retracted:
		return "the note was withdrawn."
	case access.SignInRequired:
		return "it is for members, and they were none."
	case access.OtherPlanRequired:
		return "what they have is open, but the note is for " + orNobody(gate.Plans) + "."
	case access.SubscriptionEnded:
		return "their subscription has ended."
	case access.PaymentFailed:
		return "their payment failed, and the time to mend it is over."
	case access.PaymentPending:
		return "their first payment has not arrived."
	case access.SubscriptionPaused:
		return "their subscription is paused."
	case access.GrantNotYetValid:
		return "what they have begins later."
	}
	if a := d.Allowance(); a != nil && a.Left > 0 {
		return "it is for subscribers; but of the free notes of this month they have " + strconv.Itoa(a.Left) + " left, and this can be one."
	}
	return "it is for subscribers, and they held no subscription."
}

func orNobody(plans []string) string {
	if len(plans) == 0 {
		return "no plan at all"
	}
	return "the plan " + strings.Join(plans, " or ")
}
