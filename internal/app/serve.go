package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/surface/kit"
)

// stopWithin is how long a stop may take: what is under way is finished, and
// what is not is given up in a way that another start takes up. The built-in
// services take up to two seconds more, and all of it stays below ten.
const stopWithin = 7 * time.Second

// node is one running server.
type node struct {
	rooms   *rooms
	server  *kit.Server
	health  *kit.Health
	metrics *metrics
	demo    *demoServices
	workers db.Workers
	failed  chan error
	ended   sync.Once
}

// Serve runs the server until ctx ends. out gets the few lines a person who
// starts it wants to read; the log goes elsewhere.
func Serve(ctx context.Context, cfg config.Config, log *slog.Logger, out io.Writer) error {
	return serve(ctx, cfg, log, func(ctx context.Context, r *rooms) error {
		token, needed, err := r.identity.OfferSetup(ctx)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(out, "lighttrends is running.\n\n  Portal   %s\n  Desk     %s/desk/\n", cfg.BaseURL, cfg.BaseURL)
		r.sayDemoServices(out)
		if needed {
			_, _ = fmt.Fprintf(out, "\n  Nobody works here yet. Make the first owner, once, at\n  %s/setup/%s\n", cfg.BaseURL, url.PathEscape(token))
		}
		_, _ = fmt.Fprintln(out, "\n  Ctrl-C stops it.")
		return nil
	})
}

func (r *rooms) sayDemoServices(out io.Writer) {
	if r.mailbox != nil {
		_, _ = fmt.Fprintf(out, "  Mailbox  %s%s/   (no SMTP_URL: letters stay here)\n", r.cfg.DemoURL, mailboxPrefix)
	}
	if r.cfg.StripeLocal() {
		_, _ = fmt.Fprintf(out, "  Stripe   %s%s/    (no STRIPE_SECRET_KEY: a local stand-in, no money moves)\n", r.cfg.DemoURL, stripePrefix)
	}
}

// serve opens, migrates and starts everything, calls ready, and stops in the
// opposite order when ctx ends or a part fails.
func serve(ctx context.Context, cfg config.Config, log *slog.Logger, ready func(context.Context, *rooms) error) error {
	defer keepSmall(cfg)()
	if cfg.DatabaseURL == "" {
		release, err := lock(cfg.DataDir)
		if err != nil {
			return err
		}
		defer release()
	}
	r, err := open(ctx, cfg, log, clock.System{})
	if err != nil {
		return err
	}
	defer r.close()
	if _, err := r.db.Migrate(ctx); err != nil {
		return err
	}
	n, err := r.start(ctx)
	if err != nil {
		return err
	}
	if err := ready(ctx, r); err != nil {
		n.stop()
		if ctx.Err() != nil { // asked to stop while it was still starting
			return nil
		}
		return err
	}
	select {
	case <-ctx.Done():
	case err = <-n.failed:
	}
	n.stop()
	return err
}

// start brings a node up: first it listens, then it works.
func (r *rooms) start(ctx context.Context) (*node, error) {
	l, err := net.Listen("tcp", r.cfg.Addr)
	if err != nil {
		return nil, busy(err, r.cfg.Addr)
	}
	n := &node{rooms: r, metrics: newMetrics(), failed: make(chan error, 2)}
	if n.demo, err = r.startDemo(); err != nil {
		_ = l.Close()
		return nil, busy(err, r.cfg.DemoAddr)
	}
	n.health = &kit.Health{Ready: r.db.Ready, Metrics: n.metrics.handler()}
	if n.server, err = r.surfaces(n); err != nil {
		n.demo.close()
		_ = l.Close()
		return nil, err
	}
	r.db.Listen(ctx)
	go func() {
		if err := n.server.App.Listener(l); err != nil {
			n.failed <- err
		}
	}()
	if n.workers, err = r.work(ctx, n.metrics); err != nil {
		n.stop()
		return nil, err
	}
	return n, nil
}

func busy(err error, addr string) error {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "listen" {
		return fmt.Errorf("cannot listen on %s (%w); set ADDR to another address, such as ADDR=127.0.0.1:9090", addr, op.Err)
	}
	return err
}

// stop ends a node with nothing cut off: no new requests, answers finished,
// jobs finished. Both at the same time, so that a client who never ends a
// request takes no time from the jobs. What does not finish in time is left
// for the next start.
func (n *node) stop() { n.ended.Do(n.end) }

func (n *node) end() {
	n.health.Drain()
	n.server.EndStreams()
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	var both sync.WaitGroup
	both.Go(func() {
		if err := n.server.App.ShutdownWithContext(ctx); err != nil {
			n.rooms.log.Warn("some requests were cut off", "error", err)
		}
	})
	both.Go(func() { n.stopWorkers(ctx) })
	both.Wait()
	n.demo.close()
}

// stopWorkers lets running jobs end for a while, then asks them to give up.
func (n *node) stopWorkers(ctx context.Context) {
	if n.workers == nil {
		return
	}
	soft, cancel := context.WithTimeout(ctx, stopWithin/2)
	defer cancel()
	if err := n.workers.Stop(soft); err == nil {
		return
	}
	if err := n.workers.StopAndCancel(ctx); err != nil {
		n.rooms.log.Warn("some jobs were cut off; the next start takes them up", "error", err)
	}
}
