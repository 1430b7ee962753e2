package kit

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Caching is how long caches may keep what is the same for everybody. A
// browser asks again each time. A shared cache may hold it for a minute without
// being told anything; one that takes the purge events may be set to hold it for
// longer.
const Caching = "public, max-age=0, s-maxage=60, must-revalidate"

// Answer is a body made before, with what caches want to know of it.
type Answer struct {
	Type   string
	Body   []byte
	Packed []byte // the body in gzip, in its place
	Tag    string
	Made   time.Time // when this server first had this body; zero tells no date
	Keys   string    // names under which a shared cache can be told to forget it, parted by spaces
	Link   string    // the header of that name; "" for none

	date, tags string // Made and Keys as headers have them, of one that is kept
}

// NewAnswer makes an answer of a body.
func NewAnswer(contentType string, body []byte) Answer {
	return Answer{Type: contentType, Body: body, Tag: Tag(body)}
}

// Size says how much memory it takes.
func (a Answer) Size() int {
	return len(a.Body) + len(a.Packed) + len(a.Tag) + len(a.Keys) + len(a.Link) + len(a.date) + len(a.tags)
}

// worthPacking is the size from which packing saves a packet.
const worthPacking = 1200

// Sender packs answers and sends them.
type Sender struct {
	Now     func() time.Time
	writers sync.Pool
}

func (p *Sender) pack(body []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(body) / 3)
	z, _ := p.writers.Get().(*gzip.Writer)
	if z == nil {
		z, _ = gzip.NewWriterLevel(&out, gzip.BestSpeed+3)
	}
	defer p.writers.Put(z)
	z.Reset(&out)
	_, _ = z.Write(body) // to memory: it cannot fail
	_ = z.Close()
	return out.Bytes()
}

// The names of headers in canonical form, as [setHeader] takes them.
var (
	etagName         = []byte("Etag")
	lastModifiedName = []byte(fiber.HeaderLastModified)
	surrogateKeyName = []byte("Surrogate-Key")
	cacheTagName     = []byte("Cache-Tag")
	cacheControlName = []byte(fiber.HeaderCacheControl)
	requestIDName    = []byte("X-Request-Id")
)

// gzipped is the coding of packed answers.
const gzipped = "gzip"

// Coding is the form in which a client takes an answer: "gzip", or "" for as it
// is. What is kept for both is kept twice; nearly all take it packed, in a
// quarter of the room.
func Coding(c *fiber.Ctx) string {
	if takesGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		return gzipped
	}
	return ""
}

// Keep readies an answer that is kept for clients of a coding: it is packed for
// them beforehand, and dated.
func (p *Sender) Keep(a Answer, coding string) Answer {
	// What it was written into has grown in leaps: up to half of it is room.
	if coding == gzipped && len(a.Body) >= worthPacking {
		a.Body, a.Packed = nil, bytes.Clone(p.pack(a.Body))
	} else {
		a.Body = bytes.Clone(a.Body)
	}
	a.Made = p.Now()
	a.date, a.tags = a.Made.UTC().Format(http.TimeFormat), a.cacheTags()
	return a
}

// Send sends an answer: packed if the client reads that, and not at all if it
// has it already. One that was kept goes to clients of its coding. When the visitor is known it is private instead, whatever the
// answer says.
func (p *Sender) Send(c *fiber.Ctx, a Answer) error {
	h := &c.Response().Header
	Vary(c, fiber.HeaderAcceptEncoding)
	packed := a.Packed != nil || len(a.Body) >= worthPacking && Coding(c) == gzipped
	if a.Link != "" {
		h.Set(fiber.HeaderLink, a.Link)
	}
	if !signed(c) {
		tag := a.Tag
		if packed { // the two codings have tags of their own (RFC 9110, section 8.8.3.3)
			tag = strings.TrimSuffix(tag, `"`) + `-gz"`
		}
		since := a.since(p.Now())
		setHeader(c, etagName, tag)
		if since != "" {
			setHeader(c, lastModifiedName, since)
		}
		if a.Keys != "" {
			setHeader(c, surrogateKeyName, a.Keys)
			setHeader(c, cacheTagName, a.cacheTags())
		}
		if len(h.PeekCanonical(cacheControlName)) == 0 {
			setHeader(c, cacheControlName, Caching)
		}
		if has(c, tag, since) {
			return c.SendStatus(fiber.StatusNotModified)
		}
	}
	h.SetContentType(a.Type)
	if !packed {
		return c.Send(a.Body)
	}
	h.Set(fiber.HeaderContentEncoding, gzipped)
	if a.Packed == nil {
		a.Packed = p.pack(a.Body)
	}
	return c.Send(a.Packed)
}

// settled is how old an answer is before its date is told. Dates have whole
// seconds: two answers within one could not be told apart.
const settled = 2 * time.Second

func (a Answer) since(now time.Time) string {
	if a.Made.IsZero() || now.Sub(a.Made) < settled {
		return ""
	}
	if a.date != "" {
		return a.date
	}
	return a.Made.UTC().Format(http.TimeFormat)
}

// cacheTags are the names as Cache-Tag parts them.
func (a Answer) cacheTags() string {
	if a.tags != "" {
		return a.tags
	}
	return strings.ReplaceAll(a.Keys, " ", ",")
}

// has tells whether the client has the answer. A date counts only where no tag
// is sent (RFC 9110, section 13.1.3).
func has(c *fiber.Ctx, tag, since string) bool {
	if tags := c.Get(fiber.HeaderIfNoneMatch); tags != "" {
		return Matches(tags, tag)
	}
	asked := c.Get(fiber.HeaderIfModifiedSince)
	if asked == "" || since == "" {
		return false
	}
	had, err := http.ParseTime(asked)
	began, bad := http.ParseTime(since)
	return err == nil && bad == nil && !had.Before(began)
}

// takesGzip reads Accept-Encoding.
func takesGzip(header string) bool {
	for coding := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if strings.EqualFold(name, gzipped) {
			return strings.Trim(quality, " ") != "q=0"
		}
	}
	return false
}
