package adminapi

import (
	"context"
	"net/http"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// Offer makes a plan cheaper for a while.
type Offer struct {
	Code      string `json:"code" doc:"Its address is /offer/{code}"`
	Kind      string `json:"kind" enum:"signup,retention"`
	Plan      string `json:"plan,omitempty" doc:"The plan it is for; left out: every plan"`
	Version   int64  `json:"version"`
	Mirrored  bool   `json:"mirrored" doc:"Stripe was told of this version" etag:"-"`
	Taken     int64  `json:"taken" doc:"How often it was taken up" etag:"-"`
	Held      int64  `json:"held" doc:"By people who are at the payment page now" etag:"-"`
	State     string `json:"state" enum:"open,coming,over,used_up" etag:"-"`
	CreatedAt string `json:"created_at" format:"date-time"`
	OfferTerms
	OfferChange
}

// OfferTerms are what an offer gives. They never change.
type OfferTerms struct {
	Gift      string `json:"gift" enum:"percent,amount,trial"`
	Percent   int64  `json:"percent,omitempty" minimum:"0" maximum:"100"`
	Amount    int64  `json:"amount,omitempty" minimum:"0" doc:"In the smallest unit of the currency"`
	Currency  string `json:"currency,omitempty" maxLength:"3"`
	TrialDays int64  `json:"trial_days,omitempty" minimum:"0" maximum:"730"`
	Duration  string `json:"duration,omitempty" enum:"once,repeating,forever"`
	Months    int64  `json:"months,omitempty" minimum:"0" maximum:"36" doc:"Of repeating"`
}

// OfferChange is what may change of an offer.
type OfferChange struct {
	Name           string     `json:"name" maxLength:"40" doc:"Invoices show it"`
	Description    string     `json:"description,omitempty" maxLength:"500"`
	StartsAt       *time.Time `json:"starts_at,omitempty"`
	EndsAt         *time.Time `json:"ends_at,omitempty"`
	MaxRedemptions int64      `json:"max_redemptions,omitempty" minimum:"0" maximum:"1000000" doc:"Left out: no limit"`
	Archived       bool       `json:"archived,omitempty"`
}

func (s *service) offerOf(row billing.OfferRow) Offer {
	o := row.Offer
	return Offer{
		Code: o.Code, Kind: string(o.Kind), Plan: row.Plan, Version: o.Version, Mirrored: o.MirroredVersion == o.Version,
		Taken: row.Taken, Held: row.Held, State: string(row.State), CreatedAt: o.CreatedAt.Format(time.RFC3339),
		OfferTerms:  OfferTerms{string(o.Gift), o.Percent, o.Amount, o.Currency, o.TrialDays, string(o.Duration), o.Months},
		OfferChange: OfferChange{o.Name, o.Description, o.StartsAt, o.EndsAt, o.MaxRedemptions, o.Archived},
	}
}

func (c OfferChange) input(version int64) billing.OfferChange {
	return billing.OfferChange{
		Version: version, Name: c.Name, Description: c.Description, StartsAt: c.StartsAt, EndsAt: c.EndsAt, MaxRedemptions: c.MaxRedemptions, Archived: c.Archived,
	}
}

type (
	offersOutput struct {
		Body struct {
			Offers []Offer `json:"offers"`
		}
	}
	newOfferInput struct {
		Body struct {
			Code string `json:"code" maxLength:"40" doc:"3 to 40 letters and digits; never used twice"`
			Kind string `json:"kind" enum:"signup,retention"`
			Plan string `json:"plan,omitempty" maxLength:"64" doc:"Left out: every plan"`
			OfferTerms
			OfferChange
		}
	}
	offerInput struct {
		Code string `path:"code" maxLength:"40"`
		Body struct {
			Version int64 `json:"version,omitempty" doc:"The version the change was made from; left out, nothing is checked"`
			OfferChange
		}
	}
)

func (s *service) offers() {
	const tag = "Offers"
	add(s, route{method: http.MethodGet, path: "/offers", id: "list-offers", tag: tag, need: actor.PlansWrite, summary: "List all offers"}, s.listOffers)
	add(s, route{method: http.MethodPost, path: "/offers", id: "make-offer", tag: tag, need: actor.PlansWrite, status: http.StatusCreated,
		summary: "Make an offer", text: "Stripe learns of it within moments. What it gives never changes."}, s.makeOffer)
	add(s, route{method: http.MethodPut, path: "/offers/{code}", id: "change-offer", tag: tag, need: actor.PlansWrite,
		summary: "Change an offer's words, dates and limit"}, s.changeOffer)
}

func (s *service) listOffers(ctx context.Context, _ *struct{}) (*offersOutput, error) {
	rows, err := s.Billing.Offers(ctx)
	if err != nil {
		return nil, err
	}
	var out offersOutput
	out.Body.Offers = make([]Offer, len(rows))
	for i, row := range rows {
		out.Body.Offers[i] = s.offerOf(row)
	}
	return &out, nil
}

func (s *service) makeOffer(ctx context.Context, in *newOfferInput) (*offersOutput, error) {
	b := in.Body
	_, err := s.Billing.MakeOffer(ctx, billing.OfferInput{
		Code: b.Code, Kind: billing.OfferKind(b.Kind), Plan: b.Plan, OfferChange: b.input(0),
		Terms: billing.Terms{
			Gift: billing.Gift(b.Gift), Percent: b.Percent, Amount: b.Amount, Currency: b.Currency, TrialDays: b.TrialDays,
			Duration: billing.Duration(b.Duration), Months: b.Months,
		},
	})
	if err != nil {
		return nil, err
	}
	return s.listOffers(ctx, nil)
}

func (s *service) changeOffer(ctx context.Context, in *offerInput) (*offersOutput, error) {
	if _, err := s.Billing.ChangeOffer(ctx, in.Code, in.Body.input(in.Body.Version)); err != nil {
		return nil, err
	}
	return s.listOffers(ctx, nil)
}

// Selling is what the owner decides about the payment page.
type Selling struct {
	AutomaticTax bool   `json:"automatic_tax" doc:"Stripe Tax adds what is due where the payer lives"`
	TaxIDs       bool   `json:"tax_ids" doc:"Companies may type their tax number"`
	PromotionBox bool   `json:"promotion_box" doc:"The payment page has a box for codes, unless an offer is applied already"`
	AccountFirst bool   `json:"account_first" doc:"Who buys signs in before the payment page"`
	Currency     string `json:"currency" maxLength:"3" doc:"The page of plans begins with it; empty: that of the first price"`
}

type (
	sellingOutput struct{ Body Selling }
	sellingInput  struct{ Body Selling }
)

func (s *service) selling() {
	const tag = "Offers"
	add(s, route{method: http.MethodGet, path: "/selling", id: "get-selling", tag: tag, need: actor.NotesRead, summary: "How subscriptions are sold"}, s.getSelling)
	add(s, route{method: http.MethodPut, path: "/selling", id: "put-selling", tag: tag, need: actor.SettingsWrite, summary: "Decide how subscriptions are sold"}, s.putSelling)
}

func (s *service) getSelling(ctx context.Context, _ *struct{}) (*sellingOutput, error) {
	x, err := s.Billing.Selling(ctx)
	return &sellingOutput{Selling(x)}, err
}

func (s *service) putSelling(ctx context.Context, in *sellingInput) (*sellingOutput, error) {
	x, err := s.Billing.ChangeSelling(ctx, func(old *billing.Selling) { *old = billing.Selling(in.Body) })
	if err != nil {
		return nil, err
	}
	return &sellingOutput{Selling(x)}, nil
}
