package app

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/stripelocal"
	"lighttrends/internal/surface/inbound"
)

// localStripe is how the local stand-in for Stripe is reached. Its secrets are
// made from the server's own, so nobody else can sign an event.
type localStripe struct {
	secretKey, webhookSecret string
	apiBase                  string
}

func newLocalStripe(cfg config.Config, key string) localStripe {
	return localStripe{
		secretKey:     "sk_test_" + hex.EncodeToString(config.Derive(key, "stripelocal-key"))[:40],
		webhookSecret: "whsec_" + hex.EncodeToString(config.Derive(key, "stripelocal-webhook"))[:40],
		apiBase:       "http://" + nearAddress(cfg.DemoAddr) + stripePrefix,
	}
}

// Where the demo services live on their own address.
const (
	stripePrefix  = "/stripe"
	mailboxPrefix = "/mailbox"
)

// demoServices are the built-in mailbox and the stand-in for Stripe, on an
// address of their own, so that no route of the real server is theirs.
type demoServices struct {
	server *http.Server
	stripe *stripelocal.Server // nil with real Stripe keys
	file   *sql.DB
	done   chan error
}

// startDemo starts what the configuration leaves to the built-in services; it
// returns nil when that is nothing.
func (r *rooms) startDemo() (*demoServices, error) {
	if !r.cfg.StripeLocal() && !r.cfg.MailLocal() {
		return nil, nil //nolint:nilnil // nothing to start
	}
	d := &demoServices{done: make(chan error, 1)}
	mux := http.NewServeMux()
	if err := d.mount(mux, r); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", r.cfg.DemoAddr)
	if err != nil {
		d.close()
		return nil, err
	}
	d.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() { d.done <- d.server.Serve(l) }()
	if d.stripe != nil {
		d.stripe.Start()
	}
	return d, nil
}

func (d *demoServices) mount(mux *http.ServeMux, r *rooms) (err error) {
	home := mailboxPrefix + "/"
	if r.mailbox != nil {
		h, err := r.mailbox.Handler(mailboxPrefix)
		if err != nil {
			return err
		}
		mux.Handle(mailboxPrefix+"/", h)
	} else {
		home = stripePrefix + "/"
	}
	mux.Handle("GET /{$}", http.RedirectHandler(home, http.StatusSeeOther))
	if !r.cfg.StripeLocal() {
		return nil
	}
	if d.file, err = db.OpenFile(filepath.Join(r.cfg.DataDir, "stripe-local.db")); err != nil {
		return err
	}
	d.stripe, err = stripelocal.New(stripelocal.Config{
		DB: d.file, Clock: r.clock, Log: r.log, PublicURL: r.cfg.DemoURL + stripePrefix,
		SecretKey: r.local.secretKey, WebhookURL: r.webhookURL(), WebhookSecret: r.local.webhookSecret, WorldClock: true,
	})
	if err != nil {
		return err
	}
	mux.Handle(stripePrefix+"/", d.stripe.Handler())
	return nil
}

// webhookURL is where the stand-in finds this server: on its own machine, not
// by the address readers use.
func (r *rooms) webhookURL() string {
	return "http://" + nearAddress(r.cfg.Addr) + inbound.StripePath
}

// nearAddress is how this machine reaches what listens on addr.
func nearAddress(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

func (d *demoServices) close() {
	if d == nil {
		return
	}
	if d.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		if err := d.server.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
			_ = d.server.Close()
		}
		<-d.done //nolint:errcheck // Serve ends with ErrServerClosed
	}
	if d.stripe != nil {
		_ = d.stripe.Close()
	}
	if d.file != nil {
		_ = d.file.Close()
	}
}
