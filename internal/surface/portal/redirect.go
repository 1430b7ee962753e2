package portal

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// followRedirects looks for a redirect when nothing was at an address. Pages
// always win, so a redirect can hide nothing and open nothing.
func (p *Portal) followRedirects(c *fiber.Ctx) error {
	err := c.Next()
	if err == nil || !lost(err) || kit.Probing(c) || strings.HasPrefix(c.Path(), "/api/") {
		return err
	}
	if c.Method() != http.MethodGet && c.Method() != http.MethodHead {
		return err
	}
	to, permanent, ok, failed := p.House.Follow(c.UserContext(), c.Path())
	if failed != nil || !ok {
		return err // a database that is away is told of by pages that need it
	}
	u, bad := url.Parse(to)
	if bad != nil {
		return err
	}
	status := http.StatusFound
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	if permanent {
		// Browsers would keep it for ever, also when staff takes it back.
		status = http.StatusMovedPermanently
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	}
	for _, name := range []string{fiber.HeaderETag, fiber.HeaderLastModified, fiber.HeaderSetCookie} {
		c.Response().Header.Del(name)
	}
	return c.Redirect(u.String(), status)
}

// lost tells whether an answer would say that nothing is at the address.
func lost(err error) bool {
	var fe *fiber.Error
	if errors.As(err, &fe) {
		return fe.Code == http.StatusNotFound
	}
	return fault.Of(err).Kind == fault.NotFound
}
