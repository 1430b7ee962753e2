package portal

import (
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"lighttrends/internal/surface/kit"
)

// How long caches may keep what is the same for everybody. A browser asks
// again each time, so that nobody who has just signed in, or been told of a
// correction, sees what was there before. A shared cache may hold a page for a
// minute and no longer: within that time a note that was withdrawn is gone
// everywhere. What machines fetch by themselves may be older.
const (
	pageCaching    = "public, max-age=0, s-maxage=60, must-revalidate"
	machineCaching = "public, max-age=60, s-maxage=300, stale-while-revalidate=600"
)

// sendMachine sends a document that machines fetch by themselves: a feed, a
// map, rules for crawlers.
func (p *Portal) sendMachine(c *fiber.Ctx, contentType string, body []byte) error {
	c.Set(fiber.HeaderCacheControl, machineCaching)
	return p.sendPublic(c, contentType, body)
}

// sendPublic sends bytes that are the same for everybody, unless a handler
// before has found that the answer depends on who asks.
func (p *Portal) sendPublic(c *fiber.Ctx, contentType string, body []byte) error {
	if strings.HasPrefix(c.GetRespHeader(fiber.HeaderCacheControl), "private") {
		c.Set(fiber.HeaderContentType, contentType)
		return c.Send(p.pack(c, body))
	}
	tag := kit.Tag(body)
	return p.hand(c, contentType, tag, func() []byte { return p.pack(c, body) })
}

// hand gives out an edition, or says that the client has it already. The two
// encodings have tags of their own (RFC 9110, section 8.8.3.3).
func (p *Portal) hand(c *fiber.Ctx, contentType, tag string, body func() []byte) error {
	kit.Vary(c, fiber.HeaderAcceptEncoding)
	if len(c.Response().Header.Peek(fiber.HeaderCacheControl)) == 0 {
		c.Set(fiber.HeaderCacheControl, pageCaching)
	}
	since := p.since(c, tag)
	if zips(c) {
		tag = zippedTag(tag)
	}
	c.Set(fiber.HeaderETag, tag)
	if since != "" {
		c.Set(fiber.HeaderLastModified, since)
	}
	if fresh(c, tag, since) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, contentType)
	return sendBytes(c, body())
}

// sendBytes sends bytes that nobody changes any more, without a copy of them.
func sendBytes(c *fiber.Ctx, body []byte) error {
	c.Response().SetBodyRaw(body)
	return nil
}

// fresh tells whether the client has this edition. A date counts only where no
// tag is sent (RFC 9110, section 13.1.3).
func fresh(c *fiber.Ctx, tag, since string) bool {
	if tags := c.Get(fiber.HeaderIfNoneMatch); tags != "" {
		return kit.Matches(tags, tag)
	}
	asked := c.Get(fiber.HeaderIfModifiedSince)
	if asked == "" || since == "" {
		return false
	}
	if asked == since {
		return true
	}
	has, err := http.ParseTime(asked)
	began, bad := http.ParseTime(since)
	return err == nil && bad == nil && !has.Before(began)
}

// edition is what an address showed last, and since when.
type edition struct {
	tag   string
	since time.Time
	date  string
}

// editions remembers how many addresses; one that was forgotten begins anew,
// which costs a client one answer in full.
const editionsKept = 4096

// settled is how old an edition is before its date is told. Dates have whole
// seconds: two editions within one could not be told apart.
const settled = 2 * time.Second

func newEditions() stash[edition] {
	return newStash[edition](&otter.Options[string, any]{MaximumSize: editionsKept})
}

// since is the date of the last change, as far as this server saw it; "" where
// none can be told. A page is made of many things, so the change that counts
// is that of the page itself. Addresses with a query have no date: anybody can
// make as many as they like.
func (p *Portal) since(c *fiber.Ctx, tag string) string {
	if len(c.Request().URI().QueryString()) > 0 {
		return ""
	}
	now, path := p.Now(), kit.LanguageOf(c)+c.Path()
	e, ok := p.editions.GetIfPresent(path)
	if !ok || e.tag != tag {
		began := now.UTC().Truncate(time.Second)
		p.editions.put(path, edition{tag, began, began.Format(http.TimeFormat)})
		return ""
	}
	if now.Sub(e.since) < settled {
		return ""
	}
	return e.date
}
