package kit

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

const requestIDKey = "request_id"

// RequestID names the request in answers and in the log.
func RequestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestIDKey).(string)
	return id
}

// observe stands around everything else. It writes the log line and tells the
// metrics; neither holds an address, a query or who asked.
func (s *Server) observe(c *fiber.Ctx) error {
	began := time.Now()
	if err := c.Next(); err != nil {
		if err := s.fail(c, err); err != nil {
			return err
		}
	}
	took, status, route := time.Since(began), c.Response().StatusCode(), routeOf(c)
	if s.opts.Observe != nil {
		s.opts.Observe(c.Method(), route, status, took)
	}
	if status >= http.StatusInternalServerError || took > time.Second {
		s.opts.Log.WarnContext(c.UserContext(), "request", "method", c.Method(), "route", route, "status", status, "took", took, "request_id", RequestID(c))
	} else {
		s.opts.Log.DebugContext(c.UserContext(), "request", "method", c.Method(), "route", route, "status", status, "took", took, "request_id", RequestID(c))
	}
	return nil
}

// recover turns a panic into an internal fault, with the trace in the log only.
func (s *Server) recover(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// identify gives the request an id, a deadline and an actor. A handler's
// context ends with its deadline, because fasthttp does not tell when a client
// goes away.
func (s *Server) identify(c *fiber.Ctx) error {
	id := s.name(c)
	c.Locals(clientKey, s.clientAddress(c))
	ctx, cancel := context.WithTimeout(actor.WithRequest(c.UserContext(), id), handlerTimeout)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

func (s *Server) name(c *fiber.Ctx) string {
	id := uuid.NewString()
	c.Locals(requestIDKey, id)
	c.Set("X-Request-Id", id)
	return id
}

// refuseSmuggling refuses a request that states its length in two ways
// (RFC 9112, section 6.1): a proxy in front may read it in the other one.
func (s *Server) refuseSmuggling(c *fiber.Ctx) error {
	raw := c.Request().Header.RawHeaders()
	if hasHeader(raw, "transfer-encoding") && hasHeader(raw, "content-length") {
		c.Response().SetConnectionClose()
		return fault.New(fault.BadRequest, "ambiguous_length", "A request may not have both Content-Length and Transfer-Encoding.")
	}
	return c.Next()
}

func hasHeader(raw []byte, name string) bool {
	for line := range bytes.Lines(raw) {
		if before, _, ok := bytes.Cut(line, []byte(":")); ok && strings.EqualFold(string(bytes.TrimSpace(before)), name) {
			return true
		}
	}
	return false
}

// contentSecurity allows nothing but what this server itself sends, and forms
// only to it and to the given origins.
func contentSecurity(formTargets []string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action " +
		strings.Join(append([]string{"'self'"}, formTargets...), " ")
}

// secure sets the headers that every answer carries.
func (s *Server) secure(c *fiber.Ctx) error {
	s.harden(c)
	return c.Next()
}

func (s *Server) harden(c *fiber.Ctx) {
	h := &c.Response().Header
	h.Set("Content-Security-Policy", s.policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
	if s.opts.HTTPS {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// SameOrigin refuses a state-changing request that a browser sent from another
// site, by Sec-Fetch-Site and Origin (the check of http.CrossOriginProtection).
// Together with SameSite cookies it takes the place of form tokens.
func SameOrigin() fiber.Handler {
	check := http.NewCrossOriginProtection()
	return func(c *fiber.Ctx) error {
		r := &http.Request{
			Method: c.Method(), Host: string(c.Request().Host()), URL: &url.URL{Path: c.Path()},
			Header: http.Header{"Sec-Fetch-Site": values(c, "Sec-Fetch-Site"), "Origin": values(c, "Origin")},
		}
		if check.Check(r) != nil {
			return fault.New(fault.Forbidden, "cross_origin", "This request came from another site and was refused.")
		}
		return c.Next()
	}
}

func values(c *fiber.Ctx, name string) []string {
	if v := c.Get(name); v != "" {
		return []string{v}
	}
	return nil
}
