package portal

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/surface/kit"
)

// noteOwn is what a page of a note has for the member who reads it.
type noteOwn struct {
	Slug   string
	Saved  bool
	Resume string // address of the place where they were; "" for none
	Place  library.Place
	Tells  bool // the page says how far they come
	Share  bool // it can be handed on
}

// ownNote finds it, in one statement. Nobody waits longer for a page because it
// cannot be found.
func (p *Portal) ownNote(c *fiber.Ctx, t *content.Teaser, d access.Decision) *noteOwn {
	member := kit.VisitorOf(c).Member()
	if p.Reading == nil || !reader(c).Signed() || t.Pending() {
		return nil
	}
	mark, err := p.Reading.Mark(c.UserContext(), member, t.ID)
	if err != nil {
		return nil
	}
	v := &noteOwn{Slug: t.Slug, Saved: mark.Saved, Place: mark.Place, Tells: d.Full() && t.Newest()}
	if d.MayShare() {
		rules, err := p.Reading.Shares(c.UserContext())
		v.Share = err == nil && rules.Notes > 0
	}
	return v
}

// resume finds the place in the text at which to go on.
func (v *noteOwn) resume(contents []content.Heading) {
	if v == nil || !v.Tells || !v.Place.Open() {
		return
	}
	v.Resume = "#main"
	if n := v.Place.Heading; n > 0 && n <= len(contents) {
		v.Resume = "#" + contents[n-1].ID
	}
}

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

// place takes what a page says of how far its reader came: numbers, as the page
// is left. Nobody waits for the answer.
func (p *Portal) place(c *fiber.Ctx) error {
	at := library.Place{Heading: -1}
	f := readForm(c, "heading", "block", "percent")
	for name, n := range map[string]*int{"heading": &at.Heading, "block": &at.Block, "percent": &at.Percent} {
		var err error
		if *n, err = strconv.Atoi(f.Values[name]); err != nil {
			return errNoPlace
		}
	}
	if !at.Valid() {
		return errNoPlace
	}
	id, err := p.noteID(c)
	if err != nil {
		return err
	}
	if err := p.Reading.Came(c.UserContext(), kit.VisitorOf(c).Member(), id, at); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
