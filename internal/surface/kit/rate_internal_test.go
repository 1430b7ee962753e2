package kit

import (
	"strconv"
	"testing"
	"time"
)

// TestAFullDoorSweepsOnceASecond, not at every knock, and lets strangers in.
func TestAFullDoorSweepsOnceASecond(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	now := began
	d := NewDoor("test", Rate{Free: 2, Window: time.Hour}, func() time.Time { return now })
	d.swept = began
	for i := range doorMemory {
		d.due[strconv.Itoa(i)] = began.Add(10 * time.Millisecond)
	}
	knock := func(at time.Duration, sweeps bool) {
		t.Helper()
		now = began.Add(at)
		if _, wait := d.take("stranger"); wait != 0 {
			t.Error("refused")
		}
		if got := d.swept.Equal(now); got != sweeps {
			t.Errorf("after %v: swept %v", at, got)
		}
	}
	knock(20*time.Millisecond, false)
	knock(900*time.Millisecond, false)
	knock(time.Second, true)
	if len(d.due) != 1 {
		t.Errorf("%d are remembered", len(d.due))
	}
}
