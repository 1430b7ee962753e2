package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// MailNewsletters is declined by members who wanted none at the system they
// were brought from. Nothing of the kind is sent yet, so nobody is asked about
// it; what was said there is kept for the day it is.
const MailNewsletters MailKind = "newsletters"

// Brought is a member as another system knew them.
type Brought struct {
	Email, Name   string
	Since         time.Time // zero: now
	NoNewsletters bool
}

// BringMember makes a member of somebody whom another system knew, without any
// mail. One who is here already keeps their name and date; an empty name is
// filled, and declining newsletters is taken over. It needs members.write.
func (s *Service) BringMember(ctx context.Context, in Brought) (m Member, created, changed bool, err error) {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return m, false, false, err
	}
	address, err := ParseEmail(in.Email)
	if err != nil {
		return m, false, false, err
	}
	var f fault.Fields
	name := cleanName(&f, in.Name)
	if err := f.Err(); err != nil {
		return m, false, false, err
	}
	now := s.clock.Now()
	fresh := newMember(address, name, now)
	if !in.Since.IsZero() && in.Since.Before(now) {
		fresh.CreatedAt = in.Since.UTC().Truncate(time.Microsecond)
	}
	if in.NoNewsletters {
		fresh.DeclinedMails = string(MailNewsletters)
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if m, created, err = s.ensureMember(ctx, fresh); err != nil {
			return err
		}
		if created {
			return s.record(ctx, "member.added", "member", m.ID.String(), nil)
		}
		if m.Name == "" && name != "" {
			m.rename(name, now)
			changed = true
		}
		if in.NoNewsletters && m.Wants(MailNewsletters) {
			m.DeclinedMails = strings.TrimSpace(m.DeclinedMails + " " + string(MailNewsletters))
			m.UpdatedAt, changed = now, true
		}
		if !changed {
			return nil
		}
		if err := s.saveMember(ctx, m); err != nil {
			return err
		}
		return s.record(ctx, "member.completed", "member", m.ID.String(), nil)
	})
	return m, created, changed, err
}

// kept are the words among the declined kinds that members are not asked about.
func (m *Member) kept() (out []MailKind) {
	for word := range strings.FieldsSeq(m.DeclinedMails) {
		if !slices.Contains(MailKinds(), MailKind(word)) {
			out = append(out, MailKind(word))
		}
	}
	return out
}
