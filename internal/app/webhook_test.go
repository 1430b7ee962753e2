package app

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/inbound"
)

// TestWebhookCallsOverHTTP: while the secret is being changed, both sign;
// what is forged, old or too large is refused, and what comes twice is taken
// once. The health page tells.
func TestWebhookCallsOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		cfg := houseConfig(t, e)
		cfg = rotating(t, cfg)
		h := reopenHouse(t, cfg)
		call := func(body []byte, secret string, at time.Time, contentType string) int {
			t.Helper()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, cfg.BaseURL+inbound.StripePath, bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", contentType)
			if secret != "" {
				req.Header.Set("Stripe-Signature", signed(body, secret, at))
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			return resp.StatusCode
		}
		// A product of somebody else on the same account: nothing of it is ours.
		event := func(id, more string) []byte {
			return fmt.Appendf(nil, `{"id":%q,"object":"event","type":"product.updated","api_version":"2030-01-01","created":1,"data":{"object":{"id":"prod_1","object":"product","description":%q}}}`, id, more)
		}
		now := time.Now()
		const json = "application/json; charset=utf-8"
		kept := 0
		for _, tt := range []struct {
			name        string
			body        []byte
			secret      string
			at          time.Time
			contentType string
			status      int
		}{
			{"signed by the old secret", event("evt_1", ""), "whsec_old", now, json, 200},
			{"by the new one", event("evt_2", ""), "whsec_new", now, json, 200},
			{"played back within minutes", event("evt_2", ""), "whsec_new", now, json, 200},
			{"played back later", event("evt_3", ""), "whsec_new", now.Add(-6 * time.Minute), json, 400},
			{"from a clock two minutes behind", event("evt_4", ""), "whsec_new", now.Add(-2 * time.Minute), json, 200},
			{"forged", event("evt_5", ""), "whsec_guess", now, json, 400},
			{"not signed", event("evt_6", ""), "", now, json, 400},
			{"signed, and no event", []byte(`[]`), "whsec_new", now, json, 400},
			{"as another type of content", event("evt_7", ""), "whsec_new", now, "text/plain", 200},
			{"of nearly a megabyte", event("evt_8", strings.Repeat("x", 1<<20-300)), "whsec_new", now, json, 200},
			{"of more", event("evt_9", strings.Repeat("x", 1<<20)), "whsec_new", now, json, 413},
		} {
			if got := call(tt.body, tt.secret, tt.at, tt.contentType); got != tt.status {
				t.Errorf("%s: %d, want %d", tt.name, got, tt.status)
			}
			if tt.status == 200 && !strings.Contains(tt.name, "played back") {
				kept++
			}
		}
		events, err := h.billing.Events(h.staff, "", 50)
		if err != nil || len(events) != kept {
			t.Errorf("%d events kept, want %d (%v)", len(events), kept, err)
		}
		for _, e := range events {
			if e.State != "ignored" || e.Reason != "unknown_type" {
				t.Errorf("%+v", e)
			}
		}
		_, health := h.hire(t, "olga@example.com", identity.Owner).call("GET", "/health", "")
		s, _ := health["stripe"].(map[string]any)
		if s["refused"] != 4. || s["refused_for"] != "no_event" || s["last_refused_at"] == nil || s["silent_since"] != nil || s["mode"] != "test" {
			t.Error(s)
		}
	})
}

// rotating is a house at a real account whose webhook secret is being changed.
// Nothing answers where its Stripe would be.
func rotating(t *testing.T, cfg config.Config) config.Config {
	t.Helper()
	_, nowhere := freePorts(t)
	cfg.StripeSecretKey, cfg.StripeAPIBase, cfg.StripeWebhookSecret = "sk_test_rotating", "http://"+nowhere, []string{"whsec_old", "whsec_new"}
	return cfg
}

func signed(body []byte, secret string, at time.Time) string {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return "t=" + stamp + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}
