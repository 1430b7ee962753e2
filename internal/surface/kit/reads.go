package kit

import "github.com/gofiber/fiber/v2"

// Reads tells somebody who opens a page from a program that looks ahead or
// asks for the headers only: browsers say when they fetch what may never be
// seen (https://fetch.spec.whatwg.org/#sec-purpose-header).
func Reads(c *fiber.Ctx) bool {
	return c.Method() == fiber.MethodGet && c.Get("Sec-Purpose") == "" && c.Get("Purpose") == ""
}
