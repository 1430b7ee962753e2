package memberapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// Choice is one thing a subscription may be changed to.
type Choice struct {
	Plan     string `json:"plan" doc:"Slug"`
	PlanName string `json:"plan_name"`
	Interval string `json:"interval"`
	Amount   int64  `json:"amount" doc:"For one, in the smallest unit"`
	Currency string `json:"currency"`
	Current  bool   `json:"current"`
}

type choicesOutput struct {
	Body struct {
		Choices []Choice `json:"choices"`
	}
}

func (s *service) listChoices(ctx context.Context, member uuid.UUID, in *subscriptionID) (*choicesOutput, error) {
	all, err := s.Billing.Choices(ctx, member, in.ID)
	if err != nil {
		return nil, err
	}
	out := &choicesOutput{}
	out.Body.Choices = []Choice{}
	for _, c := range all {
		out.Body.Choices = append(out.Body.Choices, Choice{c.Plan.Slug, c.Plan.Name, string(c.Price.Interval), c.Price.Amount, c.Price.Currency, c.Current})
	}
	return out, nil
}

// Wanted is what a member wants instead.
type Wanted struct {
	Plan     string `json:"plan,omitempty" maxLength:"100" doc:"Slug; absent keeps it"`
	Interval string `json:"interval,omitempty" enum:"month,year" doc:"Absent keeps it"`
	Quantity int64  `json:"quantity,omitempty" minimum:"1" maximum:"10000" doc:"Absent keeps it"`
}

func (w Wanted) input(member, subscription uuid.UUID) billing.ChangeInput {
	return billing.ChangeInput{Member: member, Subscription: subscription, Plan: w.Plan, Interval: billing.Interval(w.Interval), Quantity: w.Quantity}
}

// Preview is what a change costs.
type Preview struct {
	Plan          string        `json:"plan"`
	Interval      string        `json:"interval"`
	Quantity      int64         `json:"quantity"`
	Same          bool          `json:"same" doc:"There is nothing to change"`
	ProrationDate time.Time     `json:"proration_date" doc:"Send it back with the change"`
	Lines         []PreviewLine `json:"lines"`
	Tax           int64         `json:"tax"`
	Due           int64         `json:"due" doc:"Charged now. Send it back with the change"`
	Credit        int64         `json:"credit" doc:"Left over for the next bills"`
	Currency      string        `json:"currency"`
	NextAt        time.Time     `json:"next_at"`
	NextAmount    int64         `json:"next_amount" doc:"At the list price, before credit and tax"`
}

// PreviewLine is one amount; below zero is credit.
type PreviewLine struct {
	Text   string `json:"text"`
	Amount int64  `json:"amount"`
}

type (
	previewInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body Wanted
	}
	previewOutput struct{ Body Preview }
	changeInput   struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Wanted
			ProrationDate time.Time `json:"proration_date" doc:"Of the preview"`
			Due           int64     `json:"due" doc:"Of the preview"`
		}
	}
)

func (s *service) previewChange(ctx context.Context, member uuid.UUID, in *previewInput) (*previewOutput, error) {
	p, err := s.Billing.PreviewChange(ctx, in.Body.input(member, in.ID))
	if err != nil {
		return nil, err
	}
	out := Preview{
		Interval: string(p.Price.Interval), Quantity: p.Quantity, Same: p.Same, ProrationDate: p.At, Lines: []PreviewLine{}, Tax: p.Tax, Due: p.Due,
		Credit: p.Credit, Currency: p.Currency, NextAt: p.NextAt, NextAmount: p.NextAmount,
	}
	if p.Plan != nil {
		out.Plan = p.Plan.Slug
	}
	for _, l := range p.Lines {
		out.Lines = append(out.Lines, PreviewLine(l))
	}
	return &previewOutput{out}, nil
}

func (s *service) changeSubscription(ctx context.Context, member uuid.UUID, in *changeInput) (*subscriptionOutput, error) {
	wish := in.Body.input(member, in.ID)
	wish.At, wish.Due = in.Body.ProrationDate, in.Body.Due
	sub, err := s.Billing.Change(ctx, wish)
	return s.after(ctx, member, sub, err)
}

// RetentionOffer is what is offered to who is about to leave.
type RetentionOffer struct {
	Code        string `json:"code"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Gift        string `json:"gift" enum:"percent,amount,trial"`
	Percent     int64  `json:"percent,omitempty"`
	Amount      int64  `json:"amount,omitempty"`
	Currency    string `json:"currency,omitempty"`
	TrialDays   int64  `json:"trial_days,omitempty"`
	Duration    string `json:"duration,omitempty" enum:"once,repeating,forever"`
	Months      int64  `json:"months,omitempty"`
}

type (
	offerOutput struct {
		Body struct {
			Offer *RetentionOffer `json:"offer,omitempty"`
		}
	}
	takeOfferInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Code string `json:"code" maxLength:"40"`
		}
	}
)

func (s *service) retentionOffer(ctx context.Context, member uuid.UUID, in *subscriptionID) (*offerOutput, error) {
	o, err := s.Billing.RetentionOffer(ctx, member, in.ID)
	if err != nil {
		return nil, err
	}
	out := &offerOutput{}
	if o != nil {
		t := o.Terms
		out.Body.Offer = &RetentionOffer{o.Code, o.Name, o.Description, string(t.Gift), t.Percent, t.Amount, t.Currency, t.TrialDays, string(t.Duration), t.Months}
	}
	return out, nil
}

func (s *service) takeOffer(ctx context.Context, member uuid.UUID, in *takeOfferInput) (*subscriptionOutput, error) {
	_, err := s.Billing.ApplyRetentionOffer(ctx, member, in.ID, in.Body.Code)
	return s.after(ctx, member, &billing.Subscription{ID: in.ID}, err)
}
