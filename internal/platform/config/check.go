package config

import (
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"lighttrends/internal/platform/outward"
)

// check returns one sentence for every fault. No sentence repeats a value that
// may be secret.
func (c Config) check() []string {
	var f faults
	c.checkAddresses(&f)
	c.checkSecrets(&f)
	c.checkServices(&f)
	return f
}

type faults []string

func (f *faults) unless(ok bool, sentence string) {
	if !ok {
		*f = append(*f, sentence)
	}
}

func (c Config) checkAddresses(f *faults) {
	_, port, err := net.SplitHostPort(c.Addr)
	f.unless(err == nil && port != "", "ADDR must be host:port, such as 127.0.0.1:8080 or :8080")
	u, err := url.Parse(c.BaseURL)
	f.unless(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Path == "" && u.RawQuery == "" && u.User == nil,
		"BASE_URL must be http:// or https:// and a host, without a path")
	_, port, err = net.SplitHostPort(c.DemoAddr)
	f.unless(err == nil && port != "", "DEMO_ADDR must be host:port")
	f.unless(hasScheme(c.DemoURL, "http", "https"), "DEMO_URL must be an http(s) URL")
	f.unless(c.DatabaseURL == "" || hasScheme(c.DatabaseURL, "postgres", "postgresql"),
		"DATABASE_URL must begin with postgres:// (leave it empty for SQLite)")
	f.unless(c.StripeAPIBase == "" || hasScheme(c.StripeAPIBase, "http", "https"), "STRIPE_API_BASE must be an http(s) URL")
	f.unless(c.SMTPURL == "" || hasScheme(c.SMTPURL, "smtp", "smtps"), "SMTP_URL must begin with smtp:// or smtps://")
	for _, s := range c.FrontEnds {
		u, err := url.Parse(s)
		f.unless(err == nil && (u.Scheme == "https" || u.Scheme == "http") && s == strings.ToLower(u.Scheme+"://"+u.Host) && u.Host != "",
			"FRONT_ENDS must hold origins in small letters, such as https://www.example.com, without a path: "+s)
	}
	for _, p := range c.TrustedProxies {
		_, errA := netip.ParseAddr(p)
		_, errP := netip.ParsePrefix(p)
		f.unless(errA == nil || errP == nil, "TRUSTED_PROXIES holds something that is neither an address nor a range: "+p)
		f.unless(errP != nil || !strings.HasSuffix(p, "/0"), "TRUSTED_PROXIES must not trust everybody ("+p+")")
	}
	if err := outward.Check(c.WebhookAllowedTargets); err != nil {
		f.unless(false, "WEBHOOK_ALLOWED_TARGETS: "+err.Error())
	}
	f.unless(slices.Contains([]string{"text", "json"}, c.LogFormat), "LOG_FORMAT must be text or json")
	f.unless(slices.Contains([]string{"debug", "info", "warn"}, c.LogLevel), "LOG_LEVEL must be debug, info or warn")
}

func (c Config) checkSecrets(f *faults) {
	f.unless(c.SecretKey == "" || len(c.SecretKey) >= 32, "SECRET_KEY must have 32 characters or more")
	f.unless(c.SecretKey != "" || c.Local(), "SECRET_KEY must be set when BASE_URL is not local")
	f.unless(c.AdminAPIKey == "" || len(c.AdminAPIKey) >= 32, "ADMIN_API_KEY must have 32 characters or more")
	for _, s := range c.StripeWebhookSecret {
		f.unless(strings.HasPrefix(s, "whsec_"), "STRIPE_WEBHOOK_SECRET must hold secrets that begin with whsec_")
	}
	f.unless(c.StripeLocal() || strings.HasPrefix(c.StripeSecretKey, "sk_") || strings.HasPrefix(c.StripeSecretKey, "rk_"),
		"STRIPE_SECRET_KEY must begin with sk_ or rk_")
	f.unless(c.StripeLocal() || len(c.StripeWebhookSecret) > 0, "STRIPE_WEBHOOK_SECRET must be set with STRIPE_SECRET_KEY")
	f.unless(!c.StripeLocal() || c.StripeAPIBase == "", "STRIPE_API_BASE needs STRIPE_SECRET_KEY")
}

func (c Config) checkServices(f *faults) {
	_, err := mail.ParseAddress(c.MailFrom)
	f.unless(err == nil, "MAIL_FROM must be an address, such as Research <notes@example.com>")
	f.unless(!c.S3() || (c.S3Endpoint != "" && c.S3Bucket != "" && c.S3AccessKey != "" && c.S3SecretKey != ""),
		"S3 needs all of S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY")
	f.unless(c.S3Endpoint == "" || hasScheme(c.S3Endpoint, "http", "https"), "S3_ENDPOINT must be an http(s) URL")
	if c.Local() || c.AllowDemoServices {
		return
	}
	const hint = " (ALLOW_DEMO_SERVICES=1 allows it for a public demonstration)"
	f.unless(!c.StripeLocal(), "STRIPE_SECRET_KEY must be set when BASE_URL is not local"+hint)
	f.unless(!c.MailLocal(), "SMTP_URL must be set when BASE_URL is not local"+hint)
}

func hasScheme(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	return err == nil && slices.Contains(schemes, u.Scheme) && u.Host != ""
}

// variable gives the environment's name of a field.
func variable(field string) string {
	if f, ok := reflect.TypeFor[Config]().FieldByName(field); ok {
		name, _, _ := strings.Cut(f.Tag.Get("env"), ",")
		return name
	}
	return field
}
