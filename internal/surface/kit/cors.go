package kit

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Origins tells from where browsers may call: the origins that front ends are
// listed with, and whether there is one that may be anywhere.
type Origins func(ctx context.Context) (listed []string, anywhere bool, err error)

// CORS lets pages of other origins call an API (https://fetch.spec.whatwg.org/#http-cors-protocol).
type CORS struct {
	Own     string // origin of this server, which needs no leave
	Origins Origins
	// Public lets any origin read what is for everybody, as long as a front end
	// may be anywhere. A listed origin may send credentials; any other never.
	Public  bool
	Methods string // such as "GET, HEAD"
}

// How long browsers remember the answer to a preflight: two hours, which is as
// long as any of them does.
const preflightAge = "7200"

// What pages may send, and what they may read of an answer.
const (
	corsSend = "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-Modified-Since, If-None-Match, X-Api-Key"
	corsRead = "Deprecation, ETag, Last-Modified, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Sunset, WWW-Authenticate, X-Request-Id"
)

const (
	foreignKey = "foreign_origin"
	listedKey  = "listed_origin"
)

// Foreign is the origin of a page of another site that calls; "" when none does.
func Foreign(c *fiber.Ctx) string {
	origin, _ := c.Locals(foreignKey).(string)
	return origin
}

// Listed tells whether the page that calls is of an origin that a front end is
// listed with.
func Listed(c *fiber.Ctx) bool { return c.Locals(listedKey) != nil }

// Guard answers preflights and gives leave to read answers.
func (o CORS) Guard(c *fiber.Ctx) error {
	Vary(c, fiber.HeaderOrigin)
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" || strings.EqualFold(origin, o.Own) {
		return c.Next()
	}
	listed, anywhere, err := o.Origins(c.UserContext())
	if err != nil {
		return err
	}
	c.Locals(foreignKey, origin)
	known := slices.Contains(listed, origin)
	switch {
	case known:
		c.Locals(listedKey, true)
		c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
		c.Set(fiber.HeaderAccessControlAllowCredentials, "true")
	case o.Public && anywhere:
		c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	}
	if c.Method() == http.MethodOptions && c.Get(fiber.HeaderAccessControlRequestMethod) != "" {
		return o.preflight(c, known || o.Public && anywhere)
	}
	c.Set(fiber.HeaderAccessControlExposeHeaders, corsRead)
	return c.Next()
}

// preflight says what may be sent. A browser shows no key with it, so what the
// key allows is seen when it calls.
func (o CORS) preflight(c *fiber.Ctx, allowed bool) error {
	Vary(c, fiber.HeaderAccessControlRequestMethod)
	Vary(c, fiber.HeaderAccessControlRequestHeaders)
	if allowed {
		c.Set(fiber.HeaderAccessControlAllowMethods, o.Methods)
		c.Set(fiber.HeaderAccessControlAllowHeaders, corsSend)
		c.Set(fiber.HeaderAccessControlMaxAge, preflightAge)
	}
	return c.SendStatus(http.StatusNoContent)
}
