package kit_test

import (
	"context"
	"io"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/surface/kit"
)

// TestAServerIsBelievedAboutItsVisitor, once, and by a key for that alone. What a
// visitor sends along by themselves makes the field stand there twice.
func TestAServerIsBelievedAboutItsVisitor(t *testing.T) {
	t.Parallel()
	key := func(_ context.Context, secret string) (kit.Visitor, error) {
		return kit.Visitor{Actor: actor.Actor{Kind: actor.Key, Capabilities: []actor.Capability{actor.Capability(secret)}}}, nil
	}
	routes := func(s *kit.Server) {
		s.App.Get("/ip", kit.Steps(kit.Vouched(key)), func(c *fiber.Ctx) error { return c.SendString(kit.ClientAddress(c)) })
	}
	b := setup(t, kit.Options{}, routes)
	for name, tt := range map[string]struct {
		header string
		status int
		want   string
	}{
		"nothing is said":      {"", 200, "127.0.0.1"},
		"a server says it":     {"X-Server-Key: visitors.address\r\nX-Visitor-Address: 203.0.113.9\r\n", 200, "203.0.113.9"},
		"IPv6":                 {"X-Server-Key: visitors.address\r\nX-Visitor-Address: 2001:db8:0:0::9\r\n", 200, "2001:db8::9"},
		"another key":          {"X-Server-Key: admin.write\r\nX-Visitor-Address: 203.0.113.9\r\n", 403, ""},
		"no key":               {"X-Visitor-Address: 203.0.113.9\r\n", 401, ""},
		"twice":                {"X-Server-Key: visitors.address\r\nX-Visitor-Address: 203.0.113.9\r\nX-Visitor-Address: 203.0.113.8\r\n", 400, ""},
		"a key and no address": {"X-Server-Key: visitors.address\r\n", 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := b.send(t, "GET /ip HTTP/1.1\r\nHost: a\r\n"+tt.header+"\r\n")
			got, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != tt.status || tt.want != "" && string(got) != tt.want {
				t.Errorf("%d %s", resp.StatusCode, got)
			}
		})
	}
}
