package webhook

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// What is announced to all nodes: each event, and that an endpoint was made,
// changed, paused or deleted.
const (
	TopicEvents    = "webhook.events"
	TopicEndpoints = "webhook.endpoints"
)

// Those who listen to a stream get events in the order of their places. An
// event gets its place after its commit, by whoever looks first: so what has a
// lower place than something that was seen has been seen, too, and a listener
// who comes back misses nothing, though transactions end in another order than
// they began.

// bell wakes those who listen, on this node.
type bell struct {
	mu sync.Mutex
	ch chan struct{}
}

func newBell() *bell { return &bell{ch: make(chan struct{})} }

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.ch)
	b.ch = make(chan struct{})
}

// Wake gives a channel that is closed with the next event.
func (o *Outlet) Wake() <-chan struct{} {
	o.bell.mu.Lock()
	defer o.bell.mu.Unlock()
	return o.bell.ch
}

// Public are the kinds that say nothing but what readers can see.
func Public() []string {
	return []string{"note.published", "note.updated", "note.retracted", "issue.published", "issue.retracted"}
}

// Hearing lists which of the kinds asked for somebody may hear of. Patterns are
// those of endpoints; none asks for all.
func Hearing(ctx context.Context, patterns []string) ([]string, error) {
	var f fault.Fields
	for _, p := range patterns {
		f.Check(sensible(p), "types", "unknown_event", "There is no event “"+short(p)+"”.")
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	who := actor.From(ctx)
	if who.Kind != actor.Staff && who.Kind != actor.Key {
		return nil, actor.Require(ctx, actor.NotesRead)
	}
	var out []string
	for _, k := range kinds {
		if who.Can(needs(k.Name)) && chosen(patterns, k.Name) {
			out = append(out, k.Name)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Forbidden, "capability_missing", "You do not have the right to hear of any of this.")
	}
	return out, nil
}

func chosen(patterns []string, kind string) bool {
	if len(patterns) == 0 {
		patterns = []string{"*"}
	}
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, kind) })
}

// ChosenPublic is Hearing among what everybody may hear of.
func ChosenPublic(patterns []string) ([]string, error) {
	var out []string
	for _, k := range Public() {
		if chosen(patterns, k) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		f := fault.New(fault.BadRequest, "unknown_event", "The events of this stream are "+strings.Join(Public(), ", ")+".")
		f.Fields = []fault.Field{{Path: "types", Code: "unknown_event", Message: "None of these is told here."}}
		return nil, f
	}
	return out, nil
}

// needs is the right to hear of a kind.
func needs(kind string) actor.Capability {
	switch group, _, _ := strings.Cut(kind, "."); group {
	case "note", "issue", "cache":
		return actor.NotesRead
	case "lead":
		return actor.LeadsRead
	case "mail":
		return actor.JournalRead
	default: // members, and what they bought
		return actor.MembersRead
	}
}

// Heard is an event with its place.
type Heard struct {
	Event
	Place int64
}

// Newest is the place of the newest event, from where a new listener begins.
func (o *Outlet) Newest(ctx context.Context) (int64, error) {
	if err := o.arrange(ctx); err != nil {
		return 0, err
	}
	return o.lastPlace(ctx)
}

// mostHeard bounds what is read at once.
const mostHeard = 100

// After lists events of these kinds behind a place, in order.
func (o *Outlet) After(ctx context.Context, place int64, kinds []string) ([]Heard, error) {
	if err := o.arrange(ctx); err != nil {
		return nil, err
	}
	events, err := o.eventsAfter(ctx, place, kinds)
	out := make([]Heard, len(events))
	for i, e := range events {
		out[i] = Heard{e, *e.Place}
	}
	return out, err
}

// arrange gives places to the events that have none. Places follow the clock,
// so that they go on growing after old events were dropped.
func (o *Outlet) arrange(ctx context.Context) error {
	some, err := o.unplaced(ctx)
	if err != nil || !some {
		return err
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.DB.Lock(ctx, "webhook-places"); err != nil {
			return err
		}
		return o.place(ctx, o.Clock.Now().UnixMilli()*int64(time.Millisecond/time.Microsecond))
	})
}
