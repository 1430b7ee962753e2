package kit

import (
	"context"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp/fasthttpadaptor"

	"lighttrends/internal/platform/fault"
)

// readyFor is how long an answer about readiness holds, so that a busy load
// balancer does not become a load on the database.
const readyFor = time.Second

// Health tells how the server is.
type Health struct {
	// Ready asks the parts that requests need.
	Ready func(ctx context.Context) error
	// Metrics writes the figures; it is answered to this machine and to private
	// networks only, and not through a proxy.
	Metrics http.Handler

	mu      sync.Mutex
	asked   time.Time
	answer  error
	closing bool
}

// Drain makes the server say that it is not ready, ahead of its end.
func (h *Health) Drain() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closing = true
}

var errDraining = fault.New(fault.Unavailable, "draining", "This server is about to stop.")

func (h *Health) check(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closing {
		return errDraining
	}
	if time.Since(h.asked) < readyFor {
		return h.answer
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	h.answer = nil
	if err := h.Ready(ctx); err != nil {
		h.answer = fault.Wrap(err, fault.Unavailable, "not_ready", "The database cannot be reached, or is not migrated.")
	}
	h.asked = time.Now()
	return h.answer
}

// Register adds /healthz (this process answers; nothing else is touched),
// /readyz (so does what it needs) and /metrics.
func (h *Health) Register(s *Server) {
	s.App.Get("/healthz", uncached, func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	s.App.Get("/readyz", uncached, func(c *fiber.Ctx) error {
		if err := h.check(c.UserContext()); err != nil {
			return err
		}
		return c.SendString("ready\n")
	})
	if h.Metrics == nil {
		return
	}
	serve := fasthttpadaptor.NewFastHTTPHandler(h.Metrics)
	s.App.Get("/metrics", uncached, func(c *fiber.Ctx) error {
		if !nearby(c) {
			return fiber.ErrNotFound
		}
		serve(c.Context())
		return nil
	})
}

func uncached(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Next()
}

// nearby tells whether the request comes straight from this machine or from a
// private network (RFC 1918, RFC 4193), with no proxy between.
func nearby(c *fiber.Ctx) bool {
	a, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok || c.Get(fiber.HeaderXForwardedFor) != "" || c.Get("Forwarded") != "" || c.Get("Via") != "" {
		return false
	}
	a = a.Unmap()
	return a.IsLoopback() || a.IsPrivate()
}
