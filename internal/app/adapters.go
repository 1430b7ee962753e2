package app

import (
	"context"
	"net/url"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/once"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// Rooms do not know each other; where one needs a little of another it says so
// in an interface, and the pieces here fit them together.

// payers tells billing who pays.
type payers struct{ *identity.Service }

func (p payers) Payer(ctx context.Context, member uuid.UUID) (billing.Payer, error) {
	m, err := p.Member(actor.With(ctx, actor.Machine("billing")), member)
	if err != nil {
		return billing.Payer{}, err
	}
	if m.DeletedAt != nil {
		return billing.Payer{}, fault.New(fault.NotFound, "member_not_found", "There is no such member.")
	}
	return billing.Payer{Email: m.EmailGiven, Name: m.Name, Language: m.Language}, nil
}

func (p payers) CheckEmail(email string) error {
	_, err := identity.ParseEmail(email)
	return err
}

// Enrol makes a member of an address that was typed at the payment page.
func (p payers) Enrol(ctx context.Context, email, name string) (uuid.UUID, bool, error) {
	m, fresh, err := p.AddMember(actor.With(ctx, actor.Machine("billing")), email, name)
	return m.ID, fresh, err
}

// subscriptions tells the gatekeeper what a member has bought.
type subscriptions struct{ office *billing.Office }

func (s subscriptions) Grants(ctx context.Context, member uuid.UUID) ([]access.Grant, error) {
	standings, err := s.office.Standings(ctx, member)
	if err != nil {
		return nil, err
	}
	grants := make([]access.Grant, len(standings))
	for i, x := range standings {
		grants[i] = access.Grant{Kind: access.Subscription, Plan: x.Plan, Standing: access.Standing(x.Status), Grace: x.Grace}
	}
	return grants, nil
}

// GrantsAt implements access.Historian.
func (s subscriptions) GrantsAt(ctx context.Context, member uuid.UUID, at time.Time) ([]access.Grant, error) {
	standings, err := s.office.StandingsAt(ctx, member, at)
	grants := make([]access.Grant, len(standings))
	for i, x := range standings {
		grants[i] = access.Grant{Kind: access.Subscription, Plan: x.Plan, Standing: access.Standing(x.Status), Grace: x.Grace, Until: x.Ends}
	}
	return grants, err
}

// terms tells the gatekeeper from when to when a member may read otherwise.
type terms struct{ office *billing.Office }

func (t terms) Grants(ctx context.Context, member uuid.UUID) ([]access.Grant, error) {
	standings, err := t.office.TermStandings(ctx, member)
	if err != nil {
		return nil, err
	}
	grants := make([]access.Grant, len(standings))
	for i, x := range standings {
		grants[i] = access.Grant{Kind: access.Term, Plan: x.Plan, From: x.From, Until: x.Until}
		if x.Complimentary {
			grants[i].Kind = access.Complimentary
		}
		if x.Unpaid {
			grants[i].Standing = access.Unpaid
		}
	}
	return grants, nil
}

// boughtNotes tells the gatekeeper which notes a member has bought one by one.
type boughtNotes struct{ office *billing.Office }

func (b boughtNotes) Grants(ctx context.Context, member uuid.UUID) ([]access.Grant, error) {
	notes, err := b.office.BoughtNotes(ctx, member)
	grants := make([]access.Grant, len(notes))
	for i, n := range notes {
		grants[i] = access.Grant{Kind: access.Purchase, Note: n}
	}
	return grants, err
}

// GrantsAt implements access.Historian.
func (b boughtNotes) GrantsAt(ctx context.Context, member uuid.UUID, at time.Time) ([]access.Grant, error) {
	rights, err := b.office.BoughtNotesAt(ctx, member, at)
	return past(access.Purchase, rights), err
}

// past makes grants of single notes of what billing remembers.
func past(kind access.GrantKind, rights []billing.PastRight) []access.Grant {
	grants := make([]access.Grant, len(rights))
	for i, r := range rights {
		grants[i] = access.Grant{Kind: kind, Note: r.Note, From: r.From, Until: r.Until}
	}
	return grants
}

// meter tells the gatekeeper how many paid notes a free member may read.
type meter struct{ office *billing.Office }

func (m meter) Allowance(ctx context.Context, member, note uuid.UUID, take bool) (access.Allowance, error) {
	a, err := m.office.Meter(ctx, member, note, take)
	return access.Allowance(a), err
}

// GrantsAt implements access.Historian.
func (m meter) GrantsAt(ctx context.Context, member uuid.UUID, at time.Time) ([]access.Grant, error) {
	rights, err := m.office.MeteredAt(ctx, member, at)
	return past(access.Metered, rights), err
}

// zone is the publication's, in which days and months are counted.
func (r *rooms) zone(ctx context.Context) (*time.Location, error) {
	p, err := r.publication.Profile(ctx)
	if err != nil {
		return nil, err
	}
	return time.LoadLocation(p.TimeZone)
}

// GrantsAt implements access.Historian. A term that was taken back had been
// open until then.
func (t terms) GrantsAt(ctx context.Context, member uuid.UUID, at time.Time) ([]access.Grant, error) {
	all, err := t.office.Terms(ctx, member)
	grants := []access.Grant{}
	for _, x := range all {
		g := access.Grant{Kind: access.Term, From: x.StartsAt, Until: x.EndsAt}
		if x.Plan != nil {
			g.Plan = x.Plan.Slug
		}
		if x.Source == billing.TermComplimentary {
			g.Kind = access.Complimentary
		}
		for _, sooner := range []*time.Time{x.RevokedAt, x.OpenUntil} {
			if sooner != nil && sooner.Before(g.Until) {
				g.Until = *sooner
			}
		}
		if !x.CreatedAt.After(at) {
			grants = append(grants, g)
		}
	}
	return grants, err
}

// openPlans tells the member API which plans are open.
type openPlans struct{ keeper *access.Gatekeeper }

func (o openPlans) OpenPlans(ctx context.Context, v kit.Visitor) (plans []string, err error) {
	return o.keeper.OpenPlans(ctx, access.Reader{Member: v.Member(), Epoch: v.Epoch})
}

// session makes a visitor of a session of one kind; a member's token does not
// open the desk and a staff token reads nothing.
func (r *rooms) session(kind actor.Kind) kit.Resolve {
	return func(ctx context.Context, token string) (kit.Visitor, error) {
		s, err := r.identity.Resolve(ctx, token)
		if err != nil {
			return kit.Visitor{}, err
		}
		if s.Kind != kind {
			return kit.Visitor{}, fault.New(fault.Unauthenticated, "wrong_session", "This session is not for this place.")
		}
		var saw func(context.Context, string)
		if s.Renewed && kind == actor.Member {
			saw = func(ctx context.Context, client string) { r.identity.SawSession(ctx, s.ID, client) }
		}
		return kit.Visitor{
			Saw: saw, Actor: s.Actor(), Email: s.Email, Name: s.Name, Language: s.Language, Epoch: s.AccessEpoch, Role: string(s.Position.Role), RoleName: s.Position.Name,
			MustEnrol: s.MustEnrol, Renewed: s.Renewed, ExpiresAt: s.ExpiresAt,
		}, nil
	}
}

// personal makes a visitor of a personal token with the scope; any other token
// goes on to next, which may be nil.
func (r *rooms) personal(scope identity.TokenScope, next kit.Resolve) kit.Resolve {
	return func(ctx context.Context, token string) (kit.Visitor, error) {
		if next != nil && !identity.IsMemberToken(token) {
			return next(ctx, token)
		}
		h, err := r.identity.ResolveToken(ctx, token, scope)
		if err != nil {
			return kit.Visitor{}, err
		}
		return kit.Visitor{Actor: h.Actor(), Email: h.Email, Name: h.Name, Epoch: h.AccessEpoch}, nil
	}
}

// apiKey makes a visitor of an API key.
func (r *rooms) apiKey(ctx context.Context, secret string) (kit.Visitor, error) {
	k, err := r.identity.ResolveKey(ctx, secret)
	if err != nil {
		return kit.Visitor{}, err
	}
	return kit.Visitor{Actor: k.Actor(), FrontEnd: kit.FrontEnd(k.FrontEnd)}, nil
}

// brand is how letters look.
func (r *rooms) brand(ctx context.Context) mail.Brand {
	b := mail.Brand{Name: "LightTrends", URL: r.cfg.BaseURL}
	p, err := r.publication.Profile(ctx)
	if err != nil {
		r.log.WarnContext(ctx, "a letter goes out without the publication's own name", "error", err)
		return b
	}
	b.Language = phrase.In(p.Language)
	b.Name, b.ReplyTo, b.Contact = p.Name, p.Contact.Email, p.Contact.Lines
	b.Accent, b.Logo = p.Accent, r.mailLogo(ctx, p.Logo)
	return b
}

// mailLogo is the logo as letters show it. One that cannot be read is left out:
// the name stands there then.
func (r *rooms) mailLogo(ctx context.Context, logo string) mail.Logo {
	id, err := uuid.Parse(logo)
	if err != nil {
		return mail.Logo{}
	}
	item, err := r.media.Item(ctx, id)
	if err != nil {
		return mail.Logo{}
	}
	return mail.Logo{URL: r.cfg.BaseURL + item.Address(0), Width: item.Width, Height: item.Height}
}

// signInURL is the page behind the link of a sign-in mail.
func (r *rooms) signInURL(_, token string) string {
	return r.cfg.BaseURL + "/sign-in/link/" + url.PathEscape(token)
}

// secondFactorRequired is the owner's rule for everybody at the desk.
func (r *rooms) secondFactorRequired(ctx context.Context) (bool, error) {
	rules, err := r.publication.Rules(ctx)
	return rules.RequireSecondFactor, err
}

// memberSessions is on how many devices the owner lets a member sign in.
func (r *rooms) memberSessions(ctx context.Context) (int, error) {
	rules, err := r.publication.Rules(ctx)
	return rules.MemberSessions, err
}

// memberPasswords is whether the owner lets members have passwords.
func (r *rooms) memberPasswords(ctx context.Context) (bool, error) {
	rules, err := r.publication.Rules(ctx)
	return rules.MemberPasswords, err
}

// repeats lets the Admin API make things once.
type repeats struct{ *once.Keeper }

func (o repeats) Do(ctx context.Context, scope, key string, print []byte, do func(context.Context) ([]byte, error)) ([]byte, bool, error) {
	return o.Keeper.Do(ctx, once.Request{Scope: scope, Key: key, Fingerprint: print}, do)
}

func (o repeats) DoApart(ctx context.Context, scope, key string, print []byte, do func(context.Context) ([]byte, error)) ([]byte, bool, error) {
	return o.Keeper.DoApart(ctx, once.Request{Scope: scope, Key: key, Fingerprint: print}, do)
}
