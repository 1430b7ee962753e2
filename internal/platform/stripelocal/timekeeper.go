package stripelocal

import (
	"context"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
)

// keepTime does what becomes due: under real time, under the world's clock
// and under every clock that was sent ahead.
func (s *Server) keepTime(ctx context.Context) {
	tick := time.NewTicker(s.cfg.Tick)
	defer tick.Stop()
	for {
		moving, err := billing.Moving(s.book.Read(ctx))
		if err != nil && ctx.Err() == nil {
			s.cfg.Log.Error("stripelocal: read clocks", "error", err)
		}
		for _, clock := range append(moving, s.flowing...) {
			s.catchUp(ctx, clock)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.moved:
		case <-tick.C:
		}
	}
}

// patience is how often one object may want attention at one moment before it
// is taken out of the queue: it would hold up everything behind it.
const patience = 8

// catchUp does everything that is due under a clock, each step a transaction.
func (s *Server) catchUp(ctx context.Context, clock string) {
	var last billing.Woken
	for same := 0; ctx.Err() == nil; {
		woken, err := s.step(ctx, clock)
		if err == nil && woken == (billing.Woken{}) {
			return
		}
		if woken == last {
			same++
		} else {
			last, same = woken, 0
		}
		if err == nil && same < patience {
			continue
		}
		if ctx.Err() != nil {
			return
		}
		if book.Passing(err) {
			s.cfg.Log.Warn("stripelocal: time stands still for now", "clock", clock, "error", err)
			return // tried again at the next tick
		}
		s.cfg.Log.Error("stripelocal: time cannot pass for this object", "object", woken.ID, "clock", clock, "due", woken.At, "error", err)
		if woken.ID == "" || s.forget(ctx, woken.ID) != nil {
			return
		}
	}
}

func (s *Server) step(ctx context.Context, clock string) (woken billing.Woken, err error) {
	idle, err := s.idle(ctx, clock)
	if err != nil || idle {
		return billing.Woken{}, err
	}
	err = s.book.Write(ctx, func(tx *book.Tx) error {
		woken, err = s.rules.Step(tx, clock)
		return err
	})
	return woken, err
}

// idle spares a clock that has nothing to do the write lock.
func (s *Server) idle(ctx context.Context, clock string) (bool, error) {
	tx := s.book.Read(ctx)
	due, err := s.rules.HasDue(tx, clock)
	if err != nil || due {
		return false, err
	}
	moving, err := billing.Moving(tx)
	for _, m := range moving {
		if m == clock {
			return false, err
		}
	}
	return true, err
}

func (s *Server) forget(ctx context.Context, id string) error {
	return s.book.Write(ctx, func(tx *book.Tx) error { return tx.ForgetDue(id) })
}
