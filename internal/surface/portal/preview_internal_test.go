package portal

import (
	"testing"
	"time"
)

func TestWhoGuessesWaitsAMinute(t *testing.T) {
	t.Parallel()
	var g guesses
	now := time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC)
	for range guessLimit {
		if g.wait("a", now) != 0 {
			t.Fatal("has to wait too early")
		}
		g.count("a", now)
	}
	now = now.Add(20 * time.Second)
	if got := g.wait("a", now); got != 40*time.Second {
		t.Errorf("waits %s", got)
	}
	if g.wait("b", now) != 0 {
		t.Error("another client waits, too")
	}
	if now = now.Add(40 * time.Second); g.wait("a", now) != 0 {
		t.Error("the wait does not end")
	}
	if g.count("a", now); g.wait("a", now) != 0 {
		t.Error("what was counted before the wait still counts")
	}
}
