package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/kit"
)

// opened remembers that a member opened a note in full. The answer is ready by
// then, and the row is written later; what cannot be remembered spoils no page.
func (p *Portal) opened(c *fiber.Ctx, t *content.Teaser, d access.Decision) {
	member := kit.VisitorOf(c).Member()
	if p.Reading == nil || !d.Full() || t.Pending() || !reader(c).Signed() || !kit.Reads(c) {
		return
	}
	if known, err := p.Reading.Mark(c.UserContext(), member, t.ID); err == nil {
		p.Reading.Opened(member, t.ID, t.Shown.Number, known)
	}
}
