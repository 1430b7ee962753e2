package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
)

// Redirect leads from an address at which nothing is to another one.
type Redirect struct {
	ID        string    `json:"id" format:"uuid"`
	From      string    `json:"from" example:"/old-address" doc:"A path of the portal, decoded"`
	To        string    `json:"to" example:"/notes/film" doc:"A path of the portal, or an address that begins with https://"`
	Permanent bool      `json:"permanent" doc:"301, else 302"`
	CreatedBy string    `json:"created_by" doc:"Name of whoever made it"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

type (
	redirectsInput struct {
		Search string `query:"search" maxLength:"254" doc:"A part of either address"`
		Cursor string `query:"cursor" maxLength:"64"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	redirectsOutput struct {
		Body struct {
			Redirects []Redirect `json:"redirects"`
			Next      string     `json:"next,omitempty" doc:"Send it as cursor to get the following page"`
		}
	}
	redirectOutput      struct{ Body Redirect }
	createRedirectInput struct {
		Body struct {
			From      string `json:"from" maxLength:"1000"`
			To        string `json:"to" maxLength:"1000"`
			Permanent bool   `json:"permanent"`
		}
	}
	redirectID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	changeRedirectInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			From      *string `json:"from,omitempty" maxLength:"1000"`
			To        *string `json:"to,omitempty" maxLength:"1000"`
			Permanent *bool   `json:"permanent,omitempty"`
		}
	}
)

func (s *service) redirects() {
	const tag = "Redirects"
	add(s, route{method: http.MethodGet, path: "/redirects", id: "list-redirects", tag: tag, need: actor.SettingsWrite,
		summary: "List redirects", text: "Newest first."}, s.listRedirects)
	add(s, route{method: http.MethodPost, path: "/redirects", id: "create-redirect", tag: tag, need: actor.SettingsWrite, status: http.StatusCreated,
		summary: "Make a redirect", text: "Followed where nothing is: a page always wins. Refused when a page is at the address, or when it would lead back to itself. What stands behind a question mark is not handed on."},
		func(ctx context.Context, in *createRedirectInput) (*redirectOutput, error) {
			return redirectAnswer(s.House.CreateRedirect(ctx, publication.RedirectInput{From: &in.Body.From, To: &in.Body.To, Permanent: &in.Body.Permanent}))
		})
	add(s, route{method: http.MethodPatch, path: "/redirects/{id}", id: "change-redirect", tag: tag, need: actor.SettingsWrite,
		summary: "Change a redirect"}, func(ctx context.Context, in *changeRedirectInput) (*redirectOutput, error) {
		return redirectAnswer(s.House.ChangeRedirect(ctx, in.ID, publication.RedirectInput{From: in.Body.From, To: in.Body.To, Permanent: in.Body.Permanent}))
	})
	add(s, route{method: http.MethodDelete, path: "/redirects/{id}", id: "delete-redirect", tag: tag, need: actor.SettingsWrite, status: http.StatusNoContent,
		summary: "Delete a redirect"}, func(ctx context.Context, in *redirectID) (*None, error) {
		return &None{}, s.House.DeleteRedirect(ctx, in.ID)
	})
}

func redirectOf(r publication.Redirect) Redirect {
	return Redirect{
		ID: r.ID.String(), From: r.From, To: r.To, Permanent: r.Permanent, CreatedBy: r.CreatedByName, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}
}

func redirectAnswer(r publication.Redirect, err error) (*redirectOutput, error) {
	if err != nil {
		return nil, err
	}
	return &redirectOutput{redirectOf(r)}, nil
}

func (s *service) listRedirects(ctx context.Context, in *redirectsInput) (*redirectsOutput, error) {
	page, err := s.House.Redirects(ctx, publication.RedirectFilter{Search: in.Search, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	var out redirectsOutput
	out.Body.Next, out.Body.Redirects = page.Next, make([]Redirect, len(page.Redirects))
	for i, r := range page.Redirects {
		out.Body.Redirects[i] = redirectOf(r)
	}
	return &out, nil
}
