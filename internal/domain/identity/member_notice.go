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
	return s.mail.Send(ctx, s.memberNotice(job, m, s.brand(ctx).In(m.Language)))
}

func (s *Service) memberNotice(job SendMemberNotice, m Member, brand mail.Brand) mail.Letter {
	w := brand.Words()
	subject, text := w.Text("letter.notice."+string(job.Notice)), w.Text("letter.notice."+string(job.Notice)+".text")
	return mail.Letter{
		Language: w.Tag,
		To:       mail.Address{Name: m.Name, Email: m.EmailGiven}, Subject: subject, Preheader: text,
		Blocks: []mail.Block{
			mail.Heading(subject),
			mail.Paragraph(text + " " + w.Text("letter.notice.when", "when", when(brand, job.At), "name", brand.Name)),
			mail.Paragraph(w.Text("letter.notice.not_you")),
			mail.Button(w.Text("letter.account"), s.baseURL+"/account#keys"),
			mail.Small(w.Text("letter.notice.why")),
		},
		Category: "security", MessageIDKey: "member-notice-" + job.ID.String(),
	}
}
