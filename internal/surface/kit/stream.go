package kit

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
)

// Limits of streams of events, on this node. A browser opens six connections
// to one server at most, so more than a few of one person are a mistake.
const (
	maxStreams = 300
	beatEvery  = 15 * time.Second
	slow       = 20 * time.Second
	// checkEvery is how often it is asked anew whether the client may listen.
	checkEvery = 30 * time.Second
)

// Frame is one event of a stream (HTML Living Standard, section 9.2,
// server-sent events). Data is one line.
type Frame struct {
	ID, Event string
	Data      []byte
}

// Stream is what a client listens to.
type Stream struct {
	Who  string // whose streams are counted together
	Most int    // of them
	// Wake gives a channel that is closed when there may be something new.
	Wake func() <-chan struct{}
	// Next gives what is new since it was asked last.
	Next func(ctx context.Context) ([]Frame, error)
	// May is asked now and then whether the client may still listen.
	May func(ctx context.Context) error
}

// streams counts what is open.
type streams struct {
	mu      sync.Mutex
	open    map[string]int
	all     int
	closing chan struct{}
	closed  bool
	beat    time.Duration
	check   time.Duration
	// patience is how long a client may take to receive what it is sent.
	patience time.Duration
}

func newStreams() *streams {
	return &streams{open: map[string]int{}, closing: make(chan struct{}), beat: beatEvery, check: checkEvery, patience: slow}
}

func (s *streams) enter(who string, most int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.all >= maxStreams || s.open[who] >= most {
		f := fault.New(fault.TooMany, "too_many_streams", "There are too many streams of events open. Close one, or come back later.")
		f.RetryAfter = checkEvery
		return f
	}
	s.all++
	s.open[who]++
	return nil
}

func (s *streams) leave(who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.open[who]--; s.open[who] == 0 {
		delete(s.open, who)
	}
}

// EndStreams ends all streams, so that a stop does not wait for them. Clients
// come back by themselves and go on where they were.
func (s *Server) EndStreams() {
	s.streams.mu.Lock()
	defer s.streams.mu.Unlock()
	if !s.streams.closed {
		s.streams.closed = true
		close(s.streams.closing)
	}
}

// Listen answers with a stream. It goes on after the handler has returned, and
// without the deadline of a request: nothing of the request may be used by it.
func Listen(c *fiber.Ctx, s *Server, st Stream) error {
	if c.Method() != http.MethodHead {
		if err := s.streams.enter(st.Who, st.Most); err != nil {
			return err
		}
	}
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Set("X-Accel-Buffering", "no") // nginx would keep the events back
	c.Response().SetConnectionClose()
	if c.Method() == http.MethodHead {
		return nil
	}
	r := &runner{Stream: st, streams: s.streams, conn: c.Context().Conn()}
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer s.streams.leave(st.Who)
		defer s.survive(st.Who)
		r.run(w)
	})
	return nil
}

// survive ends a stream that panics, and no more than that: it runs outside of
// the request, where nobody else recovers.
func (s *Server) survive(who string) {
	if v := recover(); v != nil {
		s.opts.Log.Error("a stream of events panicked", "panic", fmt.Sprint(v), "who", who, "stack", string(debug.Stack()))
	}
}

// runner writes one stream.
type runner struct {
	Stream
	*streams
	conn net.Conn
	w    *bufio.Writer
}

// run ends when the client is gone, which shows only when something is written
// to it, is too slow, may listen no more, or the server stops.
func (r *runner) run(w *bufio.Writer) {
	r.w = w
	beat, check := time.NewTicker(r.beat), time.NewTicker(r.check)
	defer beat.Stop()
	defer check.Stop()
	if !r.send("retry: 3000\n: begin\n\n") {
		return
	}
	for {
		wake := r.Wake() // before looking, so that nothing falls in between
		if !r.news() {
			return
		}
		select {
		case <-r.closing:
			return
		case <-wake:
		case <-beat.C:
			if !r.send(": beat\n\n") {
				return
			}
		case <-check.C:
			if !r.may() {
				return
			}
		}
	}
}

func (r *runner) may() bool {
	ctx, cancel := context.WithTimeout(context.Background(), slow)
	defer cancel()
	return r.May(ctx) == nil
}

// news sends all there is. What cannot be read now is read at the next beat.
func (r *runner) news() bool {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), slow)
		frames, err := r.Next(ctx)
		cancel()
		if err != nil || len(frames) == 0 {
			return true
		}
		var b strings.Builder
		for _, f := range frames {
			fmt.Fprintf(&b, "id: %s\nevent: %s\ndata: %s\n\n", f.ID, f.Event, f.Data)
		}
		if !r.send(b.String()) {
			return false
		}
	}
}

// send writes, and gives the client its time to receive.
func (r *runner) send(text string) bool {
	select {
	case <-r.closing:
		return false
	default:
	}
	if r.conn.SetWriteDeadline(time.Now().Add(r.patience)) != nil {
		return false
	}
	if _, err := r.w.WriteString(text); err != nil {
		return false
	}
	return r.w.Flush() == nil
}
