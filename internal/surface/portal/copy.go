package portal

import (
	"context"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/copies"
	"lighttrends/internal/surface/kit"
)

// Copies makes PDF copies of notes.
type Copies interface {
	Make(ctx context.Context, a copies.Ask) (*copies.File, error)
}

// copyFile is the last part of the address of a copy.
const copyFile = "/copy.pdf"

// noteCopy gives a member the PDF of a note as it is now, or of a version, by
// the number it is cited by.
func (p *Portal) noteCopy(c *fiber.Ctx) error {
	teaser, path, err := p.asked(c)
	return p.copyOf(c, teaser, err, path)
}

// copyOf asks for the decision and sends what the room makes of it. A copy is
// no reading: it takes no free note of the month, but those that were taken
// can be copied. A question by HEAD makes no copy.
func (p *Portal) copyOf(c *fiber.Ctx, t *content.Teaser, err error, path func(slug string) string) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	var moved *content.Moved
	if errors.As(err, &moved) {
		return seeOther(c, path(moved.Slug)+copyFile)
	}
	if err != nil {
		return err
	}
	if p.Copies == nil {
		return errNoNote
	}
	v := kit.VisitorOf(c)
	if !v.Signed() {
		return p.closed(c, t, access.Decision{}, closedCopy, path(t.Slug))
	}
	decision, err := p.Gate.Decide(c.UserContext(), t.Access(), reader(c))
	if err != nil {
		return err
	}
	ask := copies.Ask{
		Note: t, Decision: decision, Reader: copies.Reader{Member: v.Member(), Name: first(v.Name, v.Email)},
		Paper: copies.Paper(first(c.Query("paper"), string(paperOf(c)))), Language: p.speaks(c),
	}
	switch err := ask.May(); {
	case !decision.Full():
		return p.closed(c, t, decision, closedCopy, notePath(t.Slug))
	case err != nil:
		return err
	}
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderContentDisposition, kit.Disposition("attachment", ask.Name()))
	if c.Method() == fiber.MethodHead {
		return nil // without a length: it is known of a copy that is made
	}
	file, err := p.Copies.Make(c.UserContext(), ask)
	if err != nil {
		c.Response().Header.Del(fiber.HeaderContentDisposition)
		return err
	}
	return c.Send(file.PDF)
}

// paperOf guesses the paper from the reader's language: Letter is what printers
// hold in North America, A4 nearly everywhere else.
func paperOf(c *fiber.Ctx) copies.Paper {
	best, _, _ := strings.Cut(c.Get(fiber.HeaderAcceptLanguage), ",")
	best, _, _ = strings.Cut(best, ";")
	switch _, region, _ := strings.Cut(strings.TrimSpace(best), "-"); strings.ToUpper(region) {
	case "US", "CA", "MX":
		return copies.Letter
	}
	return copies.A4
}

// copyLink is where a reader gets their copy; "" where none is made for them.
func (p *Portal) copyLink(pg *page, t *content.Teaser, d access.Decision) string {
	switch {
	case p.Copies == nil || !pg.Signed || !d.Full() || t.Pending():
		return ""
	case t.Newest():
		return notePath(t.Slug) + copyFile
	}
	return versionPath(t.Slug, t.Shown.Number) + copyFile
}
