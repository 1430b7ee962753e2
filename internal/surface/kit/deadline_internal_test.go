package kit

import (
	"context"
	"errors"
	"testing"
	"time"

	"lighttrends/internal/platform/actor"
)

func TestADeadlineBeginsWhenSomebodyWaits(t *testing.T) {
	t.Parallel()
	parent := actor.WithRequest(t.Context(), "a")
	t.Run("it passes", func(t *testing.T) {
		t.Parallel()
		d := withDeadline(parent, time.Now().Add(20*time.Millisecond))
		if d.Err() != nil || actor.Request(d) != "a" {
			t.Error(d.Err(), actor.Request(d))
		}
		child, cancel := context.WithCancel(d)
		defer cancel()
		<-child.Done()
		if !errors.Is(child.Err(), context.DeadlineExceeded) || !errors.Is(d.Err(), context.DeadlineExceeded) || actor.Request(child) != "a" {
			t.Error(child.Err(), d.Err())
		}
	})
	t.Run("it passes unseen", func(t *testing.T) {
		t.Parallel()
		d := withDeadline(parent, time.Now().Add(0))
		if !errors.Is(d.Err(), context.DeadlineExceeded) {
			t.Error(d.Err())
		}
		if at, ok := d.Deadline(); !ok || at.After(time.Now()) {
			t.Error(at, ok)
		}
	})
	t.Run("it ends before", func(t *testing.T) {
		t.Parallel()
		waited, unseen := withDeadline(parent, time.Now().Add(time.Hour)), withDeadline(parent, time.Now().Add(time.Hour))
		done := waited.Done()
		for _, d := range []*deadline{waited, unseen} {
			d.end()
			<-d.Done()
			if !errors.Is(d.Err(), context.Canceled) {
				t.Error(d.Err())
			}
		}
		<-done
	})
	t.Run("its parent ends", func(t *testing.T) {
		t.Parallel()
		parent, cancel := context.WithCancel(parent)
		d := withDeadline(parent, time.Now().Add(time.Hour))
		done := d.Done()
		cancel()
		<-done
		if !errors.Is(d.Err(), context.Canceled) {
			t.Error(d.Err())
		}
	})
}
