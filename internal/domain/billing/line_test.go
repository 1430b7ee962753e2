package billing_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
)

// line is the wire to Stripe. Tests cut it, listen on it or hold what it
// carries.
type line struct {
	url    string
	behind http.Handler
	calls  atomic.Int64
	mu     sync.Mutex
	before func(w http.ResponseWriter, r *http.Request) (answered bool)
	after  func(r *http.Request)
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	before, after := l.before, l.after
	l.mu.Unlock()
	if strings.HasPrefix(r.URL.Path, "/v1/") {
		l.calls.Add(1)
	}
	if before != nil && before(w, r) {
		return
	}
	if after == nil {
		l.behind.ServeHTTP(w, r)
		return
	}
	kept := httptest.NewRecorder()
	l.behind.ServeHTTP(kept, r)
	after(r) // may panic with http.ErrAbortHandler: done, but the answer is lost
	for k, v := range kept.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(kept.Code)
	_, _ = w.Write(kept.Body.Bytes())
}

func (l *line) hook(before func(http.ResponseWriter, *http.Request) bool, after func(*http.Request)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.before, l.after = before, after
}

// cut makes Stripe unreachable for the API until mended.
func (l *line) cut() {
	l.hook(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/v1/") {
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		}
		return false
	}, nil)
}

func (l *line) mend() { l.hook(nil, nil) }
