package copies

import (
	"context"
	"errors"
	"sync"

	"lighttrends/internal/platform/typeset"
)

// settersAtOnce is how many notes are set at a time. It takes a processor and
// some memory each.
const settersAtOnce = 2

// queue keeps those who want pages from setting too many at once, or the same
// ones twice.
type queue struct {
	places  chan struct{}
	mu      sync.Mutex
	running map[string]*setting
}

// setting is pages on their way, which several may wait for.
type setting struct {
	done chan struct{} // closed when body or err is there
	body *typeset.Body
	err  error
}

func newQueue() queue {
	return queue{places: make(chan struct{}, settersAtOnce), running: map[string]*setting{}}
}

// enter waits for a place among those who set; leave gives it back.
func (q *queue) enter(ctx context.Context) (leave func(), err error) {
	select {
	case q.places <- struct{}{}:
		return func() { <-q.places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// once gives what set gives, or what another is about to get by the same key.
// Where that one went away, the next in line sets.
func (q *queue) once(ctx context.Context, key string, set func() (*typeset.Body, error)) (*typeset.Body, error) {
	for {
		s, first := q.join(key)
		if first {
			func() {
				defer q.part(key, s) // even in a panic
				s.err = errWentAway
				s.body, s.err = set()
			}()
			return s.body, s.err
		}
		select {
		case <-s.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if !wentAway(s.err) {
			return s.body, s.err
		}
	}
}

// errWentAway stands until there is a result.
var errWentAway = errors.New("copies: nobody finished setting")

func wentAway(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errWentAway)
}

func (q *queue) join(key string) (s *setting, first bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if s = q.running[key]; s == nil {
		s, first = &setting{done: make(chan struct{})}, true
		q.running[key] = s
	}
	return s, first
}

func (q *queue) part(key string, s *setting) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.running, key)
	close(s.done)
}
