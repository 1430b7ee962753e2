package memberapi

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/surface/kit"
)

// visitors finds out who asks: by token for other front ends, by the portal's
// cookie for pages of the same site. A cookie comes along by itself, so with one
// a request from another site is refused; a token does not. First of all it is
// settled from where they come.
func visitors(d Deps) []kit.Step {
	same, cookie, bearer := kit.SameOrigin(), kit.Cookie(d.Jar, kit.MemberCookie, d.Member), kit.Bearer(d.Member)
	byCookie := func(c *fiber.Ctx) bool {
		return c.Get(fiber.HeaderAuthorization) == "" && d.Jar.Get(c, kit.MemberCookie) != ""
	}
	riding := func(step kit.Step) kit.Step {
		return func(c *fiber.Ctx) error {
			if byCookie(c) {
				return step(c)
			}
			return nil
		}
	}
	return []kit.Step{kit.Vouched(d.Key), riding(same), riding(cookie), bearer}
}
