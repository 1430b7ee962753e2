package identity_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
)

type lookUp struct {
	hashes [][]byte
	ctx    context.Context
	answer chan error // nil finds everybody
}

// held is a reception whose look-ups wait for the test.
func held(t *testing.T) (identity.Reception, chan lookUp) {
	t.Helper()
	begun := make(chan lookUp, 100)
	return identity.NewReception(func(ctx context.Context, hashes [][]byte) (map[string]identity.Session, error) {
		l := lookUp{hashes, ctx, make(chan error)}
		begun <- l
		if err := <-l.answer; err != nil {
			return nil, err
		}
		found := map[string]identity.Session{}
		for _, h := range hashes {
			found[string(h)] = identity.Session{Name: string(h)}
		}
		return found, nil
	}), begun
}

// fill keeps every counter busy and lets n more come.
func fill(t *testing.T, r identity.Reception, begun chan lookUp, n int) (busy []lookUp, done chan string) {
	t.Helper()
	done = make(chan string, identity.Counters+n)
	ask := func(name string) {
		go func() {
			s, ok, err := r.Ask(t.Context(), []byte(name))
			done <- fmt.Sprintf("%s %v %v", s.Name, ok, err)
		}()
	}
	for i := range identity.Counters {
		ask(fmt.Sprintf("first-%d", i))
		busy = append(busy, <-begun)
	}
	for i := range n {
		ask(fmt.Sprintf("later-%d", i))
	}
	await(t, func() bool { return r.Waiting() == n })
	return busy, done
}

func await(t *testing.T, ready func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ready(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not come to that")
		}
	}
}

func TestWhoComesLaterSharesTheNextLookUp(t *testing.T) {
	t.Parallel()
	r, begun := held(t)
	busy, done := fill(t, r, begun, 9)
	for _, l := range busy {
		if len(l.hashes) != 1 {
			t.Fatalf("somebody joined a look-up that had begun: %q", l.hashes)
		}
	}
	busy[0].answer <- nil
	shared := <-begun
	if len(shared.hashes) != 9 || r.Waiting() != 0 {
		t.Fatalf("%d shared the next look-up, %d still wait", len(shared.hashes), r.Waiting())
	}
	shared.answer <- nil
	busy[1].answer <- nil
	seen := map[string]bool{}
	for range 9 + identity.Counters {
		seen[<-done] = true
	}
	if !seen["first-0 true <nil>"] || !seen["later-8 true <nil>"] || len(seen) != 9+identity.Counters {
		t.Fatalf("%v", seen)
	}
}

func TestALookUpThatFailsFailsThoseInItOnly(t *testing.T) {
	t.Parallel()
	r, begun := held(t)
	busy, done := fill(t, r, begun, 2)
	busy[0].answer <- nil
	(<-begun).answer <- errors.New("boom")
	for range 3 {
		if s := <-done; s != "first-0 true <nil>" && s != " false boom" {
			t.Fatal(s)
		}
	}
	busy[1].answer <- nil
	<-done
	go func() { (<-begun).answer <- nil }()
	if s, ok, err := r.Ask(t.Context(), []byte("again")); err != nil || !ok || s.Name != "again" {
		t.Fatalf("%v %v %v", s, ok, err)
	}
}

func TestWhoLeavesDoesNotEndASharedLookUp(t *testing.T) {
	t.Parallel()
	r, begun := held(t)
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() { _, _, err := r.Ask(ctx, []byte("leader")); left <- err }()
	l := <-begun
	cancel()
	if l.ctx.Err() != nil {
		t.Fatal("the look-up ended with one of its requests")
	}
	if _, bounded := l.ctx.Deadline(); !bounded {
		t.Fatal("nothing ends a look-up")
	}
	busy := keepBusy(t, r, begun)
	waiting := make(chan error, 1)
	short, stop := context.WithCancel(t.Context())
	go func() { _, _, err := r.Ask(short, []byte("impatient")); waiting <- err }()
	await(t, func() bool { return r.Waiting() == 1 })
	stop()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	l.answer <- nil
	<-left
	(<-begun).answer <- nil // for the impatient one, who is gone
	for _, b := range busy {
		b.answer <- nil
	}
}

// keepBusy keeps the counters that are left busy.
func keepBusy(t *testing.T, r identity.Reception, begun chan lookUp) (busy []lookUp) {
	t.Helper()
	for range identity.Counters - 1 {
		go func() { _, _, _ = r.Ask(t.Context(), []byte("other")) }()
		busy = append(busy, <-begun)
	}
	return busy
}

func TestABrokenLookUpFreesItsCounter(t *testing.T) {
	t.Parallel()
	panics := true
	r := identity.NewReception(func(context.Context, [][]byte) (map[string]identity.Session, error) {
		if panics {
			panic("boom")
		}
		return map[string]identity.Session{"x": {}}, nil
	})
	for range identity.Counters + 1 {
		if _, ok, err := r.Ask(t.Context(), []byte("x")); ok || err == nil {
			t.Fatal("a broken look-up found somebody")
		}
	}
	panics = false
	if _, ok, err := r.Ask(t.Context(), []byte("x")); !ok || err != nil {
		t.Fatal(ok, err)
	}
}

// Whoever is signed out is out at the next request, however many others ask at
// the same time.
func TestASharedLookUpNeverTellsWhatWasTrueBeforeTheRequest(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	open := map[string]bool{}
	r := identity.NewReception(func(_ context.Context, hashes [][]byte) (map[string]identity.Session, error) {
		mu.Lock()
		found := map[string]identity.Session{}
		for _, h := range hashes {
			if open[string(h)] {
				found[string(h)] = identity.Session{}
			}
		}
		mu.Unlock()
		time.Sleep(50 * time.Microsecond) // the way back
		return found, nil
	})
	set := func(name string, to bool) {
		mu.Lock()
		defer mu.Unlock()
		open[name] = to
	}
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			name := fmt.Sprint(i)
			for n := range 200 {
				want := n%2 == 0
				set(name, want)
				if _, ok, err := r.Ask(t.Context(), []byte(name)); ok != want || err != nil {
					t.Errorf("%s is %v, was found to be %v (%v)", name, want, ok, err)
					return
				}
			}
		})
	}
	all.Wait()
}
