package app

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"lighttrends/internal/platform/config"
)

// childFlag makes the test binary a server: tests that kill a server start it
// so.
const childFlag = "LIGHTTRENDS_TEST_SERVE"

func TestMain(m *testing.M) {
	if os.Getenv(childFlag) == "" {
		os.Exit(m.Run())
	}
	env := map[string]string{}
	for _, pair := range os.Environ() {
		if k, v, ok := strings.Cut(pair, "="); ok {
			env[k] = v
		}
	}
	if err := serveUntilTold(env); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serveUntilTold(env map[string]string) error {
	cfg, err := config.Read(env)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	return Serve(ctx, cfg, NewLog(os.Stderr, "text", "info"), os.Stdout)
}
