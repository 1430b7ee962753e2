package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// Term is a member's right to read from one date to another.
type Term struct {
	ID         string     `json:"id" format:"uuid"`
	Version    int64      `json:"version"`
	Plan       string     `json:"plan" doc:"Slug; empty is every plan"`
	PlanName   string     `json:"plan_name"`
	Source     string     `json:"source" enum:"manual,complimentary,gift,purchase,order" doc:"Where it comes from; purchase was paid once, order by invoice"`
	State      string     `json:"state" enum:"coming,open,unpaid,ended,revoked" etag:"-"`
	StartsAt   time.Time  `json:"starts_at"`
	EndsAt     time.Time  `json:"ends_at" doc:"The moment itself is outside"`
	OpenUntil  *time.Time `json:"open_until,omitempty" doc:"Not paid yet: it opens until then only"`
	Seats      int64      `json:"seats"`
	Reference  string     `json:"reference"`
	Remark     string     `json:"remark"`
	Amount     int64      `json:"amount" doc:"In the smallest unit of the currency"`
	Currency   string     `json:"currency"`
	GivenBy    string     `json:"given_by"`
	CreatedAt  time.Time  `json:"created_at"`
	RevokedAt  *time.Time `json:"revoked_at,omitempty"`
	RevokedBy  string     `json:"revoked_by,omitempty"`
	RevokedWhy string     `json:"revoked_why,omitempty"`
}

func termOf(t *billing.Term, now time.Time) Term {
	out := Term{
		ID: t.ID.String(), Version: t.Version, Source: string(t.Source), State: string(t.State(now)), StartsAt: t.StartsAt, EndsAt: t.EndsAt,
		OpenUntil: t.OpenUntil, Seats: t.Seats, Reference: t.Reference, Remark: t.Remark, Amount: t.Amount, Currency: t.Currency,
		GivenBy: t.GivenByName, CreatedAt: t.CreatedAt, RevokedAt: t.RevokedAt, RevokedBy: t.RevokedByName, RevokedWhy: t.RevokedWhy,
	}
	if t.Plan != nil {
		out.Plan, out.PlanName = t.Plan.Slug, t.Plan.Name
	}
	return out
}

type (
	termsOutput struct {
		Body struct {
			Terms []Term `json:"terms"`
		}
	}
	termOutput struct{ Body Term }
	giveInput  struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Source    string     `json:"source" enum:"manual,complimentary" doc:"manual was paid outside of Stripe, such as by bank transfer"`
			Plan      string     `json:"plan,omitempty" maxLength:"64" doc:"Slug; left out, every plan"`
			StartsAt  *time.Time `json:"starts_at,omitempty" doc:"Now, when left out"`
			EndsAt    time.Time  `json:"ends_at" doc:"The moment itself is outside"`
			Seats     int64      `json:"seats,omitempty" minimum:"0" maximum:"100000"`
			Reference string     `json:"reference,omitempty" maxLength:"800" doc:"Order number, bank transfer"`
			Remark    string     `json:"remark,omitempty" maxLength:"8000"`
			Amount    int64      `json:"amount,omitempty" minimum:"0" doc:"What was paid, in the smallest unit of the currency"`
			Currency  string     `json:"currency,omitempty" maxLength:"3"`
			PayBy     *time.Time `json:"pay_by,omitempty" doc:"When the bill is due that was sent outside of Stripe; left out, nothing is owed"`
			Meanwhile bool       `json:"open_meanwhile,omitempty" doc:"It opens at its start, and closes when the bill is overdue by the rules of sale; else it opens once it is paid"`
		}
	}
	changeTermInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Version   int64      `json:"version,omitempty" doc:"The version the change was made from; left out, nothing is checked"`
			StartsAt  *time.Time `json:"starts_at,omitempty"`
			EndsAt    *time.Time `json:"ends_at,omitempty"`
			Reference *string    `json:"reference,omitempty" maxLength:"800"`
			Remark    *string    `json:"remark,omitempty" maxLength:"8000"`
			Paid      bool       `json:"paid,omitempty" doc:"The bill was paid: the term opens to its end"`
		}
	}
	revokeTermInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Why string `json:"why,omitempty" maxLength:"2000"`
		}
	}
)

func (s *service) terms() {
	const tag = "Members"
	add(s, route{method: http.MethodGet, path: "/members/{id}/terms", id: "list-terms", tag: tag, need: actor.MembersRead,
		summary: "List a member's dated rights", text: "Those that ended or were taken back, too."}, s.listTerms)
	add(s, route{method: http.MethodPost, path: "/members/{id}/terms", id: "give-term", tag: tag, need: actor.MembersWrite, status: http.StatusCreated,
		summary: "Give a member access from one date to another", text: "Terms may overlap: any open one opens."}, s.giveTerm)
	add(s, route{method: http.MethodPatch, path: "/terms/{id}", id: "change-term", tag: tag, need: actor.MembersWrite,
		summary: "Shorten, extend or describe a term"}, func(ctx context.Context, in *changeTermInput) (*termOutput, error) {
		b := in.Body
		return s.termAnswer(s.Billing.ChangeTerm(ctx, in.ID, billing.TermChange{
			Version: b.Version, StartsAt: b.StartsAt, EndsAt: b.EndsAt, Reference: b.Reference, Remark: b.Remark, Paid: b.Paid,
		}))
	})
	add(s, route{method: http.MethodPut, path: "/terms/{id}/revocation", id: "revoke-term", of: "/terms/{id}", tag: tag, need: actor.MembersWrite,
		summary: "Take a term back", text: "What it opened closes at the next request."}, func(ctx context.Context, in *revokeTermInput) (*termOutput, error) {
		return s.termAnswer(s.Billing.RevokeTerm(ctx, in.ID, in.Body.Why))
	})
}

func (s *service) termAnswer(t *billing.Term, err error) (*termOutput, error) {
	if err != nil {
		return nil, err
	}
	return &termOutput{termOf(t, s.Billing.Clock.Now())}, nil
}

func (s *service) listTerms(ctx context.Context, in *memberID) (*termsOutput, error) {
	if _, err := s.Identity.Member(ctx, in.ID); err != nil {
		return nil, err
	}
	terms, err := s.Billing.Terms(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var out termsOutput
	out.Body.Terms = make([]Term, len(terms))
	for i, t := range terms {
		out.Body.Terms[i] = termOf(t, s.Billing.Clock.Now())
	}
	return &out, nil
}

func (s *service) giveTerm(ctx context.Context, in *giveInput) (*termOutput, error) {
	b := in.Body
	give := billing.TermInput{
		Member: in.ID, Source: billing.TermSource(b.Source), PlanSlug: b.Plan, EndsAt: b.EndsAt, Seats: b.Seats,
		Reference: b.Reference, Remark: b.Remark, Amount: b.Amount, Currency: b.Currency,
	}
	if b.StartsAt != nil {
		give.StartsAt = *b.StartsAt
	}
	if give.OpenMeanwhile = b.Meanwhile; b.PayBy != nil {
		give.PayBy = *b.PayBy
	}
	return s.termAnswer(s.Billing.GiveTerm(ctx, give))
}
