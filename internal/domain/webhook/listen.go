package webhook

import (
	"context"
	"encoding/json"
	"strconv"

	"lighttrends/internal/platform/fault"
)

// Gap is the kind of what is told first when events are not kept any more that
// a listener asks for.
const Gap = "stream.gap"

// Listener is somebody who hears events one after the other.
type Listener struct {
	outlet *Outlet
	kinds  []string
	at     int64
	gap    bool
}

// Listen begins with the next event, or behind the one whose place is given.
func (o *Outlet) Listen(ctx context.Context, last string, kinds []string) (*Listener, error) {
	l := &Listener{outlet: o, kinds: kinds}
	newest, err := o.Newest(ctx)
	if err != nil || last == "" {
		l.at = newest
		return l, err
	}
	asked, err := strconv.ParseInt(last, 10, 64)
	if err != nil || asked < 0 {
		return nil, fault.New(fault.BadRequest, "bad_event_id", "Last-Event-ID is the id of an event, as this stream told it.")
	}
	first, err := o.firstPlace(ctx)
	// One beyond the newest is of another database, of one that was put back, or
	// of one in which everything since has grown old.
	l.at, l.gap = min(asked, newest), asked < first || asked > newest
	return l, err
}

// Message is an event as a listener hears it.
type Message struct {
	Place int64
	Kind  string
	Body  []byte
}

// Next gives what is new. public leaves out all that not everybody may know.
func (l *Listener) Next(ctx context.Context, public bool) ([]Message, error) {
	if l.gap {
		l.gap = false
		return []Message{{l.at, Gap, []byte(`{"type":"` + Gap + `"}`)}}, nil
	}
	events, err := l.outlet.After(ctx, l.at, l.kinds)
	if err != nil {
		return nil, err
	}
	out := make([]Message, len(events))
	for i, e := range events {
		out[i] = Message{Place: e.Place, Kind: e.Kind}
		if out[i].Body, err = e.told(public); err != nil {
			return nil, err
		}
		l.at = e.Place
	}
	return out, nil
}

// shown is the part of a snapshot that everybody may know: what it was about, by
// its id. What was public then may have been withdrawn since, so who hears of it
// asks what it is now.
type shown struct {
	Subject json.RawMessage `json:"subject"`
}

func (e *Event) told(public bool) ([]byte, error) {
	if !public {
		return e.Body()
	}
	var s shown
	if err := json.Unmarshal([]byte(e.Data), &s); err != nil {
		return nil, err
	}
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	part := *e
	part.Data = string(data)
	return part.Body()
}
