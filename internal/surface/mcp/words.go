package mcp

import (
	"context"
	"strings"

	"lighttrends/internal/domain/access"
)

// how says in a sentence what would open a note, for the assistant to pass on.
func (s *service) how(ctx context.Context, slug string, d access.Decision) string {
	here := s.BaseURL + "/notes/" + slug
	plans := s.BaseURL + "/plans?note=" + slug
	var text string
	switch {
	case d.Reason() == access.AIUseNotLicensed && len(d.Plans()) == 0:
		return "No plan of this publication lets assistants read it in full. A subscriber reads it at " + here
	case d.Reason() == access.AIUseNotLicensed:
		text = "The member may read by a right that does not cover assistants, or by none."
	case d.Reason() == access.PaymentFailed || d.Reason() == access.PaymentPending:
		return "A payment of the member's subscription is missing. They see to it at " + s.BaseURL + "/account"
	case d.Reason() == access.SubscriptionPaused:
		return "The member's subscription is paused. They take it up again at " + s.BaseURL + "/account"
	case d.Reason() == access.GrantNotYetValid:
		return "The member's right to read begins later."
	default:
		text = "The rest is for subscribers."
	}
	if !readerOf(ctx).Signed() {
		text += " A member who may read it connects with a personal token, made at " + s.BaseURL + "/account/tokens."
	}
	if len(d.Plans()) > 0 {
		text += " Assistants may read with the plan " + strings.Join(d.Plans(), " or ") + ": " + plans
	}
	return text
}
