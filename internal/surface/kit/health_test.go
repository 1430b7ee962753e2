package kit_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/surface/kit"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	asked := 0
	var broken error
	h := &kit.Health{
		Ready:   func(context.Context) error { asked++; return broken },
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "figures") }),
	}
	b := setup(t, kit.Options{}, h.Register)
	get := func(path, headers string) (int, string) {
		r := b.send(t, "GET "+path+" HTTP/1.1\r\nHost: a\r\n"+headers+"\r\n")
		body, _ := io.ReadAll(r.Body)
		return r.StatusCode, string(body)
	}

	if code, body := get("/healthz", ""); code != 200 || body != "ok\n" || asked != 0 {
		t.Errorf("healthz: %d %q, asked %d", code, body, asked)
	}
	for range 5 {
		if code, _ := get("/readyz", ""); code != 200 {
			t.Errorf("readyz: %d", code)
		}
	}
	if asked > 2 {
		t.Errorf("five requests within a second asked %d times", asked)
	}
	if code, body := get("/metrics", ""); code != 200 || body != "figures" {
		t.Errorf("metrics: %d %q", code, body)
	}
	if code, _ := get("/metrics", "X-Forwarded-For: 203.0.113.9\r\n"); code != 404 {
		t.Errorf("metrics through a proxy: %d", code)
	}
	h.Drain()
	if code, body := get("/readyz", ""); code != 503 || !strings.Contains(body, "draining") {
		t.Errorf("draining: %d %q", code, body)
	}
	if code, _ := get("/healthz", ""); code != 200 {
		t.Errorf("healthz while draining: %d", code)
	}
}

func TestReadinessSaysWhatIsWrongToTheLogOnly(t *testing.T) {
	t.Parallel()
	h := &kit.Health{Ready: func(context.Context) error { return errors.New("dial tcp 10.0.0.9: refused") }}
	b := setup(t, kit.Options{}, h.Register)
	r := b.send(t, "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
	body, _ := io.ReadAll(r.Body)
	if r.StatusCode != 503 || strings.Contains(string(body), "10.0.0.9") || !strings.Contains(b.log.String(), "10.0.0.9") {
		t.Errorf("%d %s, log %s", r.StatusCode, body, b.log)
	}
}
