package kit

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Pressed is an answer that is the same for everybody until the program ends.
// Only its compressed bytes are kept: nearly every client takes those.
type Pressed struct {
	zipped           []byte
	contentType, tag string
}

// Press compresses a body, as well as it goes.
func Press(contentType string, body []byte) *Pressed {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = z.Write(body) // to memory: it cannot fail
	_ = z.Close()
	return &Pressed{bytes.Clone(out.Bytes()), contentType, Tag(body)}
}

// Send answers with it. Shared caches may keep it for five minutes.
func (p *Pressed) Send(c *fiber.Ctx) error {
	body, tag := p.zipped, strings.TrimSuffix(p.tag, `"`)+`-gz"`
	Vary(c, fiber.HeaderAcceptEncoding)
	if c.Context().Request.Header.HasAcceptEncoding("gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
	} else {
		z, err := gzip.NewReader(bytes.NewReader(p.zipped))
		if err != nil {
			return err
		}
		if body, err = io.ReadAll(z); err != nil {
			return err
		}
		tag = p.tag
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return SendPublic(c, p.contentType, body, tag)
}
