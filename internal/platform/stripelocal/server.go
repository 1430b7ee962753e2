package stripelocal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/api"
	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/courier"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/pages"
)

// Server is one stand-in. It is safe for several goroutines.
type Server struct {
	cfg     Config
	book    *book.Book
	rules   *billing.Rules
	handler http.Handler
	flowing []string // clocks whose time passes by itself; empty is real time

	moved  chan struct{}
	mu     sync.Mutex
	stop   context.CancelFunc
	done   sync.WaitGroup
	closed bool
}

// New makes a stand-in and its tables. Its Handler answers at once; time and
// webhooks begin to move with Start.
func New(cfg Config) (*Server, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg = cfg.filled()
	b, err := book.Open(context.Background(), cfg.DB)
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, book: b, moved: make(chan struct{}, 1), rules: &billing.Rules{
		Clock: cfg.Clock, BaseURL: cfg.PublicURL, RetryGaps: cfg.RetryGaps, AfterRetries: cfg.AfterRetries,
	}}
	if err := s.prepare(); err != nil {
		return nil, fmt.Errorf("stripelocal: prepare: %w", err)
	}
	a := &api.API{Book: b, Rules: s.rules, Clock: cfg.Clock, Key: cfg.SecretKey, Log: cfg.Log, Moved: s.look}
	a.Routes()
	p, err := pages.New(pages.Config{Book: b, Rules: s.rules, Clock: cfg.Clock, Log: cfg.Log, PublicURL: cfg.PublicURL, Moved: s.look})
	if err != nil {
		return nil, err
	}
	s.handler = s.front(a, p)
	return s, nil
}

// prepare makes what the configuration asks for: the world's clock and the
// webhook endpoint.
func (s *Server) prepare() error {
	return s.book.Write(context.Background(), func(tx *book.Tx) error {
		u, err := s.rules.Begin(tx, object.EventRequest{})
		if err != nil {
			return err
		}
		if s.flowing, err = s.clocks(u); err != nil {
			return err
		}
		return u.Configure(s.cfg.WebhookURL, s.cfg.WebhookSecret)
	})
}

// clocks are real time and, if there is one, the world's clock. It goes on for
// those who live under it also when a later process makes none.
func (s *Server) clocks(u *billing.Unit) ([]string, error) {
	if s.cfg.WorldClock {
		if err := u.EnsureWorld(); err != nil {
			return nil, err
		}
		s.rules.World = billing.WorldID
	}
	if there, err := u.HasWorld(); err != nil || !there {
		return []string{""}, err
	}
	return []string{"", billing.WorldID}, nil
}

// Handler answers the API under /v1/ and the pages everywhere else.
func (s *Server) Handler() http.Handler { return s.handler }

// Start lets time and webhooks move, and takes up what an earlier process
// left. A second call does nothing.
func (s *Server) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil || s.closed {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	c := &courier.Courier{Book: s.book, Clock: s.cfg.Clock, Log: s.cfg.Log, Gaps: s.cfg.DeliveryGaps, Tick: s.cfg.Tick}
	s.done.Go(func() { c.Run(ctx) })
	s.done.Go(func() { s.keepTime(ctx) })
}

// Close stops what Start began and waits for it. What is queued stays queued.
// It can be called twice.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	stop := s.stop
	s.mu.Unlock()
	if stop != nil {
		stop()
	}
	s.done.Wait()
	return nil
}

// look makes the time keeper look for work now.
func (s *Server) look() {
	select {
	case s.moved <- struct{}{}:
	default:
	}
}

// ErrUnsettled says that Settle gave up waiting.
var ErrUnsettled = errors.New("stripelocal: still busy")

// Settle waits until every clock has arrived, nothing is due, and no delivery
// is due. It is for tests and scripts, after Start.
func (s *Server) Settle(ctx context.Context) error {
	for {
		busy, err := s.busy(ctx)
		if err != nil || !busy {
			return err
		}
		s.look()
		select {
		case <-ctx.Done():
			return errors.Join(ErrUnsettled, ctx.Err())
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func (s *Server) busy(ctx context.Context) (bool, error) {
	tx := s.book.Read(ctx)
	moving, err := billing.Moving(tx)
	if err != nil || len(moving) > 0 {
		return true, err
	}
	for _, clock := range s.flowing {
		due, err := s.rules.HasDue(tx, clock)
		if err != nil || due {
			return true, err
		}
	}
	queue, err := tx.DueDeliveries(s.cfg.Clock.Now(), 1)
	return len(queue) > 0, err
}
