package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/kit"
)

// ownHome is what the front page has for a member.
type ownHome struct {
	Begun    []ownItem // where they stopped on the way
	Fresh    []entry   // what came since they were here
	Since    time.Time
	Followed []entry // the newest of what they follow
}

// How much of it there is, and how far back the newest are looked through for
// what is followed: from memory, for everybody the same list.
const (
	ownLength  = 4
	newestOnes = 100
	sinceMost  = 60 * 24 * time.Hour
)

// ownHome fills it; nil when there is nothing.
func (p *Portal) ownHome(c *fiber.Ctx) (*ownHome, error) {
	if p.Reading == nil || !reader(c).Signed() {
		return nil, nil
	}
	v := &ownHome{}
	for _, fill := range []func(*fiber.Ctx, *ownHome) error{p.fillBegun, p.fillFresh, p.fillFollowed} {
		if err := fill(c, v); err != nil {
			return nil, err
		}
	}
	if len(v.Begun)+len(v.Fresh)+len(v.Followed) == 0 {
		return nil, nil
	}
	return v, nil
}

func (p *Portal) fillBegun(c *fiber.Ctx, v *ownHome) error {
	rows, err := p.Reading.Begun(c.UserContext(), kit.VisitorOf(c).Member(), ownLength)
	if err != nil || len(rows) == 0 {
		return err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.NoteID
	}
	items, err := p.ownItems(c, ids)
	for i := range items {
		if items[i].Read = &rows[i]; !items[i].Gone() {
			v.Begun = append(v.Begun, items[i])
		}
	}
	return err
}

func (p *Portal) fillFresh(c *fiber.Ctx, v *ownHome) error {
	ctx, member := c.UserContext(), kit.VisitorOf(c).Member()
	since, err := p.Reading.Visit(ctx, member)
	if err != nil || since.IsZero() || p.Now().Sub(since) > sinceMost {
		return err
	}
	list, err := p.Library.List(ctx, content.Query{From: since, Limit: perPage})
	if err != nil || len(list.Notes) == 0 {
		return err
	}
	ids := make([]uuid.UUID, len(list.Notes))
	for i, n := range list.Notes {
		ids[i] = n.ID
	}
	read, err := p.Reading.ReadAmong(ctx, member, ids)
	v.Since = since
	for _, n := range list.Notes {
		if !read[n.ID] && len(v.Fresh) < ownLength {
			v.Fresh = append(v.Fresh, p.entry(ctx, n))
		}
	}
	return err
}

func (p *Portal) fillFollowed(c *fiber.Ctx, v *ownHome) error {
	ctx := c.UserContext()
	all, err := p.Reading.Follows(ctx, kit.VisitorOf(c).Member())
	if err != nil || len(all) == 0 {
		return err
	}
	list, err := p.Library.List(ctx, content.Query{Limit: newestOnes})
	if err != nil {
		return err
	}
	for _, n := range list.Notes {
		if len(v.Followed) < ownLength && concerns(n, all) {
			v.Followed = append(v.Followed, p.entry(ctx, n))
		}
	}
	return nil
}
