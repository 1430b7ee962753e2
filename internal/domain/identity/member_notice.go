package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

// MemberNotice is a change of how a member's account opens, of which they hear by
// mail: whoever made it may not be them.
type MemberNotice string

// The notices to members.
const (
	passkeyAdded    MemberNotice = "passkey_added"
	passkeyRemoved  MemberNotice = "passkey_removed"
	passwordSet     MemberNotice = "password_set"
	passwordChanged MemberNotice = "password_changed"
	passwordRemoved MemberNotice = "password_removed"
	feedMade        MemberNotice = "feed_made"
	tokenMade       MemberNotice = "token_made"
)

// memberNotices is what each notice says: what happened, and what it means.
var memberNotices = map[MemberNotice]struct{ subject, text string }{
	passkeyAdded:    {"A passkey was added to your account", "A passkey was added to your account. The device it is on logs in without a mail from now on."},
	passkeyRemoved:  {"A passkey was removed from your account", "A passkey was removed from your account. It no longer logs in."},
	passwordSet:     {"Your account has a password now", "A password was set for your account. Every other device was logged out."},
	passwordChanged: {"Your password was changed", "The password of your account was changed. Every other device was logged out."},
	passwordRemoved: {"Your password was removed", "The password of your account was removed. You log in with a link from now on."},
	feedMade:        {"An address of your own feed was made", "A secret address was made for your own feed. Whoever has it can read there what you may read, without logging in."},
	tokenMade:       {"A personal token was made for your account", "A personal token was made for your account. A program that has it, such as an assistant, reads as you may read; it can change nothing."},
}

// notifyMember puts a notice into the queue, in the transaction of the change.
func (s *Service) notifyMember(ctx context.Context, member uuid.UUID, n MemberNotice) error {
	return s.db.Enqueue(ctx, SendMemberNotice{ID: db.NewID(), Member: member, Notice: n, At: s.clock.Now()}, nil)
}

// NotifyFeedMade tells a member that their own feed has an address, in the
// transaction that made it: it lets in whoever has it.
func (s *Service) NotifyFeedMade(ctx context.Context, member uuid.UUID) error {
	return s.notifyMember(ctx, member, feedMade)
}

// sendMemberNotice writes to whom it happened.
func (s *Service) sendMemberNotice(ctx context.Context, job SendMemberNotice) error {
	m, err := s.readMember(ctx, job.Member)
	if fault.HasCode(err, "member_not_found") || err == nil && m.DeletedAt != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return s.mail.Send(ctx, s.memberNotice(job, m, s.brand(ctx)))
}

func (s *Service) memberNotice(job SendMemberNotice, m Member, brand mail.Brand) mail.Letter {
	says := memberNotices[job.Notice]
	return mail.Letter{
		To: mail.Address{Name: m.Name, Email: m.EmailGiven}, Subject: says.subject, Preheader: says.text,
		Blocks: []mail.Block{
			mail.Heading(says.subject),
			mail.Paragraph(says.text + " This happened at " + when(job.At) + ", at " + brand.Name + "."),
			mail.Paragraph("If that was you, there is nothing to do. If not, log in with a link to this address, undo it on your account page, and log out everywhere."),
			mail.Button("Go to your account", s.baseURL+"/account#keys"),
			mail.Small("You receive this letter whenever somebody changes how your account is logged in to. It cannot be declined."),
		},
		Category: "security", MessageIDKey: "member-notice-" + job.ID.String(),
	}
}
