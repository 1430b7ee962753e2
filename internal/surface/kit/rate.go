package kit

import (
	"fmt"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Rate is how often one client may knock at a door: Free times at once, and as
// many again within Window, evenly. The zero value is no limit.
type Rate struct {
	Free   int
	Window time.Duration
}

// Door counts who knocks (the generic cell rate algorithm: one instant is kept
// for each client, and none for those who were away for a window). It counts
// on this server alone, and whom it cannot remember it lets in: it protects
// the machine, not a secret.
type Door struct {
	name string
	rate Rate
	now  func() time.Time

	mu    sync.Mutex
	due   map[string]time.Time // when the client has used up nothing any more
	swept time.Time
}

// doorMemory is how many clients a door knows at once.
const doorMemory = 50_000

// NewDoor makes a door. The name stands in the headers.
func NewDoor(name string, r Rate, now func() time.Time) *Door {
	return &Door{name: name, rate: r, now: now, due: map[string]time.Time{}}
}

// Allow refuses with 429 whoever comes too often, and tells everybody what is left, in the fields of
// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/.
// Members are counted by themselves where the session was looked at before, so
// a firm behind one address is not one client there; at files that nobody signs
// in for (feeds, maps) it is.
func (d *Door) Allow(c *fiber.Ctx) error {
	if d.rate.Free == 0 {
		return nil
	}
	return d.AllowAs(c, clientOf(c))
}

// AllowIn counts whoever asks apart for each key that they may ask with.
func (d *Door) AllowIn(c *fiber.Ctx, key string) error {
	if d.rate.Free == 0 {
		return nil
	}
	return d.AllowAs(c, key+" "+clientOf(c))
}

// AllowAs counts under a name that the caller knows. Where a request passes
// several doors, the headers tell of each.
func (d *Door) AllowAs(c *fiber.Ctx, who string) error {
	if d.rate.Free == 0 {
		return nil
	}
	left, wait := d.take(who)
	c.Append("RateLimit-Policy", fmt.Sprintf(`"%s";q=%d;w=%d`, d.name, d.rate.Free, int(d.rate.Window.Seconds())))
	c.Append("RateLimit", fmt.Sprintf(`"%s";r=%d;t=%d`, d.name, left, wholeSeconds(d.refill(left, wait))))
	if wait > 0 {
		f := fault.New(fault.TooMany, "too_many_requests", "That was a lot at once from your network.")
		f.RetryAfter = wait
		return f
	}
	return nil
}

// step is how long one knock takes to be forgotten.
func (d *Door) step() time.Duration { return d.rate.Window / time.Duration(d.rate.Free) }

// refill is when there will be one more than is left.
func (d *Door) refill(left int, wait time.Duration) time.Duration {
	if left > 0 {
		return d.step()
	}
	return max(wait, d.step())
}

// take counts a knock: what is left then, or how long to wait.
func (d *Door) take(client string) (left int, wait time.Duration) {
	now := d.now()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sweep(now)
	due, known := d.due[client]
	if due.Before(now) {
		due = now
	}
	next := due.Add(d.step())
	if over := next.Sub(now) - d.rate.Window; over > 0 {
		return 0, over
	}
	if known || len(d.due) < doorMemory {
		d.due[client] = next
	}
	return int((d.rate.Window - next.Sub(now)) / d.step()), 0
}

// sweep forgets those who have used up nothing, now and then. When the door
// knows as many as it can, that is once a second: everybody waits meanwhile.
func (d *Door) sweep(now time.Time) {
	pause := d.rate.Window
	if len(d.due) >= doorMemory {
		pause = min(pause, time.Second)
	}
	if now.Sub(d.swept) < pause {
		return
	}
	d.swept = now
	for client, due := range d.due {
		if !due.After(now) {
			delete(d.due, client)
		}
	}
}

// clientOf names who asks: a member, an address, or the network of sixty-four
// bits that one line has of IPv6.
func clientOf(c *fiber.Ctx) string {
	if v := VisitorOf(c); v.Signed() {
		return v.Actor.ID.String()
	}
	return actor.Network(ClientAddress(c))
}

func wholeSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
