// Command withpg runs a command with TEST_DATABASE_URL set: to the one that is
// set already, or else to a throw-away Postgres cluster that lives as long as
// the command. So the test processes of many packages share one cluster. With
// -memory before the command, temporary files are in memory where there is room,
// those of the cluster as well.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"lighttrends/internal/platform/db/dbtest"
)

func main() {
	memory := flag.Bool("memory", false, "keep temporary files in memory, where there is room")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: withpg [-memory] COMMAND [ARG ...]")
		os.Exit(2)
	}
	code, err := within(*memory, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpg:", err)
	}
	os.Exit(code)
}

func within(memory bool, command []string) (int, error) {
	if memory {
		if dir, ok := inMemory(); ok {
			defer func() { _ = os.RemoveAll(dir) }()
			// What Go builds and starts stays on disk, as programs do.
			if os.Getenv("GOTMPDIR") == "" {
				if err := os.Setenv("GOTMPDIR", os.TempDir()); err != nil {
					return 1, err
				}
			}
			if err := os.Setenv("TMPDIR", dir); err != nil {
				return 1, err
			}
		}
	}
	return run(command)
}

func run(args []string) (int, error) {
	if os.Getenv("TEST_DATABASE_URL") == "" {
		c, err := dbtest.StartCluster()
		if err != nil {
			return 1, err
		}
		defer func() { _ = c.Stop() }()
		if err := os.Setenv("TEST_DATABASE_URL", c.URL); err != nil {
			return 1, err
		}
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	go func() {
		for s := range signals {
			_ = cmd.Process.Signal(s)
		}
	}()
	var exit *exec.ExitError
	if err := cmd.Wait(); errors.As(err, &exit) {
		return exit.ExitCode(), nil
	} else if err != nil {
		return 1, err
	}
	return 0, nil
}
