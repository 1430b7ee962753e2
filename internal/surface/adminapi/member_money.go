package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// MemberMoney is what a member paid, got back, said on leaving and was written.
type MemberMoney struct {
	Invoices      []MemberInvoice      `json:"invoices" doc:"The newest twelve"`
	Refunds       []MoneyBack          `json:"refunds"`
	Disputes      []MoneyBack          `json:"disputes"`
	Cancellations []MemberCancellation `json:"cancellations"`
	Letters       []MemberLetter       `json:"letters"`
}

// MemberInvoice is one bill. Amounts are in the smallest unit of the currency.
type MemberInvoice struct {
	Number     string    `json:"number"`
	Status     string    `json:"status" enum:"open,paid,uncollectible,void"`
	Currency   string    `json:"currency"`
	Tax        int64     `json:"tax"`
	Total      int64     `json:"total"`
	Remaining  int64     `json:"remaining"`
	Refunded   int64     `json:"refunded"`
	BilledAt   time.Time `json:"billed_at"`
	BilledName string    `json:"billed_name" doc:"As it was billed"`
	BilledMail string    `json:"billed_email" doc:"As it was billed"`
	URL        string    `json:"url,omitempty"`
	PDFURL     string    `json:"pdf_url,omitempty"`
}

// MoneyBack is a refund or a dispute.
type MoneyBack struct {
	Amount   int64      `json:"amount"`
	Currency string     `json:"currency"`
	Status   string     `json:"status" doc:"As Stripe names it"`
	Reason   string     `json:"reason"`
	MadeAt   time.Time  `json:"made_at"`
	AnswerBy *time.Time `json:"answer_by,omitempty" doc:"Until when the bank waits for an answer"`
}

// MemberCancellation is why a member cancelled.
type MemberCancellation struct {
	Reason      string     `json:"reason" doc:"Empty when nothing was chosen"`
	Comment     string     `json:"comment"`
	CreatedAt   time.Time  `json:"created_at"`
	TakenBackAt *time.Time `json:"taken_back_at,omitempty"`
}

// MemberLetter is a mail about money.
type MemberLetter struct {
	Kind      string     `json:"kind"`
	State     string     `json:"state" enum:"queued,sent,dropped"`
	CreatedAt time.Time  `json:"created_at"`
	ClosedAt  *time.Time `json:"closed_at,omitempty"`
}

// SubscriptionPolicy is what holds for subscriptions that run.
type SubscriptionPolicy struct {
	GraceDays      int  `json:"grace_days" doc:"How long a failed renewal stays open; 0: for as long as Stripe tries"`
	PauseMonths    int  `json:"pause_months" doc:"How long members may pause at most; 0 offers no pause"`
	EndOnRefund    bool `json:"end_on_refund" doc:"A latest bill that is paid back in full ends its subscription"`
	EndOnDispute   bool `json:"end_on_dispute" doc:"A dispute that is lost ends its subscription, or what was bought once"`
	RetentionYears int  `json:"retention_years" doc:"How long bills of deleted members are kept"`
}

type (
	memberMoneyOutput struct{ Body MemberMoney }
	deleteMemberInput struct {
		ID            uuid.UUID `path:"id" format:"uuid"`
		Subscriptions string    `query:"subscriptions" required:"true" enum:"now,period_end" doc:"When what they bought ends"`
	}
	policyOutput struct{ Body SubscriptionPolicy }
	policyInput  struct {
		Body struct {
			GraceDays      *int  `json:"grace_days,omitempty"`
			PauseMonths    *int  `json:"pause_months,omitempty"`
			EndOnRefund    *bool `json:"end_on_refund,omitempty"`
			EndOnDispute   *bool `json:"end_on_dispute,omitempty"`
			RetentionYears *int  `json:"retention_years,omitempty"`
		}
	}
)

func (s *service) memberMoney() {
	const tag = "Members"
	add(s, route{method: http.MethodGet, path: "/members/{id}/money", id: "get-member-money", tag: tag, need: actor.MembersRead,
		summary: "A member's bills, refunds, disputes, reasons and letters"}, s.getMemberMoney)
	add(s, route{method: http.MethodDelete, path: "/members/{id}", id: "delete-member", apart: true, tag: tag, need: actor.MembersWrite,
		summary: "Delete a member", text: "Ends what they bought at Stripe, now or when what is paid runs out, then erases name and address and signs them out. Bills stay as billed, as the law wants."}, s.deleteMember)
	add(s, route{method: http.MethodGet, path: "/subscription-policy", id: "get-subscription-policy", tag: "Publication", need: actor.NotesRead,
		summary: "What holds for subscriptions"}, func(ctx context.Context, _ *struct{}) (*policyOutput, error) {
		p, err := s.Billing.Policy(ctx)
		return policyAnswer(p, err)
	})
	add(s, route{method: http.MethodPatch, path: "/subscription-policy", id: "change-subscription-policy", tag: "Publication", need: actor.SettingsWrite,
		summary: "Change what holds for subscriptions", text: "Names only what is to change."}, s.changePolicy)
}

func policyAnswer(p billing.Policy, err error) (*policyOutput, error) {
	if err != nil {
		return nil, err
	}
	return &policyOutput{SubscriptionPolicy{p.GraceDays, p.PauseMonths, p.EndOnRefund, p.EndOnDispute, p.RetentionYears}}, nil
}

func (s *service) changePolicy(ctx context.Context, in *policyInput) (*policyOutput, error) {
	b := in.Body
	return policyAnswer(s.Billing.ChangePolicy(ctx, func(p *billing.Policy) {
		set(&p.GraceDays, b.GraceDays)
		set(&p.PauseMonths, b.PauseMonths)
		set(&p.EndOnRefund, b.EndOnRefund)
		set(&p.EndOnDispute, b.EndOnDispute)
		set(&p.RetentionYears, b.RetentionYears)
	}))
}

// deleteMember ends first and erases then: a failure in between leaves a member
// who can be deleted again, never a charge to nobody.
func (s *service) deleteMember(ctx context.Context, in *deleteMemberInput) (*struct{}, error) {
	if _, err := s.Identity.Member(ctx, in.ID); err != nil {
		return nil, err
	}
	if err := s.Billing.CloseAccount(ctx, in.ID, billing.Ending(in.Subscriptions)); err != nil {
		return nil, err
	}
	return nil, s.Identity.DeleteMember(ctx, in.ID)
}

func (s *service) getMemberMoney(ctx context.Context, in *memberID) (*memberMoneyOutput, error) {
	if _, err := s.Identity.Member(ctx, in.ID); err != nil {
		return nil, err
	}
	bills, err := s.Billing.Bills(ctx, in.ID, uuid.Nil)
	if err != nil {
		return nil, err
	}
	back, err := s.Billing.MoneyBack(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	why, err := s.Billing.Cancellations(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	letters, err := s.Billing.Letters(ctx, billing.OfMember(in.ID))
	if err != nil {
		return nil, err
	}
	return &memberMoneyOutput{memberMoneyOf(bills, back, why, letters)}, nil
}

func memberMoneyOf(bills billing.Bills, back billing.MoneyBack, why []billing.Cancellation, letters []billing.Letter) MemberMoney {
	out := MemberMoney{Invoices: []MemberInvoice{}, Refunds: []MoneyBack{}, Disputes: []MoneyBack{}, Cancellations: []MemberCancellation{}, Letters: []MemberLetter{}}
	for _, b := range bills.Items {
		out.Invoices = append(out.Invoices, MemberInvoice{b.Number, b.Status, b.Currency, b.Tax, b.Total, b.Remaining, b.Refunded, b.BilledAt, b.BilledName, b.BilledEmail, b.URL, b.PDFURL})
	}
	for _, r := range back.Refunds {
		out.Refunds = append(out.Refunds, MoneyBack{Amount: r.Amount, Currency: r.Currency, Status: r.Status, Reason: r.Reason, MadeAt: r.MadeAt})
	}
	for _, d := range back.Disputes {
		out.Disputes = append(out.Disputes, MoneyBack{d.Amount, d.Currency, d.Status, d.Reason, d.MadeAt, d.AnswerBy})
	}
	for _, c := range why {
		out.Cancellations = append(out.Cancellations, MemberCancellation{string(c.Reason), c.Comment, c.CreatedAt, c.TakenBackAt})
	}
	for _, l := range letters {
		out.Letters = append(out.Letters, MemberLetter{string(l.Kind), l.State, l.CreatedAt, l.ClosedAt})
	}
	return out
}
