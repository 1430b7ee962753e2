package kit

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// Jar writes cookies that no script can read and no other site can use. Over
// TLS their names begin with __Host-, so that no other host can set them
// (RFC 6265bis, section 4.1.3.2).
type Jar struct{ https bool }

// NewJar makes a jar; https tells whether readers come over TLS.
func NewJar(https bool) Jar { return Jar{https} }

// Name is the full name of a cookie.
func (j Jar) Name(short string) string {
	if j.https {
		return "__Host-" + short
	}
	return short
}

// Get reads a cookie.
func (j Jar) Get(c *fiber.Ctx, short string) string { return c.Cookies(j.Name(short)) }

// Set writes a cookie that lives for the given time.
func (j Jar) Set(c *fiber.Ctx, short, value string, life time.Duration) {
	c.Cookie(&fiber.Cookie{
		Name: j.Name(short), Value: value, Path: "/", HTTPOnly: true, Secure: j.https,
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: int(life.Seconds()),
	})
}

// Clear takes a cookie away.
func (j Jar) Clear(c *fiber.Ctx, short string) {
	c.Cookie(&fiber.Cookie{
		Name: j.Name(short), Path: "/", HTTPOnly: true, Secure: j.https,
		SameSite: fiber.CookieSameSiteLaxMode, Expires: time.Unix(1, 0),
	})
}
