package content

import (
	"time"

	"lighttrends/internal/platform/fault"
)

// maxAhead is how far ahead something can be scheduled.
const maxAhead = 10 * 366 * 24 * time.Hour

var wallLayouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05"}

// moment finds the instant that a clock on the wall shows as wall. In the hour
// that a change of the clocks skips there is none; in the hour that it repeats
// there are two, and offset has to say which.
func moment(wall, offset string, zone *time.Location, now time.Time) (time.Time, error) {
	var f fault.Fields
	shown, ok := parseWall(wall)
	if f.Check(ok, "/at", "bad_time", "A time such as 2026-12-24T09:00, in the publication's time zone."); !ok {
		return shown, f.Err()
	}
	all := instants(shown, zone)
	at, found := pickInstant(all, offset)
	switch {
	case len(all) == 0:
		f.Add("/at", "missing_time", "The clocks skip this time on that day.")
	case !found && offset == "":
		return at, ambiguous(all)
	case !found:
		f.Add("/offset", "wrong_offset", "The publication's time zone has another offset at this time.")
	default:
		f.Check(at.After(now), "/at", "in_past", "This moment has passed.")
		f.Check(at.Before(now.Add(maxAhead)), "/at", "too_far", "At most ten years ahead.")
	}
	return at.UTC(), f.Err()
}

func parseWall(wall string) (time.Time, bool) {
	for _, layout := range wallLayouts {
		if t, err := time.Parse(layout, wall); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// instants lists when the zone's clocks show a time, the earlier one first. The
// offsets that can be in force are those of the day before and the day after.
func instants(shown time.Time, zone *time.Location) (out []time.Time) {
	for _, near := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, seconds := shown.Add(near).In(zone).Zone()
		at := shown.Add(-time.Duration(seconds) * time.Second).In(zone)
		if at.Format(wallLayouts[1]) != shown.Format(wallLayouts[1]) || len(out) == 1 && out[0].Equal(at) {
			continue
		}
		out = append(out, at)
	}
	if len(out) == 2 && out[1].Before(out[0]) {
		out[0], out[1] = out[1], out[0]
	}
	return out
}

// pickInstant takes the only one, or the one with the offset that was asked for.
func pickInstant(all []time.Time, offset string) (time.Time, bool) {
	for _, at := range all {
		if offset == at.Format("-07:00") || offset == "" && len(all) == 1 {
			return at, true
		}
	}
	return time.Time{}, false
}

// ambiguous asks which of two instants is meant.
func ambiguous(all []time.Time) error {
	f := fault.New(fault.Conflict, "ambiguous_time", "The clocks show this time twice on that day. Say which one is meant, by its offset.")
	for _, at := range all {
		f.Choices = append(f.Choices, at.Format(time.RFC3339))
	}
	return f
}
