package portal

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/surface/kit"
)

const htmlType = "text/html; charset=utf-8"

// public sends a page that is the same for every stranger. For a member it
// stays private, whatever is said here.
func (p *Portal) public(c *fiber.Ctx, view string, pg *page) error {
	return p.draw(view, pg, func(body []byte) error { return p.sendPublic(c, htmlType, body) })
}

// private sends a page that depends on who asks, or on what they typed.
func (p *Portal) private(c *fiber.Ctx, view string, pg *page) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return p.draw(view, pg, func(body []byte) error {
		c.Set(fiber.HeaderContentType, htmlType)
		return c.Send(p.pack(c, body))
	})
}

// draw renders a view and hands the bytes on. They are good until use
// returns.
func (p *Portal) draw(view string, pg *page, use func(body []byte) error) error {
	t, err := p.dress.Load().view(pg.Language, view)
	if err != nil {
		return err
	}
	buf, _ := p.buffers.Get().(*bytes.Buffer)
	if buf == nil {
		buf = &bytes.Buffer{}
	}
	defer p.buffers.Put(buf)
	buf.Reset()
	if err := t.Execute(buf, pg); err != nil {
		return fmt.Errorf("portal: view %s: %w", view, err)
	}
	if pg.Prefix != "" {
		return use(inTongue(buf.Bytes(), "/"+pg.Prefix))
	}
	return use(buf.Bytes())
}

func zippedTag(tag string) string { return strings.TrimSuffix(tag, `"`) + `-gz"` }

// worthZipping is the size from which compressing saves a packet.
const worthZipping = 1200

// pack returns a copy of the bytes, compressed if the client can read that.
func (p *Portal) pack(c *fiber.Ctx, body []byte) []byte {
	kit.Vary(c, fiber.HeaderAcceptEncoding)
	if !zips(c) || len(body) < worthZipping {
		return bytes.Clone(body)
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return p.zip(body)
}

func (p *Portal) zip(body []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(body) / 3)
	z, _ := p.zippers.Get().(*gzip.Writer)
	if z == nil {
		z, _ = gzip.NewWriterLevel(&out, gzip.BestSpeed+3)
	}
	defer p.zippers.Put(z)
	z.Reset(&out)
	_, _ = z.Write(body) // to memory: it cannot fail
	_ = z.Close()
	return out.Bytes()
}

// zips tells whether the client takes gzip.
func zips(c *fiber.Ctx) bool {
	for coding := range strings.SplitSeq(c.Get(fiber.HeaderAcceptEncoding), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if strings.EqualFold(name, "gzip") {
			return strings.Trim(quality, " ") != "q=0"
		}
	}
	return false
}
