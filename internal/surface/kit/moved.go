package kit

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
)

// Moved leads from an address that was, to the one that is. Browsers would
// keep it for ever; an address may come back.
func Moved(c *fiber.Ctx, to string) error {
	if len(c.Response().Header.Peek(fiber.HeaderCacheControl)) == 0 { // else the answer is for who asks alone
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	}
	return c.Redirect(to, http.StatusMovedPermanently)
}
