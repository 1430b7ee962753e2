package memberapi

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Library finds the notes that are sold one by one.
type Library interface {
	Note(ctx context.Context, slug string) (*content.Teaser, error)
	Version(ctx context.Context, slug string, number int) (*content.Teaser, error)
	ByID(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]*content.Summary, error)
	Catalogue(ctx context.Context) (*content.Catalogue, error)
}

// Gatekeeper decides.
type Gatekeeper interface {
	Decide(ctx context.Context, g access.Gate, r access.Reader) (access.Decision, error)
}

// purchases registers what a member may buy. All of it is paid on a page of
// Stripe's: no card ever passes here.
func (s *service) purchases() {
	const there = "Send the buyer to url. They come back to return_to: after paying with session_id in its query, which can be asked about, and without it when they turn back. " +
		"return_to is a path of the portal, or an address that the content key in X-Api-Key allows, or one at a front end that the configuration names; any other is refused. "
	operate(s, verb{method: http.MethodPost, path: "/checkout", id: "start-checkout", status: http.StatusCreated, errors: []int{400, 403, 404, 409, 410, 422, 503},
		summary: "Open the payment page for a plan", text: there + "The same wish again is the same page; another wish closes the page opened before. " +
			"409 already_subscribed: change the subscription instead. 410 plan_archived: it is not sold any more."}, s.startCheckout)
	operate(s, verb{method: http.MethodPost, path: "/notes/{slug}/checkout", id: "start-note-checkout", status: http.StatusCreated, errors: []int{400, 403, 404, 409, 410, 422, 503},
		summary: "Open the payment page for one note", text: there + "What is bought stays bought. 404 not_for_sale: the note has no price. " +
			"409 readable_already or already_bought: there is nothing to buy."}, s.startNoteCheckout)
	operate(s, verb{method: http.MethodGet, path: "/checkout/{session}", id: "get-checkout", errors: []int{404, 422, 503},
		summary: "What became of a visit to the payment page", text: "Stripe is asked at once, so the answer does not wait for any webhook. It may be asked any number of times."}, s.getCheckout)
}

type (
	checkoutInput struct {
		ByKey
		Body struct {
			Plan     string `json:"plan" maxLength:"100" doc:"Slug"`
			Interval string `json:"interval" enum:"month,year,once" doc:"once is paid one time, for a term of months"`
			Months   int64  `json:"months,omitempty" minimum:"1" maximum:"120" doc:"With once; absent is the shortest term"`
			Currency string `json:"currency,omitempty" maxLength:"3" doc:"Absent is the publication's first"`
			Quantity int64  `json:"quantity,omitempty" minimum:"1" maximum:"10000" doc:"Of a plan sold by the seat; absent is the fewest"`
			Offer    string `json:"offer,omitempty" maxLength:"40" doc:"A code"`
			ReturnTo string `json:"return_to,omitempty" maxLength:"1024" doc:"Absent is the portal's account page"`
		}
	}
	noteCheckoutInput struct {
		ByKey
		Slug string `path:"slug" maxLength:"96"`
		Body struct {
			ReturnTo string `json:"return_to,omitempty" maxLength:"1024" doc:"Absent is the note's page on the portal"`
		}
	}
	checkoutOutput struct {
		Body struct {
			URL string `json:"url" doc:"The payment page. It is for this buyer alone"`
		}
	}
)

func openedAt(address string, err error) (*checkoutOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &checkoutOutput{}
	out.Body.URL = address
	return out, nil
}

func (s *service) startCheckout(ctx context.Context, member uuid.UUID, in *checkoutInput) (*checkoutOutput, error) {
	b := in.Body
	if b.ReturnTo == "" {
		b.ReturnTo = "/account"
	}
	ways, err := s.ways(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	return openedAt(s.Billing.StartCheckout(ctx, billing.CheckoutInput{
		Member: member, PlanSlug: b.Plan, Interval: billing.Interval(b.Interval), Months: b.Months, Currency: b.Currency,
		Quantity: b.Quantity, Offer: b.Offer, ReturnTo: b.ReturnTo, Ways: ways,
	}))
}

var (
	errReadable   = fault.New(fault.Conflict, "readable_already", "This note is open to you already. There is nothing to buy.")
	errNotForSale = fault.New(fault.NotFound, "not_for_sale", "This is not sold.")
)

func (s *service) startNoteCheckout(ctx context.Context, member uuid.UUID, in *noteCheckoutInput) (*checkoutOutput, error) {
	note, err := s.note(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	d, err := s.Gatekeeper.Decide(ctx, note.Access(), access.Reader{Member: member, Epoch: kit.VisitorOf(kit.Ctx(ctx)).Epoch})
	switch {
	case err != nil:
		return nil, err
	case d.Full():
		return nil, errReadable
	case !d.MayBuy():
		return nil, errNotForSale
	}
	back := in.Body.ReturnTo
	if back == "" {
		back = "/notes/" + note.Slug
	}
	ways, err := s.ways(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	return openedAt(s.Billing.BuyNote(ctx, billing.BuyNoteInput{Member: member, Note: note.ID, Title: note.Title, ReturnTo: back, Ways: ways}))
}

// note finds a note, also by an address that it had before.
func (s *service) note(ctx context.Context, slug string) (*content.Teaser, error) {
	note, err := s.Library.Note(ctx, slug)
	var moved *content.Moved
	if errors.As(err, &moved) {
		return s.Library.Note(ctx, moved.Slug)
	}
	return note, err
}

// Visit is what became of a visit to the payment page.
type Visit struct {
	State string     `json:"state" enum:"active,processing,failed,open,expired,closed" doc:"active: what was bought is open; processing: the payment, such as a bank debit, takes days; failed: it did not arrive; open: nothing was paid, and url is where it can be; expired: the page was closed unpaid; closed: it was bought and is not open any more"`
	Plan  string     `json:"plan,omitempty" doc:"Slug of the plan that was bought"`
	Note  string     `json:"note,omitempty" format:"uuid" doc:"Id of the note that was bought"`
	Gift  string     `json:"gift,omitempty" format:"uuid" doc:"Id of the present that was bought"`
	URL   string     `json:"url,omitempty" doc:"The payment page, while it is open"`
	Until *time.Time `json:"until,omitempty" doc:"When what was paid once ends"`
}

type (
	visitInput struct {
		Session string `path:"session" maxLength:"255" doc:"session_id, as the buyer brought it back"`
	}
	visitOutput struct{ Body Visit }
)

var errNoVisit = fault.New(fault.NotFound, "checkout_not_found", "There is no such visit to the payment page.")

func (s *service) getCheckout(ctx context.Context, member uuid.UUID, in *visitInput) (*visitOutput, error) {
	r, err := s.Billing.FinishCheckout(ctx, in.Session, member)
	if err != nil {
		return nil, err
	}
	if r.State != billing.ReturnNotYours {
		return &visitOutput{Visit{State: string(r.State), Plan: r.Plan, URL: r.URL, Until: r.Until}}, nil
	}
	once, err := s.Billing.FinishSale(ctx, in.Session, billing.OfMember(member))
	if err != nil {
		return nil, err
	}
	if once.State == billing.ReturnNotYours {
		return nil, errNoVisit
	}
	return &visitOutput{Visit{State: string(once.State), Note: once.Note, Gift: once.Gift, URL: once.URL}}, nil
}
