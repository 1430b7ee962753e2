package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// shared is where Linux has a file system in memory.
const shared = "/dev/shm"

// How much must be free there, and in the machine, in bytes. The tests take less
// than half of the first.
const (
	freeThere = 4 << 30
	freeInAll = 8 << 30
)

// inMemory makes a folder for temporary files in memory and says whether there is
// room for one. Tests write thousands of small databases, of which each waits for
// the disk at every commit.
func inMemory() (dir string, ok bool) {
	if !roomy() {
		return "", false
	}
	clearAway()
	dir = filepath.Join(shared, fmt.Sprintf("lighttrends-test-%d", os.Getpid()))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", false
	}
	// Postgres runs as somebody else and must get through to its own folder.
	if err := os.Chmod(dir, 0o711); err != nil {
		return "", false
	}
	return dir, true
}

func roomy() bool {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(shared, &fs); err != nil {
		return false
	}
	return fs.Bavail*uint64(fs.Bsize) >= freeThere && available() >= freeInAll
}

// available is how much memory programs may still take, in bytes.
func available() uint64 {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "MemAvailable:"); ok {
			kb, _ := strconv.ParseUint(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kb << 10
		}
	}
	return 0
}

// clearAway removes what runs left that were killed.
func clearAway() {
	dirs, _ := filepath.Glob(filepath.Join(shared, "lighttrends-test-*"))
	for _, dir := range dirs {
		pid := strings.TrimPrefix(filepath.Base(dir), "lighttrends-test-")
		if _, err := os.Stat("/proc/" + pid); os.IsNotExist(err) {
			_ = os.RemoveAll(dir)
		}
	}
}
