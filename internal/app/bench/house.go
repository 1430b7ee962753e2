package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// house is a lighttrends server with its configuration.
type house struct {
	engine   string
	binary   string
	dir      string
	database string // postgres:// or ""
	addr     string
	demo     string // where its mailbox listens
	adminKey string
	stripe   string // where Stripe's stand-in is, when it is not the server's own
	*process
}

// newHouse chooses two free ports for a data folder.
func newHouse(ctx context.Context, binary, engine, dir, database string) (*house, error) {
	h := &house{engine: engine, binary: binary, dir: dir, database: database, adminKey: "bench-admin-key-0123456789abcdef0123456789"}
	var err error
	if h.addr, err = freeAddr(ctx); err != nil {
		return nil, err
	}
	h.demo, err = freeAddr(ctx)
	return h, err
}

func freeAddr(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// env is all that the server gets to know, so that nothing set outside changes
// what is measured.
func (h *house) env() []string {
	env := []string{
		"ADDR=" + h.addr, "DEMO_ADDR=" + h.demo, "DATA_DIR=" + h.dir, "ADMIN_API_KEY=" + h.adminKey,
		"RATE_LIMITS=false", // one address asks for all
		"PATH=" + os.Getenv("PATH"), "HOME=" + h.dir, "TMPDIR=" + os.TempDir(),
	}
	if h.database != "" {
		env = append(env, "DATABASE_URL="+h.database)
	}
	if h.stripe != "" {
		env = append(env, "STRIPE_SECRET_KEY="+stripeKey, "STRIPE_API_BASE="+h.stripe, "STRIPE_WEBHOOK_SECRET="+stripeSecret)
	}
	for _, tuned := range []string{"GOGC", "GOMEMLIMIT", "GOMAXPROCS"} { // to try other settings
		if v := os.Getenv(tuned); v != "" {
			env = append(env, tuned+"="+v)
		}
	}
	return env
}

// command runs a command of the binary to its end.
func (h *house) command(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, h.binary, args...) //nolint:gosec // our own program
	cmd.Env = h.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// start starts the server and says how long it took until the first page came.
func (h *house) start(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	p, out, err := launch(ctx, h.env(), h.binary)
	if err != nil {
		return 0, err
	}
	h.process = p
	go func() { _, _ = io.Copy(io.Discard, out) }()
	err = h.await(ctx, "/", time.Minute)
	return time.Since(began), err
}

// await asks for a page until it comes.
func (h *house) await(ctx context.Context, path string, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		status, err := get(ctx, &client, "http://"+h.addr+path)
		if err == nil && status == http.StatusOK {
			return nil
		}
		select {
		case err := <-h.ended:
			h.ended <- err
			return fmt.Errorf("the server ended: %w\n%s", err, h.said)
		case <-ctx.Done():
			return fmt.Errorf("no answer from %s (%d, %w)\n%s", path, status, err, h.said)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func get(ctx context.Context, client *http.Client, url string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, errors.Join(err, resp.Body.Close())
}

// indexed waits until the server, since it started, has looked for notes whose
// words are not in the search and has built all of them.
func (h *house) indexed(ctx context.Context) error {
	const counter = `lighttrends_jobs_total{kind="content.reindex",outcome="done"}`
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		metrics, err := call(ctx, http.MethodGet, "http://"+h.addr+"/metrics", nil, nil)
		if err != nil || bytes.Contains(metrics, []byte(counter)) { // a counter begins with its first one
			return err
		}
	}
	return errors.New("the search is not built after five minutes")
}
