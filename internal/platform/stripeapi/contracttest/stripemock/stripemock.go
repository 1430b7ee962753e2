// Package stripemock starts stripe-mock for tests, on loopback only. It takes
// the binary that STRIPE_MOCK names, or bin/stripe-mock of the repository, or
// builds it once into the user's cache. When all of that fails the test
// fails: a contract nobody checked is none.
package stripemock

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Version of stripe-mock: the newest that describes API version 2023-10-16,
// which stripe-go v76 speaks.
const Version = "v0.183.0"

const module = "github.com/stripe/stripe-mock"

// Start runs stripe-mock until the test ends and returns its address, such as
// http://127.0.0.1:40395.
func Start(t testing.TB) string {
	t.Helper()
	binary, err := find()
	if err != nil {
		t.Fatalf("stripe-mock is not there and could not be built: %v", err)
	}
	cmd := exec.Command(binary, "-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0", "-strict-version-check")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it keeps nothing
		_ = cmd.Wait()
	})
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if at, ok := strings.CutPrefix(lines.Text(), "Listening for HTTP at address: "); ok {
				address <- "http://" + at
			}
		}
	}()
	select {
	case url := <-address:
		return url
	case <-time.After(30 * time.Second):
		t.Fatal("stripe-mock did not say where it listens")
		return ""
	}
}

func find() (string, error) {
	if named := os.Getenv("STRIPE_MOCK"); named != "" {
		return named, nil
	}
	if root, err := repository(); err == nil {
		if kept := filepath.Join(root, "bin", "stripe-mock"); isFile(kept) {
			return kept, nil
		}
	}
	return build()
}

// repository is the directory with go.mod, from here upwards.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for !isFile(filepath.Join(dir, "go.mod")) {
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod above the test")
		}
		dir = up
	}
	return dir, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// build installs the pinned version into the user's cache, once.
func build() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	dir := filepath.Join(cache, "lighttrends", "stripe-mock-"+Version)
	binary := filepath.Join(dir, "stripe-mock")
	if isFile(binary) {
		return binary, nil
	}
	cmd := exec.Command("go", "install", module+"@"+Version)
	cmd.Dir = os.TempDir() // outside of any module
	cmd.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", errors.New(err.Error() + ": " + string(out))
	}
	return binary, nil
}
