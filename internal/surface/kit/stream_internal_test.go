package kit

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// listening serves one stream at /events, and gives its address.
func listening(t *testing.T, st Stream, set func(*streams)) (*Server, string) {
	t.Helper()
	s := New(Options{Log: slog.New(slog.DiscardHandler)})
	s.streams.beat, s.streams.check = 20*time.Millisecond, 20*time.Millisecond
	set(s.streams)
	s.App.Get("/events", func(c *fiber.Ctx) error { return Listen(c, s, st) })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.App.Listener(l) }()
	t.Cleanup(func() {
		s.EndStreams()
		_ = s.App.ShutdownWithTimeout(time.Second)
	})
	return s, "http://" + l.Addr().String() + "/events"
}

func quiet() Stream {
	return Stream{
		Who: "ada", Most: 2, Wake: func() <-chan struct{} { return make(chan struct{}) },
		Next: func(context.Context) ([]Frame, error) { return nil, nil }, May: func(context.Context) error { return nil },
	}
}

func open(t *testing.T, address string) *http.Response {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// until tells whether something comes true soon.
func until(what func() bool) bool {
	for range 200 {
		if what() {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

func (s *streams) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all
}

func TestAStreamTellsWhatComes(t *testing.T) {
	t.Parallel()
	st, wake, n := quiet(), make(chan chan struct{}, 1), atomic.Int64{}
	bell := make(chan struct{})
	wake <- bell
	st.Wake = func() <-chan struct{} { b := <-wake; wake <- b; return b }
	st.Next = func(context.Context) ([]Frame, error) {
		if i := n.Add(1); i == 1 || i == 3 {
			return []Frame{{fmt.Sprint(i), "note.published", []byte(`{"n":1}`)}}, nil
		}
		return nil, nil
	}
	_, address := listening(t, st, func(s *streams) { s.beat, s.check = time.Hour, time.Hour })
	res := open(t, address)
	if res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("Cache-Control") != "private, no-store" {
		t.Error(res.Header)
	}
	r := bufio.NewReader(res.Body)
	read := func(want string) {
		t.Helper()
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(line) == want {
				return
			}
		}
	}
	read("id: 1")
	read(`data: {"n":1}`)
	<-wake
	wake <- make(chan struct{})
	close(bell)
	read("id: 3")
}

func TestStreamsEnd(t *testing.T) {
	t.Parallel()
	t.Run("when the server stops", func(t *testing.T) {
		t.Parallel()
		s, address := listening(t, quiet(), func(s *streams) { s.beat, s.check = time.Hour, time.Hour })
		res := open(t, address)
		began := time.Now()
		s.EndStreams()
		if _, err := io.ReadAll(res.Body); err != nil {
			t.Error("it was cut off:", err)
		}
		if err := s.App.ShutdownWithTimeout(3 * time.Second); err != nil || time.Since(began) > 2*time.Second {
			t.Error(err, time.Since(began))
		}
	})
	t.Run("when the client is gone", func(t *testing.T) {
		t.Parallel()
		s, address := listening(t, quiet(), func(*streams) {})
		res := open(t, address)
		_ = res.Body.Close()
		if !until(func() bool { return s.streams.count() == 0 }) {
			t.Error("it goes on")
		}
	})
	t.Run("when the client may not listen any more", func(t *testing.T) {
		t.Parallel()
		st := quiet()
		st.May = func(context.Context) error { return errors.New("revoked") }
		s, address := listening(t, st, func(*streams) {})
		if _, err := io.ReadAll(open(t, address).Body); err != nil || !until(func() bool { return s.streams.count() == 0 }) {
			t.Error("it goes on", err)
		}
	})
	t.Run("when it panics, and nothing else does", func(t *testing.T) {
		t.Parallel()
		st := quiet()
		st.Next = func(context.Context) ([]Frame, error) { panic("nil map") }
		s, address := listening(t, st, func(*streams) {})
		_, _ = io.ReadAll(open(t, address).Body)
		if !until(func() bool { return s.streams.count() == 0 }) {
			t.Error("it goes on")
		}
	})
	t.Run("when the client is too slow", func(t *testing.T) {
		t.Parallel()
		st := quiet()
		st.Next = func(context.Context) ([]Frame, error) { return []Frame{{"1", "x", make([]byte, 1<<20)}}, nil } // without an end
		s, address := listening(t, st, func(s *streams) { s.patience = 100 * time.Millisecond })
		open(t, address) // and reads nothing
		if !until(func() bool { return s.streams.count() == 0 }) {
			t.Error("it goes on")
		}
	})
}

func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	s, address := listening(t, quiet(), func(*streams) {})
	first := open(t, address)
	open(t, address)
	if res := open(t, address); res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" {
		t.Error(res.StatusCode, res.Header)
	}
	_ = first.Body.Close()
	if !until(func() bool { return s.streams.count() == 1 }) {
		t.Fatal("the first one goes on")
	}
	if res := open(t, address); res.StatusCode != http.StatusOK {
		t.Error(res.StatusCode)
	}
}
