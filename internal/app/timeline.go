package app

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/letters"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/surface/adminapi"
)

// timeline merges what several rooms know of a member into one list.
type timeline struct{ rooms *rooms }

// stop is where a timeline goes on: after one entry of one of its sources. Of
// one moment the sources come in their order.
type stop struct {
	at     time.Time
	source int
	id     string
}

func (s stop) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(s.at.UnixMicro(), 10) + "." + strconv.Itoa(s.source) + "." + s.id))
}

func parseStop(cursor string) (s stop, err error) {
	raw, bad := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.SplitN(string(raw), ".", 3)
	if bad == nil && len(parts) == 3 {
		micro, badTime := strconv.ParseInt(parts[0], 10, 64)
		source, badSource := strconv.Atoi(parts[1])
		_, badID := uuid.Parse(parts[2])
		if badTime == nil && badSource == nil && (badID == nil || source == stripeSource) {
			return stop{time.UnixMicro(micro).UTC(), source, parts[2]}, nil
		}
	}
	var f fault.Fields
	f.Add("cursor", "bad_cursor", "This page of the list does not exist.")
	return s, f.Err()
}

// before says where a source goes on: what it has strictly before at, and of
// at itself what has a smaller id.
func (s stop) before(source int, largest string) (at time.Time, id string) {
	switch {
	case source == s.source:
		return s.at, s.id
	case source < s.source: // has told all of that moment
		return s.at, ""
	default:
		return s.at, largest
	}
}

// Ids that are larger than any.
const (
	largestText = "\uffff"
	largestUUID = "ffffffff-ffff-ffff-ffff-ffffffffffff"
)

// recalled is a moment with its place.
type recalled struct {
	adminapi.Moment
	stop
}

// Of implements adminapi.Timeline.
func (t timeline) Of(ctx context.Context, f adminapi.TimelineFilter) ([]adminapi.Moment, string, error) {
	from := stop{at: t.rooms.clock.Now().Add(time.Minute), source: -1}
	if f.Cursor != "" {
		var err error
		if from, err = parseStop(f.Cursor); err != nil {
			return nil, "", err
		}
	}
	member, err := t.rooms.identity.Member(ctx, f.Member)
	if err != nil {
		return nil, "", err
	}
	trace, err := t.rooms.billing.TraceOf(ctx, f.Member)
	if err != nil {
		return nil, "", err
	}
	var all []recalled
	for source, read := range []func(at time.Time, id string) ([]recalled, error){
		func(at time.Time, id string) ([]recalled, error) { return t.happened(ctx, f, trace, at, id) },
		func(at time.Time, id string) ([]recalled, error) { return t.letters(ctx, f, member.EmailGiven, at, id) },
		func(at time.Time, id string) ([]recalled, error) { return t.stripe(ctx, f, trace, at, id) },
	} {
		largest := largestUUID
		if source == stripeSource {
			largest = largestText
		}
		at, id := from.before(source, largest)
		more, err := read(at, id)
		if err != nil {
			return nil, "", err
		}
		all = append(all, more...)
	}
	page, next := merged(all, f.Limit)
	return page, next, nil
}

// The sources, in the order of one moment.
const (
	journalSource = iota
	letterSource
	stripeSource
)

// merged sorts what the sources brought and cuts the page off.
func merged(all []recalled, limit int) (page []adminapi.Moment, next string) {
	slices.SortStableFunc(all, func(a, b recalled) int {
		if c := b.at.Compare(a.at); c != 0 {
			return c
		}
		return a.source - b.source
	})
	if len(all) > limit {
		all = all[:limit]
		next = all[limit-1].String()
	}
	for _, m := range all {
		page = append(page, m.Moment)
	}
	return page, next
}

func (t timeline) happened(ctx context.Context, f adminapi.TimelineFilter, trace billing.Trace, at time.Time, id string) ([]recalled, error) {
	filter := journal.Filter{ActorID: f.Member, About: []journal.Subject{{Kind: "member", ID: f.Member.String()}}, Limit: f.Limit + 1}
	for _, s := range trace.Subjects {
		filter.About = append(filter.About, journal.Subject{Kind: "subscription", ID: s.String()}, journal.Subject{Kind: "term", ID: s.String()}, journal.Subject{Kind: "order", ID: s.String()})
	}
	if filter.Before = at; id != "" {
		filter.Before = time.Time{}
		filter.After = journal.Mark{At: at, ID: uuid.MustParse(id)}
	}
	rows, err := t.rooms.journal.List(ctx, filter)
	out := make([]recalled, len(rows))
	for i, e := range rows {
		out[i] = recalled{adminapi.Moment{
			ID: e.ID.String(), At: e.At, Kind: "happened", What: e.Verb, By: e.ActorName, More: []byte(e.Payload),
		}, stop{e.At, journalSource, e.ID.String()}}
	}
	return out, err
}

func (t timeline) letters(ctx context.Context, f adminapi.TimelineFilter, address string, at time.Time, id string) ([]recalled, error) {
	place := letters.Place{At: at}
	if id != "" {
		place.ID = uuid.MustParse(id)
	}
	rows, err := t.rooms.letters.To(ctx, address, place, f.Limit+1)
	out := make([]recalled, len(rows))
	for i, l := range rows {
		out[i] = recalled{adminapi.Moment{ID: l.ID.String(), At: l.At, Kind: "letter", What: l.Category, Bad: l.Refused}, stop{l.At, letterSource, l.ID.String()}}
	}
	return out, err
}

func (t timeline) stripe(ctx context.Context, f adminapi.TimelineFilter, trace billing.Trace, at time.Time, id string) ([]recalled, error) {
	rows, err := t.rooms.billing.EventsOf(ctx, trace, at, id, f.Limit+1)
	out := make([]recalled, len(rows))
	for i, e := range rows {
		out[i] = recalled{adminapi.Moment{
			ID: e.ID, At: e.ReceivedAt, Kind: "stripe", What: e.Type, Bad: e.State == billing.EventReceived && e.Error != "", Note: e.Reason,
		}, stop{e.ReceivedAt, stripeSource, e.ID}}
	}
	return out, err
}
