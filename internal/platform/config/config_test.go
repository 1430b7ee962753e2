package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lighttrends/internal/platform/config"
)

const long = "0123456789abcdef0123456789abcdef"

func production() map[string]string {
	return map[string]string{
		"ADDR": ":8080", "BASE_URL": "https://notes.example.com", "SECRET_KEY": long,
		"STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": "whsec_a,whsec_b",
		"SMTP_URL": "smtp://mail.example.com:587", "MAIL_FROM": "Notes <notes@example.com>",
		"DATABASE_URL": "postgres://u:p@db/notes",
	}
}

func TestAnEmptyEnvironmentIsALocalServer(t *testing.T) {
	t.Parallel()
	c, err := config.Read(map[string]string{})
	if err != nil {
		t.Fatal(err)
	}
	if !c.Local() || c.HTTPS() || !c.StripeLocal() || !c.MailLocal() || c.S3() {
		t.Errorf("not the embedded defaults: %+v", c)
	}
	if c.BaseURL != "http://localhost:8080" || c.DemoAddr != "127.0.0.1:8081" {
		t.Errorf("base %s, demo %s", c.BaseURL, c.DemoAddr)
	}
}

func TestProduction(t *testing.T) {
	t.Parallel()
	c, err := config.Read(production())
	if err != nil {
		t.Fatal(err)
	}
	if c.Local() || !c.HTTPS() || len(c.StripeWebhookSecret) != 2 {
		t.Errorf("%+v", c)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		set  map[string]string
		want string
	}{
		"demo payments in public":   {map[string]string{"STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": ""}, "STRIPE_SECRET_KEY must be set"},
		"demo mail in public":       {map[string]string{"SMTP_URL": ""}, "SMTP_URL must be set"},
		"no secret in public":       {map[string]string{"SECRET_KEY": ""}, "SECRET_KEY must be set"},
		"a short secret":            {map[string]string{"SECRET_KEY": "short"}, "SECRET_KEY must have"},
		"a short admin key":         {map[string]string{"ADMIN_API_KEY": "short"}, "ADMIN_API_KEY must have"},
		"a path in the base URL":    {map[string]string{"BASE_URL": "https://a.example/notes"}, "BASE_URL"},
		"credentials in the URL":    {map[string]string{"BASE_URL": "https://u:p@a.example"}, "BASE_URL"},
		"mysql":                     {map[string]string{"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"},
		"a front end with a path":   {map[string]string{"FRONT_ENDS": "https://www.example.com,https://a.example/"}, "FRONT_ENDS"},
		"a proxy that is a name":    {map[string]string{"TRUSTED_PROXIES": "10.0.0.1,proxy"}, "TRUSTED_PROXIES"},
		"trusting everybody":        {map[string]string{"TRUSTED_PROXIES": "0.0.0.0/0"}, "must not trust everybody"},
		"a webhook target by name":  {map[string]string{"WEBHOOK_ALLOWED_TARGETS": "10.0.0.1,localhost"}, "WEBHOOK_ALLOWED_TARGETS"},
		"half of S3":                {map[string]string{"S3_BUCKET": "b"}, "S3 needs all"},
		"a bad webhook secret":      {map[string]string{"STRIPE_WEBHOOK_SECRET": "whsec_a,other"}, "whsec_"},
		"keys without a secret":     {map[string]string{"STRIPE_WEBHOOK_SECRET": ""}, "STRIPE_WEBHOOK_SECRET must be set"},
		"a publishable key":         {map[string]string{"STRIPE_SECRET_KEY": "pk_live_x"}, "STRIPE_SECRET_KEY must begin"},
		"a bad sender":              {map[string]string{"MAIL_FROM": "nobody"}, "MAIL_FROM"},
		"a bad log format":          {map[string]string{"LOG_FORMAT": "xml"}, "LOG_FORMAT"},
		"a bad log level":           {map[string]string{"LOG_LEVEL": "loud"}, "LOG_LEVEL"},
		"an address without a port": {map[string]string{"ADDR": "localhost"}, "ADDR"},
		"a yes that is no boolean":  {map[string]string{"ALLOW_DEMO_SERVICES": "perhaps"}, "ALLOW_DEMO_SERVICES"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := production()
			for k, v := range tt.set {
				env[k] = v
			}
			_, err := config.Read(env)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestAllFaultsAreListedAtOnceAndWithoutSecrets(t *testing.T) {
	t.Parallel()
	_, err := config.Read(map[string]string{
		"ADDR": "x", "BASE_URL": "ftp://h", "SECRET_KEY": "hush-secret", "SMTP_URL": "http://user:hush-password@h",
		"DATABASE_URL": "mysql://u:hush-db@h/x", "STRIPE_SECRET_KEY": "hush-stripe", "ALLOW_DEMO_SERVICES": "hush-flag",
	})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range []string{"ADDR", "BASE_URL", "SECRET_KEY", "SMTP_URL", "DATABASE_URL", "STRIPE_SECRET_KEY", "ALLOW_DEMO_SERVICES"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is missing from the list", name)
		}
	}
	if strings.Contains(err.Error(), "hush") {
		t.Errorf("a secret is in the message: %v", err)
	}
}

func TestDemoServicesMayBeAllowedInPublic(t *testing.T) {
	t.Parallel()
	env := production()
	env["SMTP_URL"], env["STRIPE_SECRET_KEY"], env["STRIPE_WEBHOOK_SECRET"] = "", "", ""
	env["ALLOW_DEMO_SERVICES"] = "1"
	if _, err := config.Read(env); err != nil {
		t.Fatal(err)
	}
}

func TestTheSecretIsMadeOnceAndKeptPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := config.Config{DataDir: dir}
	first, err := c.KeepSecret()
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.KeepSecret()
	if err != nil || again != first || len(first) < 32 {
		t.Fatalf("%q then %q, %v", first, again, err)
	}
	info, err := os.Stat(filepath.Join(dir, "secret.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(dir, "secret.key"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.KeepSecret(); err == nil {
		t.Fatal("an empty key was accepted")
	}
}

func TestDerivedKeysDifferByPurpose(t *testing.T) {
	t.Parallel()
	a, b := config.Derive(long, "a"), config.Derive(long, "b")
	if bytes.Equal(a, b) || !bytes.Equal(a, config.Derive(long, "a")) || len(a) != 32 {
		t.Fatal("keys are not separate and stable")
	}
}
