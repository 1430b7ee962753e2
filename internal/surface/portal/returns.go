package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// What is scheduled is invisible to readers. One case is left in which somebody
// rightly meets it: a note that was withdrawn and is to appear again, for those
// who know of it by a way of their own. A member who has read or saved it, and
// whoever holds a link to it that a member shared, are told the day on the page
// that says it was withdrawn: without the title, which may be another one by
// then. Everybody else gets that page as it is.

// appearsKey is the local that holds when the note asked for is to appear again.
const appearsKey = "portal appears"

// withdrawn adds the day to a fault that says a note was withdrawn, where who
// asks may know it.
func (p *Portal) withdrawn(c *fiber.Ctx, err error) error {
	slug, v := c.Params("slug"), kit.VisitorOf(c)
	if !fault.HasCode(err, "note_retracted") || !v.Signed() || p.Reading == nil || !isSlug(slug) {
		return err
	}
	r, failed := p.Library.Returns(c.UserContext(), slug)
	if failed != nil || r == nil {
		return err
	}
	here := []uuid.UUID{r.Note}
	read, failed := p.Reading.ReadAmong(c.UserContext(), v.Member(), here)
	if failed == nil && !read[r.Note] {
		read, failed = p.Reading.KeptAmong(c.UserContext(), v.Member(), here)
	}
	if failed == nil && read[r.Note] {
		c.Locals(appearsKey, r)
	}
	return err
}

// withdrawnShare is the same for a link that a member shared.
func (p *Portal) withdrawnShare(c *fiber.Ctx, note uuid.UUID) error {
	r, err := p.Library.ReturnOf(c.UserContext(), note)
	if err != nil || r == nil {
		return errNoNote
	}
	if _, err = p.Library.Note(c.UserContext(), r.Slug); err == nil { // it has this moment
		return errNoNote
	}
	c.Locals(appearsKey, r)
	return err
}

// appears says the day, if it was found; "" else.
func appears(c *fiber.Ctx, l *phrase.Language) string {
	if r, ok := c.Locals(appearsKey).(*content.Return); ok {
		return " " + l.Text("error.appears", "date", localDay(l, r.At))
	}
	return ""
}

// localDay writes the day of a moment on the clocks that it is given in.
func localDay(l *phrase.Language, at time.Time) string {
	year, month, day := at.Date()
	return l.Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}
