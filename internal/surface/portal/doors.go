package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/surface/kit"
)

// Doors say how often one client may ask for what costs the server much. The
// zero value sets no limits.
type Doors struct {
	Search  kit.Rate // and everything that is looked for
	Feeds   kit.Rate // and maps and llms.txt
	Letters kit.Rate // and the questions of the gate
	Copies  kit.Rate // PDF copies of notes
	Own     kit.Rate // what members keep, follow and are remembered by
}

// UsualDoors let a person in who is in a hurry, and hold up programs that are.
func UsualDoors() Doors {
	return Doors{
		Search:  kit.Rate{Free: 60, Window: time.Minute},
		Feeds:   kit.Rate{Free: 120, Window: time.Minute},
		Letters: kit.Rate{Free: 20, Window: 10 * time.Minute},
		Copies:  kit.Rate{Free: 30, Window: time.Minute},
		Own:     kit.Rate{Free: 120, Window: time.Minute},
	}
}

// doors are the counters behind them.
type doors struct{ search, feeds, letters, copies, own *kit.Door }

func (p *Portal) openDoors() {
	p.editions = newEditions()
	open := func(name string, r kit.Rate) *kit.Door { return kit.NewDoor(name, r, p.Now) }
	p.doors = doors{open("search", p.Doors.Search), open("feeds", p.Doors.Feeds), open("letters", p.Doors.Letters), open("copies", p.Doors.Copies), open("own", p.Doors.Own)}
}

// limited puts a door before a handler.
//
//go:noinline
func limited(d *kit.Door, h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := d.Allow(c); err != nil {
			return err
		}
		return h(c)
	}
}
