package kit

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Plain makes a handler of the standard library answer. Request and answer are
// copied whole: fasthttp uses its memory for the next request as soon as this one
// is answered, and a handler that answers in streams is none for this. What it
// says of a failure in plain text is said as everywhere else here.
func Plain(h http.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r, err := http.NewRequestWithContext(c.UserContext(), c.Method(), c.OriginalURL(), bytes.NewReader(bytes.Clone(c.Body())))
		if err != nil {
			return fiber.NewError(http.StatusBadRequest, "unreadable address")
		}
		r.Host = strings.Clone(c.Hostname())
		for name, values := range c.GetReqHeaders() {
			for _, v := range values {
				r.Header.Add(name, strings.Clone(v))
			}
		}
		w := &answer{header: http.Header{}, status: http.StatusOK}
		h.ServeHTTP(w, r)
		return w.send(c)
	}
}

// answer gathers what a handler of the standard library writes.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
	begun  bool
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if !a.begun {
		a.begun, a.status = true, status
	}
}

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	a.begun = true
	return a.body.Write(b)
}

// Flush implements http.Flusher: everything is sent at the end.
func (a *answer) Flush() {}

func (a *answer) send(c *fiber.Ctx) error {
	for name, values := range a.header {
		if name == fiber.HeaderCacheControl || name == fiber.HeaderConnection {
			continue // who mounts the handler says so
		}
		for i, v := range values {
			if i == 0 {
				c.Set(name, v)
			} else {
				c.Append(name, v)
			}
		}
	}
	if a.status >= http.StatusBadRequest && strings.HasPrefix(a.header.Get(fiber.HeaderContentType), fiber.MIMETextPlain) {
		return fiber.NewError(a.status, strings.TrimSpace(a.body.String()))
	}
	return c.Status(a.status).Send(a.body.Bytes())
}
