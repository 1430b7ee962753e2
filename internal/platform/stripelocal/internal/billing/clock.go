package billing

import (
	"errors"
	"fmt"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// WorldID names the clock that follows real time and that everybody without
// a clock of their own lives under.
const WorldID = "clock_world"

// clockLife is when Stripe deletes a test clock: 30 days after its creation.
const clockLife = 30 * object.Day

// HasWorld tells whether there is a clock of the world.
func (u *Unit) HasWorld() (bool, error) {
	_, err := fetch[object.TestClock](u, WorldID, "id")
	if ignoreMissing(err) == nil {
		return err == nil, nil
	}
	return false, err
}

// EnsureWorld makes the clock of the world if there is none.
func (u *Unit) EnsureWorld() error {
	if there, err := u.HasWorld(); there || err != nil {
		return err
	}
	now := u.rules.Clock.Now().Unix()
	made := &object.TestClock{
		Head: object.Head{ID: WorldID, Object: "test_helpers.test_clock", Created: now}, FrozenTime: now, DeletesAfter: now + 100*365*object.Day,
		Name: "Everybody's clock", Status: "ready", Hide: object.ClockSecret{Follow: true},
	}
	_, _, err := u.Put(made)
	return err
}

// CreateClock makes a test clock that stands still at a time.
func (u *Unit) CreateClock(p wire.Values) (object.Record, error) {
	if err := u.under(""); err != nil {
		return nil, err
	}
	c := &object.TestClock{FrozenTime: p.Int("frozen_time"), Name: object.Str(p.Text("name")), Status: "ready", DeletesAfter: u.now + clockLife}
	return c, u.create(c, "clock_", "test_helpers.test_clock.created")
}

// TestClock fetches a clock; the one that follows real time shows it.
func (u *Unit) TestClock(id string) (*object.TestClock, error) {
	c, err := fetch[object.TestClock](u, id, "id")
	if err == nil && c.Hide.Follow && c.Status == "ready" {
		c.FrozenTime = u.rules.Clock.Now().Unix() + c.Hide.Offset
	}
	return c, err
}

// AdvanceClock sends a clock on its way. Step by step it gets there; until
// then it is advancing.
func (u *Unit) AdvanceClock(id string, p wire.Values) (object.Record, error) {
	c, err := u.TestClock(id)
	if err != nil {
		return nil, err
	}
	to := p.Int("frozen_time")
	if c.Status != "ready" {
		return nil, wire.Refuse("", "frozen_time", "The test clock is %s. Wait until it is ready.", c.Status)
	}
	if to <= c.FrozenTime {
		return nil, wire.Refuse("", "frozen_time", "A test clock moves forward only: it shows %d already.", c.FrozenTime)
	}
	if limit := addMonths(time.Unix(c.FrozenTime, 0).UTC(), 24).Unix(); to > limit {
		return nil, wire.Refuse("", "frozen_time", "A test clock moves by two years at most.")
	}
	c.Status, c.Hide.Target = "advancing", to
	if err := u.under(""); err != nil {
		return nil, err
	}
	if err := u.update(c, ""); err != nil {
		return nil, err
	}
	return c, u.tellOf("test_helpers.test_clock.advancing", c)
}

// DeleteClock deletes a clock and everything under it.
func (u *Unit) DeleteClock(id string) error {
	c, err := fetch[object.TestClock](u, id, "id")
	if err != nil {
		return err
	}
	if c.Hide.Follow {
		return wire.Refuse("", "id", "This clock cannot be deleted: everybody lives under it.")
	}
	if err := u.under(""); err != nil {
		return err
	}
	if err := u.BuryUnder(id); err != nil {
		return err
	}
	return u.bury(c, "test_helpers.test_clock.deleted")
}

// Moving lists the clocks that are on their way.
func Moving(tx *book.Tx) ([]string, error) {
	rows, _, err := tx.List(book.Query{Object: "test_helpers.test_clock", Filters: []book.Filter{book.Is("clock_status", "advancing")}})
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, err
}

// Woken names what a step did: which object, and when it was due. The zero
// value says that nothing is left to do for now.
type Woken struct {
	ID string
	At int64
}

// Step does the next thing that is due under a clock, at the time it is due.
// The empty clock is real time. When nothing is left, a clock on its way
// arrives. Woken is filled in even when the step failed.
func (r *Rules) Step(tx *book.Tx, clock string) (Woken, error) {
	u, err := r.Begin(tx, object.EventRequest{})
	if err != nil {
		return Woken{}, err
	}
	c, until, err := u.horizon(clock)
	if err != nil || until == 0 {
		return Woken{}, err
	}
	id, kind, at, err := u.Due(clock, until)
	if err != nil {
		return Woken{}, err
	}
	if id == "" {
		return Woken{}, u.arrive(c)
	}
	return Woken{id, at}, u.stepTo(c, clock, id, kind, at)
}

// horizon is up to when things are due under a clock; 0 when it stands still.
func (u *Unit) horizon(clock string) (*object.TestClock, int64, error) {
	if clock == "" {
		return nil, u.rules.Clock.Now().Unix(), nil
	}
	c, err := u.TestClock(clock)
	switch {
	case err != nil:
		return nil, 0, ignoreMissing(err)
	case c.Status == "advancing":
		return c, c.Hide.Target, nil
	case c.Hide.Follow:
		return c, c.FrozenTime, nil
	}
	return c, 0, nil
}

// stepTo wakes one object. What breaks while doing so becomes an error: it is
// a background's work, and must not take the process along.
func (u *Unit) stepTo(c *object.TestClock, clock, id, kind string, at int64) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("stripelocal: waking %s: %v", id, broken)
		}
	}()
	u.clock, u.now = clock, at
	if c != nil && c.Status == "advancing" && !c.Hide.Follow {
		c.FrozenTime = max(c.FrozenTime, at)
		u.now = c.FrozenTime
		if err := u.update(c, ""); err != nil {
			return err
		}
	}
	return u.wake(id, kind)
}

// arrive ends the way of a clock.
func (u *Unit) arrive(c *object.TestClock) error {
	if c == nil || c.Status != "advancing" {
		return nil
	}
	if c.Hide.Follow {
		c.Hide.Offset = c.Hide.Target - u.rules.Clock.Now().Unix()
	}
	c.FrozenTime, c.Status, c.Hide.Target = c.Hide.Target, "ready", 0
	if err := u.under(""); err != nil {
		return err
	}
	if err := u.update(c, ""); err != nil {
		return err
	}
	return u.tellOf("test_helpers.test_clock.ready", c)
}

// HasDue tells whether anything is due under a clock whose time passes by
// itself.
func (r *Rules) HasDue(tx *book.Tx, clock string) (bool, error) {
	u, err := r.Begin(tx, object.EventRequest{})
	if err != nil {
		return false, err
	}
	_, until, err := u.horizon(clock)
	if err != nil || until == 0 {
		return false, err
	}
	id, _, _, err := u.Due(clock, until)
	return id != "", err
}

// NextRenewal is when the next period under a clock begins; 0 when none does.
func (u *Unit) NextRenewal(clock string) (int64, error) {
	subs, err := find[object.Subscription](u, book.Is("status", object.Active, object.Trialing, object.PastDue))
	if err != nil {
		return 0, err
	}
	var next int64
	for _, s := range subs {
		if s.Clock == clock && (next == 0 || s.CurrentPeriodEnd < next) {
			next = s.CurrentPeriodEnd
		}
	}
	return next, nil
}

// Ahead is where a button of the dashboard sends a clock: a day, a month or a
// year on, or to just after the next renewal has been paid.
func (u *Unit) Ahead(id, by string) (int64, error) {
	c, err := u.TestClock(id)
	if err != nil {
		return 0, err
	}
	now := time.Unix(c.FrozenTime, 0).UTC()
	switch by {
	case "day":
		return c.FrozenTime + object.Day, nil
	case "month":
		return addMonths(now, 1).Unix(), nil
	case "year":
		return addMonths(now, 12).Unix(), nil
	case "renewal":
		next, err := u.NextRenewal(id)
		if err != nil || next == 0 {
			return 0, errors.Join(err, wire.Refuse("", "by", "Nothing under this clock renews."))
		}
		return next + object.DraftLife + 60, nil
	}
	return 0, wire.Refuse("", "by", "A clock moves by a day, a month, a year, or to the next renewal.")
}

// CustomerFor fetches a customer.
func (u *Unit) CustomerFor(id string) (*object.Customer, error) {
	return fetch[object.Customer](u, id, "id")
}
