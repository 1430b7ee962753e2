package content

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"lighttrends/internal/platform/fault"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestMomentsOnTheWall(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ zone, wall, offset, want string }{
		{"Europe/Berlin", "2026-12-24T09:00", "", "2026-12-24T08:00:00Z"},
		{"Europe/Berlin", "2026-12-24T09:00", "+01:00", "2026-12-24T08:00:00Z"},
		{"Europe/Berlin", "2026-12-24T09:00", "+02:00", "wrong_offset"},
		{"Europe/Berlin", "2026-03-29T01:59:59", "", "2026-03-29T00:59:59Z"},
		{"Europe/Berlin", "2026-03-29T02:00", "", "missing_time"},
		{"Europe/Berlin", "2026-03-29T02:30", "", "missing_time"},
		{"Europe/Berlin", "2026-03-29T02:30", "+01:00", "missing_time"},
		{"Europe/Berlin", "2026-03-29T03:00", "", "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-10-25T01:59", "", "2026-10-24T23:59:00Z"},
		{"Europe/Berlin", "2026-10-25T02:00", "", "ambiguous_time"},
		{"Europe/Berlin", "2026-10-25T02:30", "", "ambiguous_time"},
		{"Europe/Berlin", "2026-10-25T02:30", "+02:00", "2026-10-25T00:30:00Z"},
		{"Europe/Berlin", "2026-10-25T02:30", "+01:00", "2026-10-25T01:30:00Z"},
		{"Europe/Berlin", "2026-10-25T02:30", "+03:00", "wrong_offset"},
		{"Europe/Berlin", "2026-10-25T03:00", "", "2026-10-25T02:00:00Z"},
		{"Australia/Lord_Howe", "2026-10-04T02:15", "", "missing_time"}, // half an hour is skipped
		{"Australia/Lord_Howe", "2026-04-05T01:45", "", "ambiguous_time"},
		{"America/New_York", "2026-11-01T01:30", "-04:00", "2026-11-01T05:30:00Z"},
		{"UTC", "2026-03-29T02:30", "", "2026-03-29T02:30:00Z"},
		{"UTC", "2025-12-31T23:59", "", "in_past"},
		{"UTC", "2026-01-01T00:00", "", "in_past"},
		{"UTC", "2046-01-01T00:00", "", "too_far"},
		{"UTC", "tomorrow", "", "bad_time"},
		{"UTC", "2026-02-30T09:00", "", "bad_time"},
		{"UTC", "2026-12-24T09:00Z", "", "bad_time"},
	} {
		at, err := moment(tt.wall, tt.offset, zone(t, tt.zone), now)
		got := at.Format(time.RFC3339)
		if f := fault.Of(err); f != nil {
			if got = f.Code; len(f.Fields) > 0 {
				got = f.Fields[0].Code
			}
		}
		if got != tt.want {
			t.Errorf("%s %s %s: %s, want %s", tt.zone, tt.wall, tt.offset, got, tt.want)
		}
	}
	_, err := moment("2026-10-25T02:30", "", zone(t, "Europe/Berlin"), now)
	if c := fault.Of(err).Choices; len(c) != 2 || c[0] != "2026-10-25T02:30:00+02:00" || c[1] != "2026-10-25T02:30:00+01:00" {
		t.Errorf("choices %v", c)
	}
}

// TestEveryInstantHasItsPlaceOnTheWall: what a zone's clocks show leads back
// to the instant, alone or as one of two.
func TestEveryInstantHasItsPlaceOnTheWall(t *testing.T) {
	t.Parallel()
	names := []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "UTC"}
	rapid.Check(t, func(r *rapid.T) {
		z := zone(t, rapid.SampledFrom(names).Draw(r, "zone"))
		at := time.Unix(rapid.Int64Range(1_767_225_600, 2_000_000_000).Draw(r, "at"), 0).In(z)
		shown, _ := parseWall(at.Format(wallLayouts[1]))
		all := instants(shown, z)
		if got, ok := pickInstant(all, at.Format("-07:00")); !ok || !got.Equal(at) || len(all) > 2 {
			r.Fatalf("%s gives %v", at, all)
		}
	})
}
