package kit

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// probingKey marks a request that the house makes to itself. It stands beside
// the request, where no client can put it.
const probingKey = "probing"

// Probe asks, as a stranger would, whether something is at a path. Redirects
// that staff wrote do not count.
func (s *Server) Probe(path string) (bool, error) {
	var req fasthttp.Request
	req.Header.SetMethod(http.MethodGet)
	req.SetRequestURI((&url.URL{Path: path}).EscapedPath())
	req.Header.SetHost("localhost")
	req.Header.Set(fiber.HeaderAccept, fiber.MIMEApplicationJSON) // an error needs no page
	var rc fasthttp.RequestCtx
	rc.Init(&req, nil, nil)
	rc.SetUserValue(probingKey, true)
	s.App.Server().Handler(&rc)
	status := rc.Response.StatusCode()
	if status >= http.StatusInternalServerError {
		return false, fmt.Errorf("kit: the probe of a path was answered with %d", status)
	}
	return status != http.StatusNotFound, nil
}

// Probing tells whether the house asks itself.
func Probing(c *fiber.Ctx) bool { return c.Locals(probingKey) == true }
