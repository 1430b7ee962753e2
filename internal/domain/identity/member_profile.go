package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// MemberProfile is what a member says of themselves. Both may be empty.
type MemberProfile struct{ Name, Organization string }

// ChangeProfile gives a member another name and organization. Members do it for
// themselves; for others it needs members.write.
func (s *Service) ChangeProfile(ctx context.Context, id uuid.UUID, in MemberProfile) (Member, error) {
	if err := selfOr(ctx, actor.Member, id, actor.MembersWrite); err != nil {
		return Member{}, err
	}
	var f, g fault.Fields
	name := cleanName(&f, in.Name)
	organization := cleanName(&g, in.Organization)
	if err := g.Err(); err != nil {
		for _, x := range fault.Of(err).Fields {
			f.Add("organization", x.Code, strings.ReplaceAll(x.Message, "like a name", "like the name of an organization"))
		}
	}
	if err := f.Err(); err != nil {
		return Member{}, err
	}
	return s.changeMember(ctx, id, "member.renamed", func(m *Member) {
		m.rename(name, s.clock.Now())
		m.Organization = organization
	})
}

// MemberChange is what a member changes of themselves; nil stays as it is.
type MemberChange struct {
	Name, Organization *string
	Mails              *[]MailKind
}

// ChangeMe makes all of a change to the member who acts, or nothing of it. What
// it leaves alone stays as another change at the same moment makes it.
func (s *Service) ChangeMe(ctx context.Context, in MemberChange) error {
	id, err := meMember(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		m, err := s.lockMember(ctx, id)
		if err != nil {
			return err
		}
		p := MemberProfile{Name: m.Name, Organization: m.Organization}
		if in.Name != nil {
			p.Name = *in.Name
		}
		if in.Organization != nil {
			p.Organization = *in.Organization
		}
		if in.Name != nil || in.Organization != nil {
			if _, err := s.ChangeProfile(ctx, id, p); err != nil {
				return err
			}
		}
		if in.Mails == nil {
			return nil
		}
		return s.ChooseMails(ctx, *in.Mails)
	})
}

// ClosePasskeyCard notes that the member who acts wants no passkey to be
// offered any more. They can still add one on their account page.
func (s *Service) ClosePasskeyCard(ctx context.Context) error {
	id, err := meMember(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		m, err := s.lockMember(ctx, id)
		if err != nil || m.PasskeyCardClosedAt != nil {
			return err
		}
		now := s.clock.Now()
		m.PasskeyCardClosedAt, m.UpdatedAt = &now, now
		return s.saveMember(ctx, m)
	})
}

// PasskeyOffered tells whether the member who acts should be shown that there
// are passkeys: they have none, and never said that they want none.
func (s *Service) PasskeyOffered(ctx context.Context) (bool, error) {
	id, err := meMember(ctx)
	if err != nil || s.passkeys == nil {
		return false, err
	}
	m, err := s.readMember(ctx, id)
	if err != nil || m.PasskeyCardClosedAt != nil {
		return false, err
	}
	keys, err := s.selectMemberPasskeys(ctx, id)
	return len(keys) == 0, err
}

// MailKind is a kind of mail that a member can decline. All others are sent
// whatever they say, because an account cannot go on without them.
type MailKind string

// The kinds of mail that can be declined.
const (
	MailReceipts  MailKind = "receipts"  // of renewals: bills are on the account page
	MailReminders MailKind = "reminders" // that a card or a term is about to end
)

// MailKinds lists what can be declined.
func MailKinds() []MailKind { return []MailKind{MailReceipts, MailReminders} }

// Wants tells whether a member has not declined a kind of mail.
func (m Member) Wants(k MailKind) bool {
	return !slices.Contains(strings.Fields(m.DeclinedMails), string(k))
}

func (m *Member) decline(kinds []MailKind) {
	kinds = append(kinds, m.kept()...)
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	m.DeclinedMails = strings.Join(words, " ")
}

// ChooseMails sets which kinds of mail the member who acts wants; all others
// are declined.
func (s *Service) ChooseMails(ctx context.Context, wanted []MailKind) error {
	id, err := meMember(ctx)
	if err != nil {
		return err
	}
	for _, k := range wanted {
		if !slices.Contains(MailKinds(), k) {
			var f fault.Fields
			f.Add("mails", "unknown", "There is no such kind of mail.")
			return f.Err()
		}
	}
	declined := slices.DeleteFunc(MailKinds(), func(k MailKind) bool { return slices.Contains(wanted, k) })
	_, err = s.changeMember(ctx, id, "member.mails_chosen", func(m *Member) {
		m.decline(declined)
		m.UpdatedAt = s.clock.Now()
	})
	return err
}

// StopToken stands in a link that declines a kind of mail. It never expires:
// neither do mails.
func (s *Service) StopToken(member uuid.UUID, k MailKind) string {
	return s.secrets.staffLink("stop "+string(k), member, 0)
}

func errStopInvalid() error {
	return fault.New(fault.Gone, "stop_link_invalid", "This link is not complete. You can choose which mails you get on your account page.")
}

// LookStop says which kind of mail a link declines. It changes nothing.
func (s *Service) LookStop(token string) (k MailKind, err error) {
	_, k, err = s.readStop(token)
	return k, err
}

func (s *Service) readStop(token string) (uuid.UUID, MailKind, error) {
	for _, k := range MailKinds() {
		if id, _, ok := s.secrets.readStaffLink("stop "+string(k), token); ok {
			return id, k, nil
		}
	}
	return uuid.Nil, "", errStopInvalid()
}

// StopMail declines a kind of mail with the link of one: whoever reads the
// member's mail may. Again it changes nothing.
func (s *Service) StopMail(ctx context.Context, token string) error {
	id, k, err := s.readStop(token)
	if err != nil {
		return err
	}
	ctx = actor.With(ctx, actor.Actor{Kind: actor.Member, ID: id})
	m, err := s.readMember(ctx, id)
	if err != nil || m.DeletedAt != nil {
		return errStopInvalid()
	}
	if !m.Wants(k) {
		return nil
	}
	_, err = s.changeMember(ctx, id, "member.mails_chosen", func(m *Member) {
		m.decline(slices.DeleteFunc(MailKinds(), func(x MailKind) bool { return x != k && m.Wants(x) }))
		m.UpdatedAt = s.clock.Now()
	})
	return err
}
