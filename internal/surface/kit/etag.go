package kit

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Tag makes an entity tag from content.
func Tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// Matches tells whether an If-None-Match header names the tag (RFC 9110,
// section 13.1.2: weak comparison).
func Matches(header, tag string) bool {
	if header == "" {
		return false
	}
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == tag || candidate == "*" {
			return true
		}
	}
	return false
}

// SendPublic sends what is the same for everybody: with a tag, and with leave
// for shared caches to keep it if they ask again each time. When the visitor
// is known the answer is private instead, whatever it says.
func SendPublic(c *fiber.Ctx, contentType string, body []byte, tag string) error {
	c.Set(fiber.HeaderContentType, contentType)
	if signed(c) {
		return c.Send(body)
	}
	c.Set(fiber.HeaderETag, tag)
	if len(c.Response().Header.Peek(fiber.HeaderCacheControl)) == 0 {
		c.Set(fiber.HeaderCacheControl, "public, max-age=0, must-revalidate")
	}
	if Matches(c.Get(fiber.HeaderIfNoneMatch), tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return c.Send(body)
}
