package kit

import (
	"bytes"

	"github.com/gofiber/fiber/v2"
)

var varyName = []byte(fiber.HeaderVary)

// Vary says that the answer depends on a header of the request (RFC 9110,
// section 12.5.5). Several stand around each request and each says so: it is
// written where it lies, without a text for every step.
func Vary(c *fiber.Ctx, name string) {
	h := &c.Response().Header
	now := h.PeekCanonical(varyName)
	for rest := now; len(rest) > 0; {
		var said []byte
		said, rest, _ = bytes.Cut(rest, []byte(", "))
		if string(said) == name {
			return
		}
	}
	var room [160]byte
	next := append(room[:0], now...)
	if len(now) > 0 {
		next = append(next, ", "...)
	}
	h.SetCanonical(varyName, append(next, name...))
}

// setHeader sets a header whose name is in canonical form, without the work and
// the memory that others cost. The value is one that this server made.
func setHeader(c *fiber.Ctx, name []byte, value string) {
	c.Response().Header.SetCanonical(name, []byte(value))
}
