package portal

import (
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// pauseView is the choice of how long.
type pauseView struct {
	Holding holding
	Months  []pauseLength
}

// pauseLength is one of the list.
type pauseLength struct {
	Months int
	Text   string
}

// pauseForm says what a pause is and asks how long.
func (p *Portal) pauseForm(c *fiber.Ctx) error {
	h, err := p.changing(c, c.Query("subscription"))
	if err != nil {
		return err
	}
	if !h.MayPause {
		return seeOther(c, "/account?notice=cannot_pause")
	}
	policy, err := p.Billing.Policy(c.UserContext())
	if err != nil {
		return err
	}
	v := pauseView{Holding: h}
	for n := 1; n <= policy.PauseMonths; n++ {
		v.Months = append(v.Months, pauseLength{n, p.speaks(c).Count("months", n)})
	}
	pg, err := p.page(c, "/account/pause", p.says(c, "pause.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "pause", pg)
}

// pause stops the payments for some months.
func (p *Portal) pause(c *fiber.Ctx) error {
	f := readForm(c, "subscription", "months")
	months, _ := strconv.Atoi(f.Values["months"]) // nonsense is too long or too short
	return p.turn(c, f, "paused", func(member, subscription uuid.UUID) error {
		_, err := p.Billing.Pause(c.UserContext(), member, subscription, months)
		switch {
		case fault.HasCode(err, "cannot_pause"), fault.HasCode(err, "pause_not_offered"), fault.HasCode(err, "pause_too_long"):
			return detour{"/account?notice=cannot_pause"}
		}
		return err
	})
}
