package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func TestALoadCountsAnswersAndWaits(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Header.Get("X-Api-Key") != "k" {
			w.WriteHeader(http.StatusUnauthorized)
		}
		_, _ = w.Write([]byte(strings.Repeat("x", 6)))
	})
	r := load{addr, []question{ask("/a", 6, "X-Api-Key", "k"), ask("/b", 6, "X-Api-Key", "k")}, 3}.run(t.Context(), 100*time.Millisecond)
	if r.errors != 0 || r.answers == 0 || int64(r.answers) != asked.Load() || len(r.waits) != r.answers {
		t.Fatalf("%d answers, %d asked, %d waits, %d errors: %v", r.answers, asked.Load(), len(r.waits), r.errors, r.first)
	}
	if r.took < 100*time.Millisecond || r.percentile(.5) <= 0 || r.percentile(.99) < r.percentile(.5) {
		t.Fatalf("took %v, half within %v, 99%% within %v", r.took, r.percentile(.5), r.percentile(.99))
	}
}

func TestALoadCountsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"another status": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
		"another length": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("short")) },
		"no length": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("xxx"))
			w.(http.Flusher).Flush() //nolint:forcetypeassert // the server's own
			_, _ = w.Write([]byte("xxx"))
		},
		"a cut connection": func(w http.ResponseWriter, _ *http.Request) {
			conn, _, _ := w.(http.Hijacker).Hijack() //nolint:forcetypeassert // the server's own
			_ = conn.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := load{serve(t, answer), []question{ask("/", 6)}, 2}.run(t.Context(), 30*time.Millisecond)
			if r.answers != 0 || r.errors == 0 || r.first == nil {
				t.Fatalf("%d answers, %d errors, %v", r.answers, r.errors, r.first)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		t.Parallel()
		l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
		if r := (load{l.Addr().String(), []question{ask("/", 6)}, 1}).run(t.Context(), 20*time.Millisecond); r.errors == 0 || r.answers != 0 {
			t.Fatalf("%d answers, %d errors", r.answers, r.errors)
		}
	})
}

func TestALoadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("xxxxxx")) })
	if r := (load{addr, []question{ask("/", 6)}, 2}).run(ctx, time.Minute); r.took > 10*time.Second {
		t.Fatalf("took %v", r.took)
	}
}
