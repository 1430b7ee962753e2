package kit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"log/slog"
	"math/rand/v2"
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

// apiPrefix begins the addresses of the APIs.
const apiPrefix = "/api/"

// RequestID names the request in answers and in the log.
func RequestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestIDKey).(string)
	return id
}

// observe stands around everything else. It writes the log line and tells the
// metrics; neither holds an address, a query or who asked.
func (s *Server) observe(c *fiber.Ctx) error {
	began := time.Now()
	if err := s.enter(c, began); err != nil {
		if err := s.fail(c, err); err != nil {
			return err
		}
	}
	took, status, route := time.Since(began), c.Response().StatusCode(), routeOf(c)
	if s.opts.Observe != nil {
		s.opts.Observe(c.Method(), route, status, took)
	}
	level := slog.LevelDebug
	if status >= http.StatusInternalServerError || took > time.Second {
		level = slog.LevelWarn
	}
	if s.opts.Log.Enabled(c.UserContext(), level) {
		s.opts.Log.LogAttrs(c.UserContext(), level, "request", slog.String("method", c.Method()), slog.String("route", route),
			slog.Int("status", status), slog.Duration("took", took), slog.String("request_id", RequestID(c)))
	}
	return nil
}

// enter gives the request an id, a deadline and an actor, and its answer the
// headers that every answer carries. A handler's context ends with its deadline,
// because fasthttp does not tell when a client goes away. A panic becomes an
// internal fault, with the trace in the log only. It is one handler and not a
// row of them: it stands around every request.
func (s *Server) enter(c *fiber.Ctx, began time.Time) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	id := s.name(c)
	s.harden(c)
	if err := refuseSmuggling(c); err != nil {
		return err
	}
	c.Locals(clientKey, s.clientAddress(c))
	ctx := withDeadline(actor.WithRequest(c.UserContext(), id), began.Add(handlerTimeout))
	defer ctx.end()
	c.SetUserContext(ctx)
	return c.Next()
}

func (s *Server) name(c *fiber.Ctx) string {
	id := requestID()
	c.Locals(requestIDKey, id)
	setHeader(c, requestIDName, id)
	return id
}

// requestID makes a random UUID (RFC 9562, section 5.4). It tells requests apart
// and keeps nothing secret.
func requestID() string {
	var id uuid.UUID
	binary.LittleEndian.PutUint64(id[:8], rand.Uint64()) //nolint:gosec // see above
	binary.LittleEndian.PutUint64(id[8:], rand.Uint64()) //nolint:gosec // see above
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.String()
}

// refuseSmuggling refuses a request that states its length in two ways
// (RFC 9112, section 6.1): a proxy in front may read it in the other one.
func refuseSmuggling(c *fiber.Ctx) error {
	if statesTwoLengths(c.Request().Header.RawHeaders()) {
		c.Response().SetConnectionClose()
		return fault.New(fault.BadRequest, "ambiguous_length", "A request may not have both Content-Length and Transfer-Encoding.")
	}
	return nil
}

var contentLength, transferEncoding = []byte("content-length"), []byte("transfer-encoding")

func statesTwoLengths(raw []byte) bool {
	var length, encoding bool
	for line := range bytes.Lines(raw) {
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok {
			continue
		}
		switch name = bytes.TrimSpace(name); len(name) {
		case len(contentLength):
			length = length || bytes.EqualFold(name, contentLength)
		case len(transferEncoding):
			encoding = encoding || bytes.EqualFold(name, transferEncoding)
		}
	}
	return length && encoding
}

// contentSecurity allows nothing but what this server itself sends, and forms
// only to it and to the given origins.
func contentSecurity(formTargets []string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action " +
		strings.Join(append([]string{"'self'"}, formTargets...), " ")
}

// AllowForms lets the forms of this page lead on to one more origin.
func AllowForms(c *fiber.Ctx, origin string) {
	now := string(c.Response().Header.Peek(fiber.HeaderContentSecurityPolicy))
	c.Set(fiber.HeaderContentSecurityPolicy, strings.Replace(now, "form-action ", "form-action "+origin+" ", 1))
}

// harden sets the headers that every answer carries.
func (s *Server) harden(c *fiber.Ctx) {
	list := s.ofPages
	if strings.HasPrefix(c.Path(), apiPrefix) {
		list = s.ofAPIs
	}
	for _, h := range list {
		c.Response().Header.SetCanonical(h.name, h.value)
	}
}

type header struct{ name, value []byte }

// hardening lists the headers that every answer carries, with names in canonical
// form, and those of the APIs: what they answer is no document, so nothing may be
// done in it, and there is nothing else to say of it.
func hardening(o Options) (pages, apis []header) {
	policy, always := []byte("Content-Security-Policy"), []header{{[]byte("X-Content-Type-Options"), []byte("nosniff")}}
	if o.HTTPS {
		always = append(always, header{[]byte("Strict-Transport-Security"), []byte("max-age=31536000; includeSubDomains")})
	}
	pages = append([]header{
		{policy, []byte(contentSecurity(o.FormTargets))},
		{[]byte("Referrer-Policy"), []byte("strict-origin-when-cross-origin")},
		{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
		{[]byte("Permissions-Policy"), []byte("camera=(), microphone=(), geolocation=(), browsing-topics=()")},
	}, always...)
	return pages, append([]header{{policy, []byte("default-src 'none'; frame-ancestors 'none'")}}, always...)
}

// SameOrigin refuses a state-changing request that a browser sent from another
// site, by Sec-Fetch-Site and Origin (the check of http.CrossOriginProtection).
// Together with SameSite cookies it takes the place of form tokens. A page of
// an origin that a front end is listed with may send them, where CORS looked.
func SameOrigin() Step {
	check := http.NewCrossOriginProtection()
	return func(c *fiber.Ctx) error {
		if Listed(c) {
			return nil
		}
		r := &http.Request{
			Method: c.Method(), Host: string(c.Request().Host()), URL: &url.URL{Path: c.Path()},
			Header: http.Header{"Sec-Fetch-Site": values(c, "Sec-Fetch-Site"), "Origin": values(c, "Origin")},
		}
		if check.Check(r) != nil {
			return fault.New(fault.Forbidden, "cross_origin", "This request came from another site and was refused.")
		}
		return nil
	}
}

func values(c *fiber.Ctx, name string) []string {
	if v := c.Get(name); v != "" {
		return []string{v}
	}
	return nil
}
