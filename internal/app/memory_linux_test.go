package app

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// mappedFiles is how many kB of files are in this process's memory.
func mappedFiles(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "RssFile:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kb
}

// TestTheProgramGivesItsOwnPagesBack: and goes on, as the end of this test shows.
func TestTheProgramGivesItsOwnPagesBack(t *testing.T) {
	before := mappedFiles(t)
	giveBackProgram()
	if after := mappedFiles(t); after > before*2/3 {
		t.Errorf("%d kB of files before, %d after", before, after)
	}
}
