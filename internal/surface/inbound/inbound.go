// Package inbound takes signed calls from services: Stripe's webhooks. It has
// no session and no cookie, reads the raw body, and hands it on: the room
// checks the signature, stores the event and answers fast.
package inbound

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// StripePath is where Stripe sends its events.
const StripePath = "/inbound/stripe"

// maxEvent is far above what Stripe sends.
const maxEvent = 1 << 20

// Inbox takes Stripe's events; billing has it.
type Inbox interface {
	Receive(ctx context.Context, raw []byte, signature string) error
}

// Register adds the addresses to the server.
func Register(s *kit.Server, inbox Inbox) {
	s.App.Post(StripePath, func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		body := c.BodyRaw()
		if len(body) > maxEvent {
			return fault.New(fault.TooLarge, "body_too_large", "The event is too large.")
		}
		if err := inbox.Receive(c.UserContext(), body, c.Get("Stripe-Signature")); err != nil {
			return err
		}
		return c.SendStatus(fiber.StatusOK)
	})
}
