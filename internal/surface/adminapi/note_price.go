package adminapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// NotePrice is what a single note costs.
type NotePrice struct {
	Amount   int64  `json:"amount" doc:"In the smallest unit of the currency; 0: it is not sold on its own"`
	Currency string `json:"currency"`
}

type (
	notePriceOutput struct{ Body NotePrice }
	notePriceInput  struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Amount   int64  `json:"amount" minimum:"0"`
			Currency string `json:"currency,omitempty" maxLength:"3"`
		}
	}
)

func (s *service) notePrices() {
	const tag = "Notes"
	add(s, route{method: http.MethodGet, path: "/notes/{id}/price", id: "get-note-price", tag: tag, need: actor.NotesRead,
		summary: "Get what a note costs on its own"}, func(ctx context.Context, in *memberID) (*notePriceOutput, error) {
		return notePriceAnswer(s.Billing.NotePrice(ctx, in.ID))
	})
	add(s, route{method: http.MethodPut, path: "/notes/{id}/price", id: "put-note-price", tag: tag, need: actor.NotesPublish,
		summary: "Sell a note on its own", text: "It holds at once, for whoever buys from then on; an amount of 0 ends the sale. What was bought stays bought."},
		func(ctx context.Context, in *notePriceInput) (*notePriceOutput, error) {
			if _, err := s.Desk.Draft(ctx, in.ID); err != nil {
				return nil, err
			}
			return notePriceAnswer(s.Billing.PriceNote(ctx, in.ID, in.Body.Amount, in.Body.Currency))
		})
}

func notePriceAnswer(p *billing.NotePrice, err error) (*notePriceOutput, error) {
	if err != nil || p == nil {
		return &notePriceOutput{}, err
	}
	return &notePriceOutput{NotePrice{p.Amount, p.Currency}}, nil
}
