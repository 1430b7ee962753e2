package outward_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lighttrends/internal/platform/outward"
)

func must(t *testing.T, allowed ...string) *http.Client {
	t.Helper()
	c, err := outward.New(allowed)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestOnlyPublicAddressesAreCalled: every way to write a private address, and
// ranges that lead to one, are refused before anything is sent.
func TestOnlyPublicAddressesAreCalled(t *testing.T) {
	t.Parallel()
	c := must(t)
	for _, host := range []string{
		"127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8",
		"198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
		"[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "[::ffff:0:127.0.0.1]", "[4000::1]",
		"localhost", "2130706433", "0x7f000001",
	} {
		res, err := c.Get("http://" + host + ":9/")
		if err == nil {
			_ = res.Body.Close()
			t.Errorf("%s was called", host)
			continue
		}
		// Names of numbers may not be known at all, which is as good.
		if !outward.Forbidden(err) && !strings.Contains(err.Error(), "no such host") && !strings.Contains(err.Error(), "lookup") {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestAnAllowedAddressIsCalled(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(srv.Close)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(srv.URL, "http://"))
	for _, allowed := range []string{"127.0.0.1", "127.0.0.0/8", "127.0.0.1:" + port} {
		res, err := must(t, allowed).Get(srv.URL)
		if err != nil {
			t.Fatalf("%s: %v", allowed, err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusNoContent {
			t.Errorf("%s: %d", allowed, res.StatusCode)
		}
	}
	for _, allowed := range []string{"127.0.0.2", "10.0.0.0/8", "127.0.0.1:1"} {
		if res, err := must(t, allowed).Get(srv.URL); !outward.Forbidden(err) {
			if err == nil {
				_ = res.Body.Close()
			}
			t.Errorf("%s: %v", allowed, err)
		}
	}
	res, err := must(t, "127.0.0.1").Get(srv.URL + "/away")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusTemporaryRedirect {
		t.Errorf("a redirect was followed: %d", res.StatusCode)
	}
}

func TestWhatIsNoAddressIsRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"localhost", "::ffff:10.0.0.0/104", "10.0.0.0/99", "", "example.com:80"} {
		if err := outward.Check([]string{bad}); err == nil {
			t.Errorf("%q is taken for an address", bad)
		}
	}
}
