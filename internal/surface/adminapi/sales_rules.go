package adminapi

import (
	"context"
	"net/http"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// SalesRules are what the owner decides about all that is not a subscription.
type SalesRules struct {
	FreeNotes    int   `json:"free_notes" doc:"Paid notes a member without a subscription may read in a month; 0 gives none away"`
	Gifts        bool  `json:"gifts" doc:"Subscriptions are sold as presents"`
	GiftMonths   []int `json:"gift_months" doc:"For how many months"`
	GiftKeeps    int   `json:"gift_keeps" doc:"Months in which a gift can be redeemed after it was delivered; 0 is for good"`
	OverdueDays  int   `json:"overdue_days" doc:"Days after an invoice was due on which what it pays for stays open"`
	Quotes       bool  `json:"quotes" doc:"Readers may ask for a quote, to pay by invoice"`
	RefundCloses bool  `json:"refund_closes" doc:"What was bought once is taken back when it is paid back"`
}

type (
	salesRulesOutput struct{ Body SalesRules }
	salesRulesInput  struct {
		Body struct {
			FreeNotes    *int   `json:"free_notes,omitempty"`
			Gifts        *bool  `json:"gifts,omitempty"`
			GiftMonths   *[]int `json:"gift_months,omitempty" maxItems:"6"`
			GiftKeeps    *int   `json:"gift_keeps,omitempty"`
			OverdueDays  *int   `json:"overdue_days,omitempty"`
			Quotes       *bool  `json:"quotes,omitempty"`
			RefundCloses *bool  `json:"refund_closes,omitempty"`
		}
	}
)

func (s *service) salesRules() {
	const tag = "Plans"
	add(s, route{method: http.MethodGet, path: "/sales-rules", id: "get-sales-rules", tag: tag, need: actor.NotesRead,
		summary: "Get the rules for gifts, single notes, invoices and free notes"}, func(ctx context.Context, _ *struct{}) (*salesRulesOutput, error) {
		return salesRulesAnswer(s.Billing.SalesRules(ctx))
	})
	add(s, route{method: http.MethodPatch, path: "/sales-rules", id: "change-sales-rules", tag: tag, need: actor.SettingsWrite,
		summary: "Change the rules of sale", text: "What is left out stays as it is."}, func(ctx context.Context, in *salesRulesInput) (*salesRulesOutput, error) {
		b := in.Body
		return salesRulesAnswer(s.Billing.ChangeSalesRules(ctx, func(r *billing.SalesRules) {
			set(&r.FreeNotes, b.FreeNotes)
			set(&r.Gifts, b.Gifts)
			set(&r.GiftMonths, b.GiftMonths)
			set(&r.GiftKeeps, b.GiftKeeps)
			set(&r.OverdueDays, b.OverdueDays)
			set(&r.Quotes, b.Quotes)
			set(&r.RefundCloses, b.RefundCloses)
		}))
	})
}

func salesRulesAnswer(r billing.SalesRules, err error) (*salesRulesOutput, error) {
	if err != nil {
		return nil, err
	}
	return &salesRulesOutput{SalesRules(r)}, nil
}
