package app

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// declinable are billing's letters that a member can do without.
var declinable = map[billing.LetterKind]identity.MailKind{
	billing.LetterReceipt:  identity.MailReceipts,
	billing.LetterExpiring: identity.MailReminders,
}

// billingLetterWanted tells billing whether a member declined a letter.
func (r *rooms) billingLetterWanted(ctx context.Context, member uuid.UUID, k billing.LetterKind) (bool, string, error) {
	kind, can := declinable[k]
	if !can {
		return true, "", nil
	}
	return r.wanted(ctx, member, kind)
}

// wanted tells whether a member has not declined a kind of mail, and where they
// can.
func (r *rooms) wanted(ctx context.Context, member uuid.UUID, k identity.MailKind) (bool, string, error) {
	m, err := r.identity.Member(actor.With(ctx, actor.Machine("mails")), member)
	return err == nil && m.Wants(k), r.cfg.BaseURL + "/mail/stop/" + r.identity.StopToken(member, k), err
}
