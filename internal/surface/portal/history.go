package portal

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/surface/kit"
)

// historyView is what a member has read.
type historyView struct {
	Items   []ownItem
	Next    string
	Further bool
	Off     bool // the member wants nothing remembered
}

func (p *Portal) history(c *fiber.Ctx) (err error) {
	if p.Reading == nil {
		return errNoLibrary
	}
	ctx, member, after := c.UserContext(), kit.VisitorOf(c).Member(), c.Query("after")
	rows, next, err := p.Reading.History(ctx, member, after, perPage)
	if err != nil {
		return err
	}
	remembers, err := p.Reading.Remembers(ctx, member)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.NoteID
	}
	v := historyView{Further: after != "", Off: !remembers}
	if v.Items, err = p.ownItems(c, ids); err != nil {
		return err
	}
	for i := range rows {
		v.Items[i].At, v.Items[i].Read = rows[i].LastAt, &rows[i]
	}
	if next != "" {
		v.Next = withQuery("/history", "after", next)
	}
	pg, err := p.page(c, "/history", p.says(c, "history.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "saved", v, true
	return p.private(c, "history", pg)
}

func (p *Portal) removeRead(c *fiber.Ctx) error {
	id, err := uuid.Parse(readForm(c, "note").Values["note"])
	if err != nil || id == uuid.Nil {
		return errNoNote
	}
	if err := p.Reading.Unread(c.UserContext(), kit.VisitorOf(c).Member(), id); err != nil {
		return err
	}
	return seeOther(c, "/history")
}

func (p *Portal) clearHistory(c *fiber.Ctx) error {
	if err := p.Reading.Unread(c.UserContext(), kit.VisitorOf(c).Member(), uuid.Nil); err != nil {
		return err
	}
	return seeOther(c, "/history")
}

// memory switches it on or off.
func (p *Portal) memory(c *fiber.Ctx) error {
	on := readForm(c, "remember").Values["remember"] == "on"
	if err := p.Reading.Remember(c.UserContext(), kit.VisitorOf(c).Member(), on); err != nil {
		return err
	}
	if on {
		return seeOther(c, "/account?notice=memory_on#library")
	}
	return seeOther(c, "/account?notice=memory_off#library")
}
