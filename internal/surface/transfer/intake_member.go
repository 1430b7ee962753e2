package transfer

import (
	"context"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/transfer/source"
)

// member carries a member. Nobody gets a mail, no link to a customer at Stripe
// is written over, and the report names nobody.
func (in *intake) member(ctx context.Context, l porter.Line, m *source.Member) error {
	address, bad := identity.ParseEmail(m.Email)
	first := ""
	if bad == nil {
		if first = in.people[address.Canonical]; first == "" {
			in.people[address.Canonical] = l.Place
		}
	}
	return in.run.Step(ctx, l, func(ctx context.Context, l *porter.Line) error {
		if bad != nil {
			return bad
		}
		if first != "" {
			l.Outcome = porter.WasSkipped
			l.Say("the same address stands at " + first)
			return nil
		}
		l.Say(m.Warnings...)
		return in.admit(ctx, l, m)
	})
}

// admit makes or completes a member.
func (in *intake) admit(ctx context.Context, l *porter.Line, m *source.Member) error {
	who, created, changed, err := in.Identity.BringMember(ctx, identity.Brought{
		Email: m.Email, Name: clean(m.Name, 100), Since: m.CreatedAt, NoNewsletters: m.Unsubscribed,
	})
	if err != nil {
		return err
	}
	l.SubjectID, l.Outcome = &who.ID, porter.WasUnchanged
	renamed, err := in.rename(ctx, l, &who, m)
	if err != nil {
		return err
	}
	linked, err := in.link(ctx, l, who, m)
	if err != nil {
		return err
	}
	given, err := in.give(ctx, l, who, m)
	switch {
	case err != nil:
		return err
	case created:
		l.Outcome = porter.WasMade
	case l.Outcome == porter.InConflict:
	case changed || renamed || linked || given:
		l.Outcome = porter.WasUpdated
	}
	return nil
}

// rename takes over a name that was changed there and not here, and marks in
// the book what the name is there.
func (in *intake) rename(ctx context.Context, l *porter.Line, who *identity.Member, m *source.Member) (renamed bool, err error) {
	name := clean(m.Name, 100)
	known, err := in.run.Book().Origin(ctx, in.system, porter.MemberKind, who.ID.String())
	if err != nil || known != nil && known.SourceHash == fingerprint(name) {
		return false, err
	}
	if known != nil && name != "" && name != who.Name {
		if known.OurHash != fingerprint(who.Name) && !in.run.Options.Overwrite {
			l.Outcome = porter.InConflict
			l.Say("the name was changed here and there since the last import; nothing was written over")
			return false, nil
		}
		if *who, err = in.Identity.RenameMember(ctx, who.ID, name); err != nil {
			return false, err
		}
		renamed = true
	}
	return renamed, in.run.Book().Enter(ctx, porter.Origin{
		System: in.system, Kind: porter.MemberKind, SourceID: who.ID.String(), OurID: who.ID, SourceHash: fingerprint(name), OurHash: fingerprint(name),
	})
}

// link notes the customer at Stripe.
func (in *intake) link(ctx context.Context, l *porter.Line, who identity.Member, m *source.Member) (bool, error) {
	if m.StripeCustomer == "" || in.Billing == nil {
		return false, nil
	}
	linked, err := in.Billing.BringCustomer(ctx, who.ID, m.StripeCustomer)
	if err == nil {
		return linked, nil
	}
	if fault.Of(err).Kind == fault.Conflict || fault.Of(err).Kind == fault.Invalid {
		l.Outcome = porter.InConflict
		l.Say("the customer at Stripe was not linked: " + said(err))
		return false, nil
	}
	return false, err
}

// give gives a term to who read without paying there, once, when the operator
// wants it.
func (in *intake) give(ctx context.Context, l *porter.Line, who identity.Member, m *source.Member) (bool, error) {
	o := in.run.Options
	if !m.Complimentary {
		return false, nil
	}
	if o.Complimentary == "" || o.ComplimentaryUntil == nil || in.Billing == nil {
		l.Say("they read without paying there; nothing was given here")
		return false, nil
	}
	reference := "Imported from " + in.system
	terms, err := in.Billing.Terms(ctx, who.ID)
	if err != nil {
		return false, err
	}
	for _, t := range terms {
		if t.Source == billing.TermComplimentary && t.Reference == reference {
			return false, nil
		}
	}
	term := billing.TermInput{Member: who.ID, Source: billing.TermComplimentary, EndsAt: *o.ComplimentaryUntil, Reference: reference}
	if o.Complimentary != "*" {
		term.PlanSlug = o.Complimentary
	}
	if until := m.ComplimentaryUntil; until.After(in.Now()) && until.Before(term.EndsAt) {
		term.EndsAt = until
	}
	_, err = in.Billing.GiveTerm(ctx, term)
	return err == nil, err
}
