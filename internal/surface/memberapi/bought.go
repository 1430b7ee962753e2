package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"
)

// BoughtNote is a note that was bought by itself.
type BoughtNote struct {
	Note       string     `json:"note" format:"uuid"`
	Slug       string     `json:"slug,omitempty" doc:"Absent while the note is not published"`
	Title      string     `json:"title"`
	Amount     int64      `json:"amount"`
	Currency   string     `json:"currency"`
	PaidAt     time.Time  `json:"paid_at"`
	RefundedAt *time.Time `json:"refunded_at,omitempty"`
	Open       bool       `json:"open" doc:"It can be read"`
	Invoice    string     `json:"invoice,omitempty" format:"uuid" doc:"Id of its bill"`
}

// Present is a term of a plan that was given, or that the member redeemed.
type Present struct {
	Plan       string     `json:"plan" doc:"Slug"`
	Months     int        `json:"months"`
	State      string     `json:"state" enum:"paid,delivered,expired,redeemed,revoked" doc:"paid: it waits for its day; expired: nobody redeemed it in time; revoked: it was paid back"`
	Given      bool       `json:"given" doc:"The member gave it; otherwise they redeemed it"`
	Name       string     `json:"name,omitempty" doc:"Of whom it is for, or from"`
	DeliverAt  time.Time  `json:"deliver_at"`
	RedeemedAt *time.Time `json:"redeemed_at,omitempty"`
}

type purchasesOutput struct {
	Body struct {
		Notes    []BoughtNote `json:"notes"`
		Presents []Present    `json:"presents"`
	}
}

func (s *service) bought() {
	operate(s, verb{method: http.MethodGet, path: "/purchases", id: "list-purchases", summary: "Notes bought one by one, and presents given and redeemed",
		text: "Newest first. Presents that were never paid are left out."}, s.listPurchases)
}

func (s *service) listPurchases(ctx context.Context, member uuid.UUID, _ *struct{}) (out *purchasesOutput, err error) {
	out = &purchasesOutput{}
	if out.Body.Notes, err = s.boughtNotes(ctx, member); err != nil {
		return nil, err
	}
	out.Body.Presents, err = s.presents(ctx, member)
	return out, err
}

func (s *service) boughtNotes(ctx context.Context, member uuid.UUID) ([]BoughtNote, error) {
	notes, err := s.Billing.Purchases(ctx, member)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(notes))
	for i, n := range notes {
		ids[i] = n.Note
	}
	known, err := s.Library.ByID(ctx, ids...)
	out := make([]BoughtNote, 0, len(notes))
	for _, n := range notes {
		b := BoughtNote{Note: n.Note.String(), Title: n.Title, Amount: n.Amount, Currency: n.Currency, PaidAt: n.PaidAt, RefundedAt: n.RefundedAt, Open: n.Open}
		if note := known[n.Note]; note != nil {
			b.Slug, b.Title = note.Slug, note.Title
		}
		if n.Bill != nil {
			b.Invoice = n.Bill.ID.String()
		}
		out = append(out, b)
	}
	return out, err
}

func (s *service) presents(ctx context.Context, member uuid.UUID) ([]Present, error) {
	gave, err := s.Billing.GiftsOf(ctx, member)
	if err != nil {
		return nil, err
	}
	got, err := s.Billing.PresentsFor(ctx, member)
	if err != nil {
		return nil, err
	}
	out := make([]Present, 0, len(gave)+len(got))
	for i, g := range append(gave, got...) {
		p := Present{Months: g.Months, State: string(g.State), Given: i < len(gave), Name: g.GiverName, DeliverAt: g.DeliverAt, RedeemedAt: g.RedeemedAt}
		if g.Plan != nil {
			p.Plan = g.Plan.Slug
		}
		if p.Given {
			p.Name = g.RecipientName
		}
		if g.Expired(s.Now()) {
			p.State = "expired"
		}
		out = append(out, p)
	}
	return out, nil
}
