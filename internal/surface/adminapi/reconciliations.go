package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// Reconciliation is one comparison of the mirror with Stripe.
type Reconciliation struct {
	ID        string     `json:"id" format:"uuid"`
	Mode      string     `json:"mode" enum:"dry_run,repair"`
	State     string     `json:"state" enum:"queued,running,done,failed"`
	AskedBy   string     `json:"asked_by"`
	Checked   int64      `json:"checked" doc:"Subscriptions so far"`
	Foreign   int64      `json:"foreign" doc:"Of them, those of somebody else on the same account"`
	Changed   int64      `json:"changed" doc:"Subscriptions put right"`
	Error     string     `json:"error,omitempty" doc:"Code of what stopped it"`
	CreatedAt time.Time  `json:"created_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty"`
	Findings  []Finding  `json:"findings,omitempty" doc:"Only when one comparison is asked for; at most 1000"`
}

// Finding is one way in which mirror and Stripe did not agree.
type Finding struct {
	Difference string `json:"difference" enum:"paid_without_access,access_without_payment,purchase_missed,purchase_paid_back,several_open,missing_there,unknown_price,plan_differed,amount_differed,bill_differed,customer_deleted,status_differed,missing_here,details_differed"`
	StripeID   string `json:"stripe_id"`
	MemberID   string `json:"member_id,omitempty"`
	Was        string `json:"was" doc:"What stood here"`
	Is         string `json:"is" doc:"What Stripe says"`
	Repaired   bool   `json:"repaired"`
	ByMachine  bool   `json:"by_machine" doc:"A repair puts it right"`
	WhatToDo   string `json:"what_to_do,omitempty" doc:"For those that no machine puts right"`
}

type (
	reconciliationsOutput struct {
		Body struct {
			Reconciliations []Reconciliation `json:"reconciliations"`
		}
	}
	reconciliationOutput struct{ Body Reconciliation }
	reconciliationID     struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	startReconciliationInput struct {
		Body struct {
			Mode string `json:"mode" enum:"dry_run,repair"`
		}
	}
)

func (s *service) reconciliations() {
	const tag = "Income"
	add(s, route{method: http.MethodGet, path: "/reconciliations", id: "list-reconciliations", tag: tag, need: actor.OperationsWrite,
		summary: "List comparisons with Stripe", text: "The newest twenty; one runs each night by itself."}, s.listReconciliations)
	add(s, route{method: http.MethodPost, path: "/reconciliations", id: "start-reconciliation", tag: tag, need: actor.OperationsWrite, status: http.StatusAccepted,
		summary: "Compare with Stripe", text: "A job does it; ask for the comparison again to see how far it is. One runs at a time."}, s.startReconciliation)
	add(s, route{method: http.MethodGet, path: "/reconciliations/{id}", id: "get-reconciliation", tag: tag, need: actor.OperationsWrite,
		summary: "Get a comparison with what it found"}, func(ctx context.Context, in *reconciliationID) (*reconciliationOutput, error) {
		run, err := s.Billing.Reconciliation(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &reconciliationOutput{reconciliationOf(*run)}, nil
	})
}

func (s *service) listReconciliations(ctx context.Context, _ *struct{}) (*reconciliationsOutput, error) {
	runs, err := s.Billing.Reconciliations(ctx, 20)
	if err != nil {
		return nil, err
	}
	var out reconciliationsOutput
	out.Body.Reconciliations = []Reconciliation{}
	for _, r := range runs {
		out.Body.Reconciliations = append(out.Body.Reconciliations, reconciliationOf(r))
	}
	return &out, nil
}

func (s *service) startReconciliation(ctx context.Context, in *startReconciliationInput) (*reconciliationOutput, error) {
	run, err := s.Billing.AskReconcile(ctx, billing.Mode(in.Body.Mode))
	if err != nil {
		return nil, err
	}
	return &reconciliationOutput{reconciliationOf(*run)}, nil
}

func reconciliationOf(r billing.Reconciliation) Reconciliation {
	out := Reconciliation{
		ID: r.ID.String(), Mode: string(r.Mode), State: string(r.State), AskedBy: r.AskedBy, Checked: r.Checked, Foreign: r.Foreign,
		Changed: r.Changed, Error: r.Error, CreatedAt: r.CreatedAt, EndedAt: r.EndedAt,
	}
	for _, f := range r.Findings {
		x := Finding{
			Difference: string(f.Difference), StripeID: f.StripeID, Was: f.Was, Is: f.IsNow, Repaired: f.Repaired,
			ByMachine: f.Difference.ByMachine(), WhatToDo: billing.WhatToDo(f.Difference),
		}
		if f.OwnerID.Valid && f.OwnerKind == billing.MemberOwner {
			x.MemberID = f.OwnerID.UUID.String()
		}
		out.Findings = append(out.Findings, x)
	}
	return out
}
