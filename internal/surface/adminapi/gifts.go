package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Gift is a present that was sold. Its code is never shown in full: who has it
// has the present.
type Gift struct {
	ID            string     `json:"id" format:"uuid"`
	State         string     `json:"state" enum:"paid,delivered,redeemed,expired,revoked" doc:"As of now; paid waits for its day, expired was not redeemed in time, revoked was paid back"`
	CodeBegins    string     `json:"code_begins" doc:"The first four characters of the code"`
	Plan          string     `json:"plan" doc:"Slug"`
	PlanName      string     `json:"plan_name"`
	Months        int        `json:"months"`
	Amount        int64      `json:"amount" doc:"Paid for it, in the smallest unit"`
	Currency      string     `json:"currency"`
	GiverID       string     `json:"giver_id" format:"uuid"`
	GiverName     string     `json:"giver_name"`
	Recipient     string     `json:"recipient" doc:"E-mail address"`
	RecipientName string     `json:"recipient_name"`
	DeliverAt     time.Time  `json:"deliver_at" doc:"The day the buyer chose"`
	PaidAt        *time.Time `json:"paid_at,omitempty"`
	DeliveredAt   *time.Time `json:"delivered_at,omitempty"`
	ExpiresAt     *time.Time `json:"expires_at,omitempty"`
	RedeemedAt    *time.Time `json:"redeemed_at,omitempty"`
	RedeemedBy    string     `json:"redeemed_by,omitempty" format:"uuid" doc:"Member"`
	RefundedAt    *time.Time `json:"refunded_at,omitempty" doc:"When all of it was paid back, also where the owner lets it stay"`
}

type (
	giftsInput struct {
		State  string `query:"state" enum:"paid,delivered,redeemed,expired,revoked"`
		Cursor string `query:"cursor" maxLength:"36"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	giftsOutput struct {
		Body struct {
			Gifts []Gift `json:"gifts"`
			Next  string `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
)

func (s *service) gifts() {
	add(s, route{method: http.MethodGet, path: "/gifts", id: "list-gifts", tag: "Orders", need: actor.MembersRead,
		summary: "List presents that were sold", text: "Newest first."}, s.listGifts)
}

func (s *service) listGifts(ctx context.Context, in *giftsInput) (*giftsOutput, error) {
	below, err := belowID(in.Cursor)
	if err != nil {
		return nil, err
	}
	page, more, err := s.Billing.Presents(ctx, billing.GiftState(in.State), below, in.Limit)
	if err != nil {
		return nil, err
	}
	var out giftsOutput
	out.Body.Gifts = make([]Gift, len(page))
	for i, g := range page {
		out.Body.Gifts[i] = giftOf(g)
	}
	if more {
		out.Body.Next = page[len(page)-1].ID.String()
	}
	return &out, nil
}

func giftOf(g billing.SoldPresent) Gift {
	out := Gift{
		ID: g.ID.String(), State: string(g.Standing), CodeBegins: g.CodeBegins, Months: g.Months, Amount: g.Amount, Currency: g.Currency,
		GiverID: g.GiverID.String(), GiverName: g.GiverName, Recipient: g.Recipient, RecipientName: g.RecipientName, DeliverAt: g.DeliverAt,
		PaidAt: g.PaidAt, DeliveredAt: g.DeliveredAt, ExpiresAt: g.ExpiresAt, RedeemedAt: g.RedeemedAt, RefundedAt: g.RefundedAt,
	}
	if g.RedeemedBy != nil {
		out.RedeemedBy = g.RedeemedBy.String()
	}
	if g.Plan != nil {
		out.Plan, out.PlanName = g.Plan.Slug, g.Plan.Name
	}
	return out
}

// belowID reads a cursor that is the id of the last row before; Nil for the
// first page.
func belowID(cursor string) (uuid.UUID, error) {
	if cursor == "" {
		return uuid.Nil, nil
	}
	id, err := uuid.Parse(cursor)
	if err != nil || id == uuid.Nil {
		return uuid.Nil, errNoPage()
	}
	return id, nil
}

func errNoPage() error {
	var f fault.Fields
	f.Add("cursor", "bad_cursor", "This page of the list does not exist.")
	return f.Err()
}
