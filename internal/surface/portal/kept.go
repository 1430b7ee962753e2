package portal

import (
	"bytes"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"lighttrends/internal/surface/kit"
)

// kept is a finished answer that is the same for every stranger.
type kept struct {
	contentType  string
	caching      string // "" for that of pages
	body, zipped []byte
	tag          string
}

// shelf keeps finished answers by their path. A change empties it; an answer
// that was begun before the change is not put there.
type shelf struct {
	mu         sync.Mutex
	generation uint64
	pages      stash[*kept]
}

// What the shelf holds at most, in bytes, and for how long. The time is a
// second line: pages go when a change is announced.
const (
	shelfWeight = 32 << 20
	shelfTime   = time.Minute
)

func newShelf() *shelf {
	return &shelf{pages: newStash[*kept](&otter.Options[string, any]{
		MaximumWeight: shelfWeight,
		Weigher: func(path string, v any) uint32 {
			k := v.(*kept)                                               //nolint:forcetypeassert // nothing else is put there
			return uint32(256 + len(path) + len(k.body) + len(k.zipped)) //nolint:gosec // pages are small
		},
		ExpiryCalculator: otter.ExpiryWriting[string, any](shelfTime),
	})}
}

// now is the generation that an answer begun at this moment belongs to.
func (s *shelf) now() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.generation
}

func (s *shelf) put(path string, generation uint64, k *kept) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation == generation {
		s.pages.put(path, k)
	}
}

func (s *shelf) empty() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.generation++
	s.pages.InvalidateAll()
}

// Forget drops the pages that are kept for strangers. Whoever sets Deps.Keep
// calls it whenever notes, plans, pictures or the publication itself change,
// after the rooms have dropped their own copies.
func (p *Portal) Forget() { p.shelf.empty() }

// keptKey is the local under which a request that may be kept carries the
// generation it was begun in.
const keptKey = "portal kept"

// atOnce answers a stranger from the shelf. It lets everybody pass who brings
// a cookie of a member, and every address with a query: those are many, and
// nobody makes them but us and those who mean harm.
func (p *Portal) atOnce(c *fiber.Ctx) error {
	if p.Jar.Get(c, kit.MemberCookie) != "" {
		return c.Next()
	}
	c.Vary(fiber.HeaderCookie)
	return p.fromShelf(c)
}

// fromShelf does so for what is the same for members, too.
func (p *Portal) fromShelf(c *fiber.Ctx) error {
	if !p.Keep || len(c.Request().URI().QueryString()) > 0 {
		return c.Next()
	}
	if k, ok := p.shelf.pages.GetIfPresent(c.Path()); ok {
		return p.sendKept(c, k)
	}
	c.Locals(keptKey, p.shelf.now())
	return c.Next()
}

// shelve puts an answer on the shelf, if it is one that may be kept.
func (p *Portal) shelve(c *fiber.Ctx, contentType string, body []byte, tag string) {
	generation, may := c.Locals(keptKey).(uint64)
	if !may || c.Response().StatusCode() != fiber.StatusOK {
		return
	}
	k := &kept{contentType: contentType, caching: strings.Clone(c.GetRespHeader(fiber.HeaderCacheControl)), body: bytes.Clone(body), tag: tag}
	if len(body) >= worthZipping {
		k.zipped = p.zip(body)
	}
	p.shelf.put(c.Path(), generation, k)
}

func (p *Portal) sendKept(c *fiber.Ctx, k *kept) error {
	if k.caching != "" {
		c.Set(fiber.HeaderCacheControl, k.caching)
	}
	return p.hand(c, k.contentType, k.tag, func() []byte {
		if k.zipped == nil || !zips(c) {
			return k.body
		}
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return k.zipped
	})
}
