package stripeapi

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"

	"lighttrends/internal/platform/fault"
)

// APIVersion is the version every request asks for, pinned by stripe-go v76.
// Webhook endpoints are created with it too.
const APIVersion = stripe.APIVersion

// Config says which Stripe to speak to and how patiently.
type Config struct {
	// SecretKey is the account's key (sk_… or rk_…). Required. It appears in
	// no error and in no log line.
	SecretKey string
	// BaseURL replaces https://api.stripe.com, for the local stand-in. The
	// client adds /v1/… to it. Plain http is taken for local addresses only.
	BaseURL string
	// Timeout limits one attempt, body included. Zero means 20 seconds.
	Timeout time.Duration
	// Retries is how often a failed attempt is repeated with the same
	// idempotency key. Negative means none, zero means two.
	Retries int
	// Log receives one debug line for each call: method, path, status and
	// Stripe's request id, never a body or a header. Nil means silence.
	Log *slog.Logger
	// Before is asked ahead of every attempt; an error holds the call back. It
	// sees all calls, so what it refuses cannot happen. Nil lets all go.
	Before func(ctx context.Context, call Call) error
}

// Client speaks to one Stripe account. It is safe for several goroutines.
// Two clients share nothing, not even connections.
type Client struct {
	api  *resources
	wire *http.Client
	key  string
}

// New makes a client. It opens no connection. The error is a fault with the
// code stripe_config and never holds the key.
func New(cfg Config) (*Client, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	wire := &http.Client{
		Timeout:       cfg.timeout(),
		Transport:     newTransport(cfg),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	backend := stripe.GetBackendWithConfig(stripe.APIBackend, &stripe.BackendConfig{
		EnableTelemetry:   stripe.Bool(false),
		HTTPClient:        wire,
		LeveledLogger:     &stripe.LeveledLogger{Level: stripe.LevelNull},
		MaxNetworkRetries: stripe.Int64(cfg.retries()),
		URL:               stripe.String(cfg.base()),
	})
	return &Client{api: newResources(backend, cfg.SecretKey), wire: wire, key: cfg.SecretKey}, nil
}

// Close drops idle connections. The client must not be used afterwards.
func (c *Client) Close() { c.wire.CloseIdleConnections() }

func (cfg Config) check() error {
	bad := func(message string) error { return fault.New(fault.Internal, "stripe_config", message) }
	if strings.TrimSpace(cfg.SecretKey) == "" || strings.ContainsAny(cfg.SecretKey, " \t\r\n") {
		return bad("The Stripe key is missing or has spaces in it.")
	}
	u, err := url.Parse(cfg.base())
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return bad("The address of Stripe is not an http or https address.")
	}
	if u.Scheme == "https" || u.Scheme == "http" && isLocal(u.Hostname()) {
		return nil
	}
	return bad("The address of Stripe must be https, or http on this machine.")
}

// isLocal tells whether plain http to this host stays on the machine, so that
// the key crosses no network unencrypted.
func isLocal(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}

func (cfg Config) base() string {
	if cfg.BaseURL == "" {
		return stripe.APIURL
	}
	return strings.TrimRight(cfg.BaseURL, "/")
}

func (cfg Config) timeout() time.Duration {
	if cfg.Timeout <= 0 {
		return 20 * time.Second
	}
	return cfg.Timeout
}

func (cfg Config) retries() int64 {
	switch {
	case cfg.Retries < 0:
		return 0
	case cfg.Retries == 0:
		return stripe.DefaultMaxNetworkRetries
	default:
		return int64(min(cfg.Retries, 5))
	}
}
