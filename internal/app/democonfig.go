package app

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"lighttrends/internal/platform/config"
)

// demoPorts are tried from the first on, two for each start.
const (
	demoPort  = 8080
	demoTries = 20
)

// DemoConfig takes only what cannot do harm from the environment: where to
// listen and where to keep the data. A production database, Stripe account or
// mail server that happens to be set is not touched. databaseURL, from the
// command line, selects Postgres.
func DemoConfig(environ map[string]string, databaseURL string) (config.Config, error) {
	set := map[string]string{
		"LOG_FORMAT": environ["LOG_FORMAT"], "LOG_LEVEL": environ["LOG_LEVEL"], "DATABASE_URL": databaseURL, "DATA_DIR": environ["DATA_DIR"],
		"ADDR": environ["ADDR"], "DEMO_ADDR": environ["DEMO_ADDR"], "ADMIN_API_KEY": environ["ADMIN_API_KEY"],
		"WEBHOOK_ALLOWED_TARGETS": "127.0.0.1,::1", // a receiver that is being written runs on this machine
	}
	if set["DATA_DIR"] == "" {
		set["DATA_DIR"] = filepath.Join("data", "demo")
	}
	if set["ADDR"] == "" {
		set["ADDR"] = freeAddress()
	}
	for k, v := range set {
		if v == "" {
			delete(set, k)
		}
	}
	cfg, err := config.Read(set)
	if err != nil {
		return cfg, err
	}
	for _, addr := range []string{cfg.Addr, cfg.DemoAddr} {
		host, _, err := net.SplitHostPort(addr)
		if ip := net.ParseIP(host); err != nil || (host != "localhost" && (ip == nil || !ip.IsLoopback())) {
			return cfg, errors.New("the demonstration listens on this machine only: ADDR and DEMO_ADDR must be loopback addresses, such as 127.0.0.1:9090")
		}
	}
	return cfg, nil
}

// freeAddress finds two ports next to each other that nobody listens on, so
// that a busy 8080 does not stand in a newcomer's way.
func freeAddress() string {
	for port := demoPort; port < demoPort+2*demoTries; port += 2 {
		if free(port) && free(port+1) {
			return fmt.Sprintf("127.0.0.1:%d", port)
		}
	}
	return fmt.Sprintf("127.0.0.1:%d", demoPort)
}

func free(port int) bool {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	return l.Close() == nil
}
