// Package config reads the environment into one struct and checks it before
// anything starts. All faults are reported together, so that nobody has to
// start the program five times to find five mistakes.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is everything the environment can say. See README, "Configuration".
type Config struct {
	Addr     string `env:"ADDR" envDefault:"127.0.0.1:8080"` // where the web server listens
	BaseURL  string `env:"BASE_URL"`                         // how readers reach it; made from ADDR when empty
	DataDir  string `env:"DATA_DIR" envDefault:"data"`       // SQLite, files, keys
	ThemeDir string `env:"THEME_DIR"`                        // templates and files that override the built-in ones; empty for none

	DatabaseURL string `env:"DATABASE_URL"` // postgres://; empty selects SQLite in DATA_DIR
	SecretKey   string `env:"SECRET_KEY"`   // 32 characters or more; made and kept in DATA_DIR when local

	StripeSecretKey     string   `env:"STRIPE_SECRET_KEY"`     // empty selects the local stand-in
	StripeWebhookSecret []string `env:"STRIPE_WEBHOOK_SECRET"` // several during a rotation, comma separated
	StripeAPIBase       string   `env:"STRIPE_API_BASE"`       // another address for the Stripe API

	SMTPURL  string `env:"SMTP_URL"` // smtp:// or smtps://; empty selects the built-in mailbox
	MailFrom string `env:"MAIL_FROM"`

	S3Endpoint  string `env:"S3_ENDPOINT"` // empty keeps files in DATA_DIR
	S3Bucket    string `env:"S3_BUCKET"`
	S3Region    string `env:"S3_REGION"`
	S3AccessKey string `env:"S3_ACCESS_KEY"`
	S3SecretKey string `env:"S3_SECRET_KEY"`
	S3PathStyle bool   `env:"S3_PATH_STYLE" envDefault:"true"`

	FrontEnds             []string `env:"FRONT_ENDS"`                            // origins of your other front ends, which buyers may come back to
	TrustedProxies        []string `env:"TRUSTED_PROXIES"`                       // addresses or ranges whose X-Forwarded-For is believed
	RateLimits            bool     `env:"RATE_LIMITS" envDefault:"true"`         // false where something in front limits each client
	MCPNotesPerDay        int      `env:"MCP_NOTES_PER_DAY" envDefault:"60"`     // how many gated notes assistants read for a member; 0 is no bound
	MCPWordsPerDay        int      `env:"MCP_WORDS_PER_DAY" envDefault:"200000"` // and how many words of them
	AdminAPIKey           string   `env:"ADMIN_API_KEY"`                         // a key that works before any is made at the desk
	WebhookAllowedTargets []string `env:"WEBHOOK_ALLOWED_TARGETS"`
	LogFormat             string   `env:"LOG_FORMAT" envDefault:"text"` // text or json
	LogLevel              string   `env:"LOG_LEVEL" envDefault:"info"`  // debug (every request), info or warn
	DemoAddr              string   `env:"DEMO_ADDR"`                    // mailbox and stand-in; the port after ADDR when empty
	DemoURL               string   `env:"DEMO_URL"`                     // how browsers reach DEMO_ADDR; made from it when empty
	AllowDemoServices     bool     `env:"ALLOW_DEMO_SERVICES"`
}

// Read takes the configuration from the given environment (name to value, as
// os.Environ splits) and checks it.
func Read(environ map[string]string) (Config, error) {
	var c Config
	parseErr := env.ParseWithOptions(&c, env.Options{Environment: environ})
	c.fill()
	var faults []string
	if parseErr != nil {
		faults = append(faults, parseFaults(parseErr)...)
	}
	faults = append(faults, c.check()...)
	if len(faults) > 0 {
		return c, errors.New("the configuration has faults:\n  - " + strings.Join(faults, "\n  - "))
	}
	return c, nil
}

// parseFaults names the variables that do not parse, without their values.
func parseFaults(err error) []string {
	var agg env.AggregateError
	if !errors.As(err, &agg) {
		return []string{"the environment could not be read"}
	}
	var out []string
	for _, e := range agg.Errors {
		var p env.ParseError
		if errors.As(e, &p) {
			out = append(out, fmt.Sprintf("%s does not hold a %s", variable(p.Name), p.Type))
		}
	}
	return out
}

func (c *Config) fill() {
	if c.BaseURL == "" {
		if _, port, err := net.SplitHostPort(c.Addr); err == nil {
			c.BaseURL = "http://localhost:" + port
		}
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if c.DemoAddr == "" {
		c.DemoAddr = nextPort(c.Addr)
	}
	if c.DemoURL == "" {
		c.DemoURL = "http://" + c.DemoAddr
	}
	c.DemoURL = strings.TrimRight(c.DemoURL, "/")
	if c.MailFrom == "" && c.SMTPURL == "" {
		c.MailFrom = "mail@localhost" // under the name of the publication
	}
	if abs, err := filepath.Abs(c.DataDir); err == nil {
		c.DataDir = abs
	}
}

func nextPort(addr string) string {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return ""
	}
	var n int
	if _, err := fmt.Sscanf(port, "%d", &n); err != nil || n == 0 || n >= 65535 {
		return "127.0.0.1:0"
	}
	return fmt.Sprintf("127.0.0.1:%d", n+1)
}

// Local tells whether readers reach this server only from its own machine.
func (c Config) Local() bool {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return false
	}
	host := u.Hostname()
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// HTTPS tells whether readers come over TLS, which decides the cookies' names
// and flags.
func (c Config) HTTPS() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// StripeLocal tells whether the local stand-in takes Stripe's place.
func (c Config) StripeLocal() bool { return c.StripeSecretKey == "" }

// MailLocal tells whether mails go to the built-in mailbox.
func (c Config) MailLocal() bool { return c.SMTPURL == "" }

// S3 tells whether files are kept in S3.
func (c Config) S3() bool { return c.S3Endpoint != "" || c.S3Bucket != "" }
