package kit

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"lighttrends/internal/platform/fault"
)

// Limits of one request. An upload route gets more with [Server.AllowBody].
const (
	maxBody        = 4 << 20
	maxHeaderBytes = 16 << 10
	readTimeout    = 30 * time.Second
	writeTimeout   = 60 * time.Second
	idleTimeout    = 2 * time.Minute
	handlerTimeout = 20 * time.Second
)

// Options configure a server.
type Options struct {
	BaseURL        string // origin as readers see it, without a slash at the end
	HTTPS          bool   // readers come over TLS
	TrustedProxies []string
	Log            *slog.Logger
	// FormTargets are origins that a form of ours may lead on to, such as the
	// payment page: browsers hold form-action against redirects, too.
	FormTargets []string
	// Languages are the tags that an address may begin with; see [LanguageOf].
	Languages []string
	// Observe is told about every answered request; route is the pattern.
	Observe func(method, route string, status int, took time.Duration)
	// ErrorPage writes a fault for a person. Without it everybody gets JSON.
	ErrorPage func(c *fiber.Ctx, p *Problem) error
}

// Server is the web server.
type Server struct {
	App     *fiber.App
	opts    Options
	proxies []netip.Prefix
	// What every answer carries: see hardening.
	ofPages, ofAPIs []header
	streams         *streams
	// bigger lists path prefixes whose bodies may be larger than maxBody.
	bigger map[string]int
}

// New makes a server with every limit set. Fiber reuses the memory of strings
// between requests unless it is told not to, so Immutable is on, here at the
// root where it works.
func New(o Options) *Server {
	s := &Server{opts: o, proxies: prefixes(o.TrustedProxies), bigger: map[string]int{}, streams: newStreams()}
	s.ofPages, s.ofAPIs = hardening(o)
	s.App = fiber.New(fiber.Config{
		AppName:               "lighttrends",
		Immutable:             true,
		CaseSensitive:         true,
		DisableStartupMessage: true,
		ReadTimeout:           readTimeout,
		WriteTimeout:          writeTimeout,
		IdleTimeout:           idleTimeout,
		ReadBufferSize:        maxHeaderBytes,
		BodyLimit:             maxBody,
		ErrorHandler:          s.fail,
	})
	srv := s.App.Server()
	srv.NoDefaultServerHeader = true
	srv.LazyRequestTime = true // nobody asks for it
	srv.HeaderReceived = s.limitBody
	srv.Handler = s.spoken(srv.Handler)
	s.App.Use(s.observe)
	return s
}

// AllowBody lets requests under a path prefix carry up to n bytes.
func (s *Server) AllowBody(prefix string, n int) { s.bigger[prefix] = n }

func (s *Server) limitBody(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	uri := h.RequestURI()
	for prefix, n := range s.bigger {
		if bytes.HasPrefix(uri, []byte(prefix)) {
			return fasthttp.RequestConfig{MaxRequestBodySize: n, ReadTimeout: 2 * time.Minute}
		}
	}
	return fasthttp.RequestConfig{}
}

// fail answers for every error a handler returns, and for what Fiber itself
// refuses.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	f := s.faultOf(err)
	if f.Code == codeNotFound || f.Code == codeNotAllowed {
		c.Locals(unmatchedKey, true)
	}
	switch f.Kind {
	case fault.Internal:
		s.opts.Log.ErrorContext(c.UserContext(), "request failed", "error", err.Error(), "method", c.Method(), "route", routeOf(c))
	case fault.Unavailable:
		s.opts.Log.WarnContext(c.UserContext(), "a part is unavailable", "error", err.Error(), "route", routeOf(c))
	}
	return s.Answer(c, f)
}

func (s *Server) faultOf(err error) *fault.Error {
	var fe *fiber.Error
	if !errors.As(err, &fe) {
		return fault.Of(err)
	}
	switch fe.Code {
	case http.StatusNotFound:
		return fault.New(fault.NotFound, codeNotFound, "There is nothing at this address.")
	case http.StatusMethodNotAllowed:
		return fault.New(fault.NotAllowed, codeNotAllowed, "This address does not take that method.")
	case http.StatusRequestEntityTooLarge:
		return fault.New(fault.TooLarge, "body_too_large", "The request is too large.")
	case http.StatusRequestHeaderFieldsTooLarge:
		return fault.New(fault.HeadersTooLarge, "headers_too_large", "The request's headers are too large.")
	case http.StatusRequestTimeout:
		return fault.New(fault.Timeout, "too_slow", "The request took too long to arrive.")
	case http.StatusUnsupportedMediaType:
		return fault.New(fault.Unsupported, "unsupported_type", "This content type is not taken here.")
	}
	if fe.Code >= http.StatusInternalServerError {
		return fault.Of(err)
	}
	return fault.New(fault.BadRequest, "bad_request", "The request could not be understood.")
}

// Answer writes a fault: as a page for people, as problem+json for programs.
func (s *Server) Answer(c *fiber.Ctx, f *fault.Error) error {
	if RequestID(c) == "" { // refused before any middleware ran
		s.name(c)
		s.harden(c)
	}
	p := problemOf(f, RequestID(c), s.opts.BaseURL)
	for _, name := range []string{fiber.HeaderETag, fiber.HeaderLastModified, fiber.HeaderContentDisposition} {
		c.Response().Header.Del(name)
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	for k, v := range p.header {
		c.Set(k, v)
	}
	c.Status(p.Status)
	if s.opts.ErrorPage != nil && wantsPage(c) {
		return s.opts.ErrorPage(c, p)
	}
	return writeProblem(c, p)
}

// wantsPage tells whether a person's browser asks for a page. Addresses under
// /api/ always answer with JSON.
func wantsPage(c *fiber.Ctx) bool {
	if strings.HasPrefix(c.Path(), apiPrefix) {
		return false
	}
	return strings.Contains(c.Get(fiber.HeaderAccept), fiber.MIMETextHTML)
}

const (
	codeNotFound   = "not_found"
	codeNotAllowed = "method_not_allowed"
	unmatchedKey   = "unmatched"
)

// routeOf is the pattern that matched, for the log and the metrics: never what
// the client typed.
func routeOf(c *fiber.Ctx) string {
	if c.Locals(unmatchedKey) != nil {
		return "unmatched"
	}
	return c.Route().Path
}
