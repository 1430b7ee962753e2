package webhook

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestAReceiverThatHangsHasOneLane(t *testing.T) {
	t.Parallel()
	l := lanes{each: map[uuid.UUID]*lane{}}
	one, other := uuid.New(), uuid.New()
	fill := func(id uuid.UUID) (n int) {
		for n < 100 && l.enter(id) == nil {
			n++
		}
		return n
	}
	empty := func(id uuid.UUID, n int, a *Attempt) {
		for range n {
			l.leave(id, a)
		}
	}
	if n := fill(one); n != lanesEach {
		t.Errorf("%d at once", n)
	}
	var first, second *crowded
	if !errors.As(l.enter(one), &first) || !errors.As(l.enter(one), &second) || first.again < 500*time.Millisecond || second.again <= first.again {
		t.Errorf("all come back at once: %v %v", first, second)
	}
	if n := fill(other); n != lanesEach {
		t.Errorf("the other one has %d", n)
	}
	empty(one, lanesEach, &Attempt{Error: noAnswer})
	if n := fill(one); n != 1 {
		t.Errorf("one that hangs has %d", n)
	}
	if !errors.As(l.enter(one), &first) || first.again < 20*time.Second {
		t.Errorf("it is tried again after %v", first)
	}
	empty(one, 1, nil) // no call was made: nothing is known
	if n := fill(one); n != 1 {
		t.Errorf("it hangs no more, though nothing answered: %d", n)
	}
	empty(one, 1, &Attempt{Status: 200, TookMS: hanging.Milliseconds()})
	if n := fill(one); n != 1 {
		t.Errorf("one that is slow has %d", n)
	}
	empty(one, 1, &Attempt{Status: 500, TookMS: 80})
	if n := fill(one); n != lanesEach {
		t.Errorf("one that answers again has %d", n)
	}
	empty(one, lanesEach, &Attempt{Status: 200})
	empty(other, lanesEach, &Attempt{Status: 200})
	if len(l.each) != 0 {
		t.Errorf("%d are remembered for nothing", len(l.each))
	}
}
