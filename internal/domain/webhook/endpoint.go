package webhook

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// State is whether an endpoint is called.
type State string

// The states.
const (
	On     State = "on"
	Off    State = "off"    // by a person
	Paused State = "paused" // by itself, after nothing got through
)

// maxEndpoints bounds how many calls one event can lead to.
const maxEndpoints = 50

// overlap is how long the old secret signs along after it was replaced.
const overlap = 24 * time.Hour

// Endpoint is an address of another system that wants to know.
type Endpoint struct {
	ID           uuid.UUID `gorm:"type:uuid;primaryKey"`
	Name         string
	URL          string
	Events       []string `gorm:"type:jsonb;serializer:json"` // patterns: "*", "note.*", "note.published"
	FullText     bool     // notes come with their whole text
	State        State
	Why          string // of a pause, for people
	Secret       []byte // sealed
	OldSecret    []byte // sealed; signs along until OldUntil
	OldUntil     *time.Time
	FailingSince *time.Time // since then nothing got through
	LastOK       *time.Time
	Version      int64
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// TableName implements gorm's Tabler.
func (Endpoint) TableName() string { return "webhook_endpoints" }

// wants tells whether an event is to be told to this endpoint now.
func (e *Endpoint) wants(kind string) bool {
	if e.State != On {
		return false
	}
	for _, p := range e.Events {
		if fits(p, kind) {
			return true
		}
	}
	return false
}

// Input describes an endpoint to be made or changed. Nil fields stay as they are.
type Input struct {
	Name, URL *string
	Events    []string
	FullText  *bool
	On        *bool
}

// over lays the input over an endpoint and lists every broken rule.
func (in Input) over(e *Endpoint, now time.Time) error {
	if in.Name != nil {
		e.Name = strings.TrimSpace(*in.Name)
	}
	if in.URL != nil {
		e.URL = strings.TrimSpace(*in.URL)
	}
	if in.Events != nil {
		e.Events = in.Events
	}
	if in.FullText != nil {
		e.FullText = *in.FullText
	}
	if in.On != nil {
		e.turn(*in.On)
	}
	e.UpdatedAt = now
	var f fault.Fields
	f.Required("name", e.Name)
	f.MaxRunes("name", e.Name, 100)
	checkURL(&f, e.URL)
	f.Check(!e.FullText || strings.HasPrefix(strings.ToLower(e.URL), "https://") || near(e.URL), "url", "https_required", "Whole texts go to addresses that begin with https:// only.")
	f.Check(len(e.Events) > 0, "events", "required", "Choose at least one event.")
	f.Check(len(e.Events) <= len(kinds), "events", "too_many", "There are fewer events than that.")
	for _, p := range e.Events {
		f.Check(sensible(p), "events", "unknown_event", "There is no event “"+short(p)+"”.")
	}
	return f.Err()
}

// turn switches an endpoint on, which ends a pause, or off.
func (e *Endpoint) turn(on bool) {
	switch {
	case !on:
		e.State, e.Why = Off, ""
	case e.State != On:
		e.State, e.Why, e.FailingSince = On, "", nil
	}
}

// checkURL looks at the form of an address. Where it leads is checked when it
// is called, for names may lead elsewhere tomorrow.
func checkURL(f *fault.Fields, text string) {
	u, err := url.Parse(text)
	ok := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && portable(u.Port()) && len(text) <= 1000
	f.Check(ok, "url", "bad_url", "A whole address that begins with https://.")
	if ok {
		f.Check(u.User == nil, "url", "bad_url", "An address without a name and password in it; use the signature.")
		f.Check(u.Fragment == "", "url", "bad_url", "An address without #.")
	}
}

// portable tells whether there is such a port; none is the scheme's own.
func portable(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}

// near tells whether an address is a number of this machine, where nothing
// travels.
func near(text string) bool {
	u, err := url.Parse(text)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback()
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// worked notes that a call got through.
func (e *Endpoint) worked(now time.Time) { e.LastOK, e.FailingSince = &now, nil }

// failed notes a call that did not. It tells whether the endpoint is to be
// paused: nothing got through for as long as a delivery is tried, or its
// answer was 410 Gone, by which a receiver says that it wants no more.
func (e *Endpoint) failed(now time.Time, status int) bool {
	if e.FailingSince == nil {
		e.FailingSince = &now
	}
	if e.State != On {
		return false
	}
	switch {
	case status == 410:
		e.State, e.Why = Paused, "It answered that it is gone (410)."
	case now.Sub(*e.FailingSince) >= patience:
		e.State, e.Why = Paused, "Nothing got through for three days."
	default:
		return false
	}
	return true
}
