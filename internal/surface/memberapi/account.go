package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/surface/kit"
)

// account registers what a member may do to the account itself.
func (s *service) account() {
	operate(s, verb{method: http.MethodPatch, path: "/me", id: "change-me", tag: "Member", errors: []int{400, 422}, summary: "Change the member's name, organization and mails", text: "What is left out stays. The e-mail address has an operation of its own, because it is confirmed first."}, s.changeMe)
	operate(s, verb{method: http.MethodPost, path: "/me/email", id: "change-email", tag: "Member", status: http.StatusAccepted, errors: []int{400, 422, 429},
		summary: "Ask for another e-mail address", text: "A letter goes to the new address; its link leads to the portal and is good for a day. Nothing changes before it is confirmed there, and the address before is told then."}, s.changeEmail)
	operate(s, verb{method: http.MethodPost, path: "/me/deletion", id: "delete-me", tag: "Member", status: http.StatusAccepted, errors: []int{400, 422},
		summary: "Ask for the account to be deleted", text: "It goes after a week, or with period_end when what is paid runs out, if that is later. Nothing more is charged from now on: buying, keeping and changing answer 409 leaving until the account is kept, and a subscription with a payment missing ends at once. A letter says so, with a link to change one's mind. Asked again, what was asked first stays."}, s.deleteMe)
	operate(s, verb{method: http.MethodDelete, path: "/me/deletion", id: "keep-me", tag: "Member", status: http.StatusNoContent, errors: []int{404},
		summary: "Keep the account after all", text: "404 not_leaving: it is not about to be deleted. A subscription still runs out unless it is resumed."}, s.keepMe)
	operate(s, verb{method: http.MethodGet, path: "/me/data", id: "export-me", tag: "Member", summary: "Everything that is kept of the member"}, s.exportMe)
}

type (
	changeMeInput struct {
		Body struct {
			Name         *string   `json:"name,omitempty" maxLength:"200" example:"Ada Lovelace"`
			Organization *string   `json:"organization,omitempty" maxLength:"200" example:"Analytical Engines"`
			Mails        *[]string `json:"mails,omitempty" maxItems:"20" enum:"receipts,reminders" doc:"The kinds of mail the member wants, all of them; those left out are declined. Letters that an account cannot do without are sent in any case" example:"[\"receipts\"]"`
		}
	}
	changeEmailInput struct {
		Body struct {
			Email string `json:"email" maxLength:"254"`
		}
	}
	deletionInput struct {
		Body struct {
			Subscriptions billing.Ending `json:"subscriptions,omitempty" enum:"now,period_end" doc:"When they end; absent is now: with the account"`
		}
	}
	deletionOutput struct {
		Body struct {
			DeletesAt time.Time `json:"deletes_at"`
		}
	}
)

func (s *service) changeMe(ctx context.Context, _ uuid.UUID, in *changeMeInput) (*meOutput, error) {
	change := identity.MemberChange{Name: in.Body.Name, Organization: in.Body.Organization}
	if in.Body.Mails != nil {
		mails := []identity.MailKind{}
		for _, k := range *in.Body.Mails {
			mails = append(mails, identity.MailKind(k))
		}
		change.Mails = &mails
	}
	if err := s.Identity.ChangeMe(ctx, change); err != nil {
		return nil, err
	}
	return s.me(ctx, nil)
}

func (s *service) changeEmail(ctx context.Context, _ uuid.UUID, in *changeEmailInput) (*struct{}, error) {
	return nil, s.Identity.AskEmailChange(ctx, in.Body.Email, kit.ClientAddress(kit.Ctx(ctx)))
}

func (s *service) deleteMe(ctx context.Context, member uuid.UUID, in *deletionInput) (*deletionOutput, error) {
	ending, notBefore := billing.EndNow, time.Time{}
	if in.Body.Subscriptions == billing.EndAfterPeriod {
		var err error
		ending = billing.EndAfterPeriod
		if notBefore, err = s.Billing.PaidUntil(ctx, member); err != nil {
			return nil, err
		}
	}
	l, err := s.Identity.AskLeave(ctx, string(ending), notBefore)
	out := &deletionOutput{}
	out.Body.DeletesAt = l.DueAt
	return out, err
}

func (s *service) keepMe(ctx context.Context, _ uuid.UUID, _ *struct{}) (*struct{}, error) {
	return nil, s.Identity.Stay(ctx)
}
