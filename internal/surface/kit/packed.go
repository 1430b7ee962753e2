package kit

import (
	"bytes"
	"errors"

	"github.com/gofiber/fiber/v2"
)

var errPacking = errors.New("kit: a packing that is not read")

// unpacked gives the body as it was before it was packed, if that is less than
// limit bytes: fasthttp.ErrBodyTooLarge else. A few kilobytes may unpack to
// gigabytes, so it stops at the limit, and takes one packing only (Fiber's own
// Body unpacks as many as are named, without a bound).
func unpacked(c *fiber.Ctx, limit int64) ([]byte, error) {
	req := c.Request()
	switch string(bytes.ToLower(bytes.TrimSpace(req.Header.ContentEncoding()))) {
	case "", "identity":
		return bytes.Clone(req.Body()), nil
	case "gzip":
		return req.BodyGunzipWithLimit(int(limit))
	case "deflate":
		return req.BodyInflateWithLimit(int(limit))
	default:
		return nil, errPacking
	}
}
