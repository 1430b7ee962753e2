package db_test

import (
	"os"
	"strings"
	"testing"

	"modernc.org/libc"

	"lighttrends/internal/platform/db"
)

// TestGiveBack stands alone, because it looks at what the process takes.
func TestGiveBack(t *testing.T) { // see above
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("the system does not say what a process takes")
	}
	tls := libc.NewTLS()
	defer tls.Close()
	const size = 700 << 10
	var held [3]uintptr
	for i := range held {
		held[i] = libc.Xmalloc(tls, size)
		libc.Xmemset(tls, held[i], 0, size)
	}
	for _, p := range held {
		libc.Xfree(tls, p)
	}
	before := anonymous(t)
	db.GiveBack()
	if after := anonymous(t); before-after < 2*size>>10 {
		t.Errorf("%d kB before, %d kB after: freed pages are still held", before, after)
	}
}

// anonymous is how much memory of its own the process takes, in kB.
func anonymous(t *testing.T) (kB int) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	for _, r := range strings.TrimSpace(rest) {
		if r < '0' || r > '9' {
			break
		}
		kB = kB*10 + int(r-'0')
	}
	return kB
}
