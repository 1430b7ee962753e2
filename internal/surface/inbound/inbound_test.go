package inbound_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/inbound"
	"lighttrends/internal/surface/kit"
)

type inbox func(raw []byte, signature string) error

func (f inbox) Receive(_ context.Context, raw []byte, signature string) error {
	return f(raw, signature)
}

func TestStripe(t *testing.T) {
	t.Parallel()
	var got string
	var answer error
	s := kit.New(kit.Options{Log: slog.New(slog.DiscardHandler)})
	inbound.Register(s, inbox(func(raw []byte, signature string) error {
		got = signature + " " + string(raw)
		return answer
	}))
	send := func(method, body string, header ...string) int {
		r := httptest.NewRequest(method, inbound.StripePath, strings.NewReader(body))
		r.Header.Set("Stripe-Signature", "t=1,v1=x")
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		resp, err := s.App.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode
	}

	const body = "{ \"id\" : \"evt_1\"\n}" // spacing is part of what was signed
	if code := send(http.MethodPost, body); code != 200 || got != "t=1,v1=x "+body {
		t.Errorf("%d %q", code, got)
	}
	if code := send(http.MethodPost, "not gzip", "Content-Encoding", "gzip"); code != 200 || !strings.HasSuffix(got, "not gzip") {
		t.Errorf("the bytes were touched: %d %q", code, got)
	}
	if code := send(http.MethodPost, body, "Sec-Fetch-Site", "cross-site"); code != 200 {
		t.Errorf("another origin: %d", code)
	}
	for _, tt := range []struct {
		err  error
		code int
	}{
		{fault.New(fault.BadRequest, "stripe_signature", "Not signed."), 400},
		{fault.New(fault.Unavailable, "database", "Later."), 503},
		{errors.New("boom"), 500},
	} {
		answer = tt.err
		if code := send(http.MethodPost, body); code != tt.code {
			t.Errorf("%v: %d", tt.err, code)
		}
	}
	answer = nil
	if code := send(http.MethodGet, ""); code != 405 {
		t.Errorf("GET: %d", code)
	}
	if code := send(http.MethodPost, strings.Repeat("x", 1<<20+1)); code != 413 {
		t.Errorf("too large: %d", code)
	}
}
