package kit

import (
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// QueryWithout is the query of a request without the named parameters, written
// anew with its question mark; "" when nothing is left.
func QueryWithout(c *fiber.Ctx, names ...string) string {
	var out []byte
	for name, value := range c.Request().URI().QueryArgs().All() {
		if slices.Contains(names, string(name)) {
			continue
		}
		mark := byte('&')
		if out == nil {
			mark = '?'
		}
		out = append(out, mark)
		out = fasthttp.AppendQuotedArg(out, name)
		out = append(out, '=')
		out = fasthttp.AppendQuotedArg(out, value)
	}
	return string(out)
}
