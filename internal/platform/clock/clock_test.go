package clock_test

import (
	"sync"
	"testing"
	"time"

	"lighttrends/internal/platform/clock"
)

func TestTimesAreWhatBothDatabasesKeep(t *testing.T) {
	t.Parallel()
	odd := time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.FixedZone("somewhere", 3600))
	m := clock.NewManual(odd)
	m2 := clock.NewManual(time.Time{})
	m2.Set(odd)
	for name, now := range map[string]time.Time{
		"the machine's": clock.System{}.Now(), "a test's": m.Now(), "after setting": m2.Now(), "after moving": m.Advance(1500 * time.Nanosecond),
	} {
		if now.Location() != time.UTC || now.Nanosecond()%1000 != 0 {
			t.Errorf("%s: %v", name, now)
		}
	}
	if want := odd.Truncate(time.Microsecond); !m2.Now().Equal(want) {
		t.Errorf("%v, want %v", m2.Now(), want)
	}
}

func TestAManualClockStandsStillUntilItIsMoved(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	m := clock.NewManual(start)
	if a, b := m.Now(), m.Now(); !a.Equal(start) || !a.Equal(b) {
		t.Errorf("%v, then %v", a, b)
	}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { m.Advance(time.Second); m.Now() })
	}
	wg.Wait()
	if got := m.Now().Sub(start); got != 50*time.Second {
		t.Errorf("moved by %s", got)
	}
}
