package stripeapi

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// maxAnswer bounds what is read of one answer. A full page of a hundred
// subscriptions is well under a megabyte.
const maxAnswer = 16 << 20

// transport is what every call passes through on its way out: it removes the
// header in which stripe-go describes the machine, bounds the answer and
// writes the one log line.
type transport struct {
	next   http.RoundTripper
	log    *slog.Logger
	before func(context.Context, Call) error
}

func newTransport(cfg Config) *transport {
	log := cfg.Log
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &transport{log: log, before: cfg.Before, next: &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          16,
		MaxIdleConnsPerHost:   16,
		IdleConnTimeout:       60 * time.Second,
		TLSHandshakeTimeout:   5 * time.Second,
		ResponseHeaderTimeout: 60 * time.Second,
	}}
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	out := r.Clone(r.Context())
	out.Header.Del("X-Stripe-Client-User-Agent") // holds the output of uname
	if err := t.letGo(r); err != nil {
		return nil, err
	}
	started := time.Now()
	res, err := t.next.RoundTrip(out)
	line := t.log.With("method", r.Method, "path", r.URL.Path, "ms", time.Since(started).Milliseconds())
	if err != nil {
		line.Debug("stripe call failed", "error", err)
		return nil, err
	}
	line.Debug("stripe call", "status", res.StatusCode, "request", res.Header.Get("Request-Id"))
	res.Body = bounded{io.LimitReader(res.Body, maxAnswer), res.Body}
	return res, nil
}

// CloseIdleConnections lets http.Client.CloseIdleConnections through.
func (t *transport) CloseIdleConnections() {
	if c, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

type bounded struct {
	io.Reader
	io.Closer
}
