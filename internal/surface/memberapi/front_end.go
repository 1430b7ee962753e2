package memberapi

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

var (
	errNoKey    = fault.New(fault.Unauthenticated, "content_key_required", "Send a content key in X-Api-Key.")
	errWrongKey = fault.New(fault.Forbidden, "wrong_key", "This key is not a front end's.")
	errNoCookie = fault.New(fault.Forbidden, "cookie_refused", "A cookie is set for pages of the same site only: on the portal's own origin, or on one that the content key names. Use tokens.")
)

// ByServer says for whom the server of a front end asks. The handlers do not read
// it: kit.Vouched did before them, at every operation.
type ByServer struct {
	ServerKey string `header:"X-Server-Key" maxLength:"200" doc:"Of a front end that calls from its own server: a key with the scope visitors.address. Never in a browser" example:"lt_server_4kTz…"`
	Visitor   string `header:"X-Visitor-Address" maxLength:"45" doc:"With X-Server-Key: the address of the visitor for whom the server asks, which then counts instead of the server's" example:"203.0.113.7"`
}

// frontEnd finds out which front end asks.
func (s *service) frontEnd(ctx context.Context, key string) (kit.Visitor, error) {
	if key == "" {
		return kit.Visitor{}, errNoKey
	}
	at, err := s.Key(ctx, key)
	if err == nil && !at.Actor.Can(actor.ContentRead) {
		err = errWrongKey
	}
	return at, err
}

// ways are the return addresses of the front end whose key was sent, if any.
func (s *service) ways(ctx context.Context, key string) ([]string, error) {
	if key == "" {
		return nil, nil
	}
	at, err := s.frontEnd(ctx, key)
	return at.FrontEnd.ReturnAddresses, err
}

// mayHaveCookie refuses to set the cookie for a page that is not ours: whoever
// sets it signs the browser in, and a stranger would sign readers in as
// themselves. Browsers say truthfully where a request comes from
// (https://www.w3.org/TR/fetch-metadata/); who does not say it is no browser, and has
// no use for a cookie.
func (s *service) mayHaveCookie(ctx context.Context, mode, key string) error {
	if mode != modeCookie {
		return nil
	}
	c := kit.Ctx(ctx)
	origin := c.Get(fiber.HeaderOrigin)
	if origin == s.BaseURL {
		return nil
	}
	if c.Get("Sec-Fetch-Site") != "same-site" {
		return errNoCookie
	}
	at, err := s.frontEnd(ctx, key)
	if err != nil {
		return err
	}
	if !slices.Contains(at.FrontEnd.Origins, origin) {
		return errNoCookie
	}
	return nil
}
