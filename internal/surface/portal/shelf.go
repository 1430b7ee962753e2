package portal

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/kit"
)

// finished is a page as it was drawn, for everybody to whom it looks the same.
type finished struct {
	body, zipped []byte // neither is ever changed
	tag          string
}

// shelf keeps finished pages of notes: to draw one costs ten times what all else
// in answering does. The key of a page says everything in which it can differ
// from one reader to the next, the decision with it, so that nobody is handed
// what was drawn for another decision. Any change that is announced empties the
// shelf, and a page that was begun before a change is not put there.
type shelf struct {
	mu         sync.Mutex
	generation uint64
	pages      stash[*finished]
}

// What the shelf holds at most, in bytes, and for how long. The time is a
// second line: pages go when a change is announced.
const (
	shelfWeight = 20 << 20
	shelfTime   = 30 * time.Second
)

func newShelf() *shelf {
	return &shelf{pages: newStash[*finished](&otter.Options[string, any]{
		MaximumWeight: shelfWeight,
		Weigher: func(key string, v any) uint32 {
			f := v.(*finished)                                          //nolint:forcetypeassert // nothing else is put there
			return uint32(256 + len(key) + len(f.body) + len(f.zipped)) //nolint:gosec // pages are small
		},
		ExpiryCalculator: otter.ExpiryWriting[string, any](shelfTime),
	})}
}

// now is the generation that a page begun at this moment belongs to.
func (s *shelf) now() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.generation
}

func (s *shelf) put(key string, generation uint64, f *finished) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation == generation {
		s.pages.put(key, f)
	}
}

// Forget drops the finished pages. It is called whenever anything that pages
// show has changed, after the rooms have dropped their own copies.
func (p *Portal) Forget() {
	s := p.shelf
	s.mu.Lock()
	defer s.mu.Unlock()
	s.generation++
	s.pages.InvalidateAll()
}

// begunKey is the local that holds the generation a request was begun in.
const begunKey = "portal begun"

// shelved lets a handler use the shelf. What it reads belongs to the generation
// of the moment before.
func (p *Portal) shelved(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Locals(begunKey, p.shelf.now())
		return h(c)
	}
}

// fromShelf answers with the page that lies under the key, or draws it with
// what fill makes and puts it there. An empty key keeps nothing.
func (p *Portal) fromShelf(c *fiber.Ctx, key, view string, fill func() (*page, error)) error {
	begun, may := c.Locals(begunKey).(uint64)
	if may = may && key != ""; may {
		if f, ok := p.shelf.pages.GetIfPresent(key); ok {
			return p.sendFinished(c, f)
		}
	}
	pg, err := fill()
	if err != nil {
		return err
	}
	return p.draw(view, pg, func(body []byte) error {
		if !may {
			return p.sendPublic(c, htmlType, body)
		}
		f := &finished{body: bytes.Clone(body), tag: kit.Tag(body)}
		if len(body) >= worthZipping {
			f.zipped = p.zip(body)
		}
		p.shelf.put(key, begun, f)
		return p.sendFinished(c, f)
	})
}

// sendFinished hands a page out, as private or public as the request has made it.
func (p *Portal) sendFinished(c *fiber.Ctx, f *finished) error {
	if strings.HasPrefix(c.GetRespHeader(fiber.HeaderCacheControl), "private") {
		c.Set(fiber.HeaderContentType, htmlType)
		return sendBytes(c, f.packed(c))
	}
	return p.hand(c, htmlType, f.tag, func() []byte { return f.packed(c) })
}

// packed is the body in the coding that the client can read.
func (f *finished) packed(c *fiber.Ctx) []byte {
	kit.Vary(c, fiber.HeaderAcceptEncoding)
	if f.zipped == nil || !zips(c) {
		return f.body
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return f.zipped
}

// noteKey says all in which the page of a note can differ between those who ask
// for it; "" for a page that only one reader sees so.
func noteKey(pg *page, t *content.Teaser, d access.Decision, own *noteOwn, changed *changedView) string {
	if t.Pending() || changed != nil || own != nil && own.Place.Open() {
		return ""
	}
	var room [256]byte
	key := append(append(room[:0], pg.Path...), ' ')
	key = append(append(append(key, pg.Language.Tag...), pg.Prefix...), ' ')
	key = append(append(key, d.Level()...), ' ')
	key = append(append(key, d.Reason()...), ' ')
	for _, u := range d.Unlock() {
		key = append(append(key, u...), ',')
	}
	for _, plan := range d.Plans() {
		key = append(append(key, ' '), plan...)
	}
	key = strconv.AppendBool(append(key, " signed "...), pg.Signed)
	key = strconv.AppendBool(append(key, " buy "...), d.MayBuy())
	if g := d.Grant(); g.Standing == access.PastDue {
		key = strconv.AppendInt(append(key, " due "...), g.Grace.Unix(), 10)
	}
	if at := d.Begins(); !at.IsZero() {
		key = strconv.AppendInt(append(key, " begins "...), at.Unix(), 10)
	}
	if a := d.Allowance(); a != nil {
		key = fmt.Appendf(key, " free %d/%d %v %d", a.Left, a.Limit, a.Open, a.Resets.Unix())
	}
	if own != nil {
		key = fmt.Appendf(key, " own %v %v %v", own.Saved, own.Tells, own.Share)
	}
	if pg.Warning != "" || pg.Parted != "" {
		key = fmt.Appendf(key, " told %q %q", pg.Warning, pg.Parted)
	}
	return string(key)
}
