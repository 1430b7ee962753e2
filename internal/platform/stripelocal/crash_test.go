package stripelocal_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal"
)

// TestMain turns the test binary into a stand-in that can be killed when the
// environment asks for it.
func TestMain(m *testing.M) {
	if path := os.Getenv("STRIPELOCAL_CHILD_DB"); path != "" {
		serveUntilKilled(path, os.Getenv("STRIPELOCAL_CHILD_HOOK"))
		return
	}
	os.Exit(m.Run())
}

func serveUntilKilled(path, hook string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	var t testing.T
	url := "http://" + listener.Addr().String()
	s, err := stripelocal.New(stripelocal.Config{
		DB: openDB(&t, path), Clock: clock.System{}, PublicURL: url, SecretKey: secretKey,
		WebhookURL: hook, WebhookSecret: webhookSecret, Tick: 5 * time.Millisecond, DeliveryGaps: []time.Duration{50 * time.Millisecond},
	})
	if err != nil {
		panic(err)
	}
	s.Start()
	fmt.Println(url)
	_ = http.Serve(listener, s.Handler())
}

// child starts the stand-in as a process of its own.
func child(t *testing.T, path, hook string) (url string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "STRIPELOCAL_CHILD_DB="+path, "STRIPELOCAL_CHILD_HOOK="+hook)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	kill = func() {
		once.Do(func() {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		})
	}
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the child said nothing: %v", err)
	}
	return strings.TrimSpace(line), kill
}

// TestWhatWasAcknowledgedSurvivesKill kills the process again and again while
// several clients write. Every acknowledged write is there afterwards, every
// event of it arrives, and repeating the last calls makes nothing twice.
func TestWhatWasAcknowledgedSurvivesKill(t *testing.T) {
	t.Parallel()
	path, hooks := filepath.Join(t.TempDir(), "local.db"), newReceiver(t)
	var mu sync.Mutex
	acknowledged := map[string]string{} // idempotency key → id
	for round := range 4 {
		url, kill := child(t, path, hooks.url)
		var all sync.WaitGroup
		for worker := range 4 {
			all.Go(func() {
				for i := 0; ; i++ {
					key := fmt.Sprintf("r%d-w%d-%d", round, worker, i)
					id, err := tryCreate(url, key)
					if err != nil {
						return // killed
					}
					mu.Lock()
					acknowledged[key] = id
					mu.Unlock()
				}
			})
		}
		wait(t, "enough was written", func() bool {
			mu.Lock()
			defer mu.Unlock()
			return len(acknowledged) >= 40*(round+1)
		})
		kill()
		all.Wait()
	}
	url, _ := child(t, path, hooks.url)
	b := &bench{t: t, url: url, hooks: hooks}
	for key, id := range acknowledged {
		if got := b.must("GET", "/v1/customers/"+id).str("name"); got != key {
			t.Errorf("%s is %q, want %q", id, got, key)
		}
		if again, err := tryCreate(url, key); err != nil || again != id {
			t.Errorf("repeating %s made %s, want %s (%v)", key, again, id, err)
		}
	}
	wait(t, "every event has arrived", func() bool {
		arrived := map[string]bool{}
		for _, c := range hooks.of("customer.created") {
			arrived[c.str("data.object.id")] = true
		}
		for _, id := range acknowledged {
			if !arrived[id] {
				return false
			}
		}
		return true
	})
	var names []string
	seen := map[string]bool{}
	for after := ""; ; {
		params := []string{"limit", "100"}
		if after != "" {
			params = append(params, "starting_after", after)
		}
		page := b.must("GET", "/v1/customers", params...)
		for i, v := range page.list("data") {
			name := doc(v.(map[string]any)).str("name")
			if seen[name] {
				t.Errorf("%s was made twice", name)
			}
			seen[name] = true
			names, after = append(names, name), page.str(fmt.Sprintf("data.%d.id", i))
		}
		if page.at("has_more") != true {
			break
		}
	}
	t.Logf("%d acknowledged, %d made, %d kills", len(acknowledged), len(names), 4)
}

func tryCreate(url, key string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", url+"/v1/customers", strings.NewReader("name="+key))
	if err != nil {
		return "", err
	}
	r.Header.Set("Authorization", "Bearer "+secretKey)
	r.Header.Set("Idempotency-Key", key)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	var d doc
	if err := decode(res.Body, &d); err != nil || res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%d: %w", res.StatusCode, err)
	}
	return d.str("id"), nil
}

// TestAClockGoesOnAfterAKill kills the process while a clock is on its way.
func TestAClockGoesOnAfterAKill(t *testing.T) {
	t.Parallel()
	path, hooks := filepath.Join(t.TempDir(), "local.db"), newReceiver(t)
	url, kill := child(t, path, hooks.url)
	b := &bench{t: t, url: url, hooks: hooks}
	clock, cus := b.clocked("pm_card_visa")
	price := b.price(2000, "month")
	for range 3 {
		b.must("POST", "/v1/subscriptions", "customer", cus, "items[0][price]", price)
	}
	to := fmt.Sprint(midnight.AddDate(2, 0, 0).Unix())
	b.must("POST", "/v1/test_helpers/test_clocks/"+clock+"/advance", "frozen_time", to)
	wait(t, "the clock has moved", func() bool {
		return b.must("GET", "/v1/test_helpers/test_clocks/"+clock).int("frozen_time") > midnight.AddDate(0, 3, 0).Unix()
	})
	kill()
	b.url, _ = child(t, path, hooks.url)
	wait(t, "the clock has arrived", func() bool {
		c := b.must("GET", "/v1/test_helpers/test_clocks/"+clock)
		return c.str("status") == "ready" && fmt.Sprint(c.int("frozen_time")) == to
	})
	n := 0
	for after := ""; ; {
		params := []string{"customer", cus, "limit", "100", "status", "paid"}
		if after != "" {
			params = append(params, "starting_after", after)
		}
		page := b.must("GET", "/v1/invoices", params...)
		n += len(page.list("data"))
		if page.at("has_more") != true {
			break
		}
		after = page.ids()[99]
	}
	if want := 3 * (1 + 24 - 1); n != want && n != want+3 { // the last hour's drafts may not be paid yet
		t.Errorf("%d invoices paid in two years, want %d or %d", n, want, want+3)
	}
}
