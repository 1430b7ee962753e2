package stripelocal

import (
	"database/sql"
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal/internal/courier"
)

// Config says where the stand-in lives and how it behaves.
type Config struct {
	// DB is an open SQLite database; it may be the application's own. The
	// stand-in makes its tables and never closes it. Required.
	DB *sql.DB
	// Clock is the time of everything that is under no test clock. Required.
	Clock clock.Clock
	// Log gets what goes wrong inside. Nil means silence.
	Log *slog.Logger
	// PublicURL is where a browser reaches the stand-in, such as
	// http://127.0.0.1:8081/stripe. Its path may be stripped before Handler
	// or left on. Required.
	PublicURL string
	// SecretKey is the one key that is taken, such as sk_test_local. Live
	// keys are refused. Required.
	SecretKey string
	// WebhookURL gets every event, signed with WebhookSecret. Empty means
	// that only endpoints made through the API get any.
	WebhookURL    string
	WebhookSecret string
	// WorldClock puts everybody who is under no test clock under one that
	// follows real time, until the dashboard moves it ahead.
	WorldClock bool
	// RetryGaps are the waits between the tries of a renewal that failed.
	// Nil means 3, 5 and 7 days.
	RetryGaps []time.Duration
	// AfterRetries is what becomes of the subscription when all tries
	// failed: "canceled" (also when empty), "unpaid" or "past_due".
	AfterRetries string
	// DeliveryGaps are the waits between the attempts of a webhook delivery;
	// the last one repeats for three days. Nil means 5 seconds growing to 12
	// hours.
	DeliveryGaps []time.Duration
	// Tick is how often the background looks at Clock for what has become
	// due. Zero means half a second. It is real time.
	Tick time.Duration
}

func (c Config) check() error {
	switch {
	case c.DB == nil:
		return errors.New("stripelocal: no database")
	case c.Clock == nil:
		return errors.New("stripelocal: no clock")
	case c.SecretKey == "" || strings.ContainsAny(c.SecretKey, " \t\r\n"):
		return errors.New("stripelocal: the secret key is missing or has spaces in it")
	case strings.HasPrefix(c.SecretKey, "sk_live_") || strings.HasPrefix(c.SecretKey, "rk_live_"):
		return errors.New("stripelocal: this is a live key; the stand-in takes none")
	case !isWebURL(c.PublicURL):
		return errors.New("stripelocal: the public address is not an http or https address")
	case c.WebhookURL != "" && !isWebURL(c.WebhookURL):
		return errors.New("stripelocal: the webhook address is not an http or https address")
	case c.WebhookURL != "" && c.WebhookSecret == "":
		return errors.New("stripelocal: a webhook address needs a secret to sign with")
	case !slices.Contains([]string{"", "canceled", "unpaid", "past_due"}, c.AfterRetries):
		return errors.New("stripelocal: after the retries comes canceled, unpaid or past_due")
	}
	return nil
}

func isWebURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

// filled is the configuration with its defaults.
func (c Config) filled() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.RetryGaps == nil {
		c.RetryGaps = []time.Duration{3 * 24 * time.Hour, 5 * 24 * time.Hour, 7 * 24 * time.Hour}
	}
	if c.AfterRetries == "" {
		c.AfterRetries = "canceled"
	}
	if len(c.DeliveryGaps) == 0 {
		c.DeliveryGaps = courier.DefaultGaps()
	}
	if c.Tick <= 0 {
		c.Tick = 500 * time.Millisecond
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	return c
}
