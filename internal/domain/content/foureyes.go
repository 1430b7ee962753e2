package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// With four eyes asked for, what readers get has been before two people. An
// API key is nobody's second pair of eyes: whoever wrote may have made it.
var (
	errSelfApproval   = fault.New(fault.Forbidden, "self_approval", "Somebody else has to approve what you wrote or submitted.")
	errPersonRequired = fault.New(fault.Forbidden, "person_required", "A person has to decide this, not a key.")
	errFilesFourEyes  = fault.New(fault.Forbidden, "four_eyes_files", "With four eyes asked for, files are changed while the note is a draft, before its review.")
	errFourEyes       = fault.New(fault.Forbidden, "four_eyes", "You alone wrote this. Somebody else has to approve it first.")
)

// pen is somebody who wrote at a draft.
type pen struct {
	ID   *uuid.UUID
	Kind string
	Name string
}

func (p pen) staff() bool { return p.Kind == string(actor.Staff) }

// pens are all who wrote at a draft since the revision that readers see.
type pens []pen

// others tells whether somebody but this person wrote, too.
func (p pens) others(id uuid.UUID) bool {
	for _, x := range p {
		if x.Kind == string(actor.System) || x.staff() && x.ID != nil && *x.ID != id {
			return true
		}
	}
	return false
}

// wrote tells whether this person is among them.
func (p pens) wrote(id uuid.UUID) bool {
	for _, x := range p {
		if x.ID != nil && *x.ID == id {
			return true
		}
	}
	return false
}

// and lists the writers together with somebody else, for letters.
func (p pens) and(more ...Person) []Person {
	for _, x := range p {
		if x.staff() {
			more = append(more, Person{x.ID, x.Name})
		}
	}
	return more
}

// pens finds who wrote what a publication of r would show for the first time.
func (s *Desk) pens(ctx context.Context, n *Note, r *Revision) (pens, error) {
	since := 0
	if n.LiveRevision != nil {
		live, err := s.store.revisionHead(ctx, *n.LiveRevision)
		if err != nil {
			return nil, err
		}
		since = live.Number
	}
	if r.Number == since+1 { // it alone
		return pens{{r.CreatedBy, r.CreatedByKind, r.CreatedByName}}, nil
	}
	return s.store.pens(ctx, n.ID, since, r.Number)
}

// mayApprove refuses, with four eyes asked for, who approves their own.
func (s *Desk) mayApprove(ctx context.Context, sub *Submission, p pens) error {
	rules, err := s.rules(ctx)
	who := actor.From(ctx)
	switch {
	case err != nil || !rules.FourEyes || who.Kind == actor.System:
		return err
	case who.Kind != actor.Staff:
		return errPersonRequired
	case sub.SubmittedBy != nil && *sub.SubmittedBy == who.ID, p.wrote(who.ID) && !p.others(who.ID):
		return errSelfApproval
	}
	return nil
}

// mayPublish refuses, with four eyes asked for, what only its publisher has
// seen. An approval counts for the very revision that was approved.
func (s *Desk) mayPublish(ctx context.Context, r *Revision, p pens) error {
	rules, err := s.rules(ctx)
	who := actor.From(ctx)
	if err != nil || !rules.FourEyes || who.Kind == actor.System || len(p) == 0 {
		return err
	}
	if who.Kind == actor.Staff && p.others(who.ID) {
		return nil
	}
	approvals, err := s.store.approvals(ctx, r.ID)
	if err != nil {
		return err
	}
	for _, a := range approvals {
		if a.ByKind != string(actor.Staff) || a.ByID == nil {
			continue
		}
		own := a.SubmittedBy != nil && *a.SubmittedBy == *a.ByID || p.wrote(*a.ByID) && !p.others(*a.ByID)
		if !own {
			return nil
		}
	}
	return errFourEyes
}
