package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The desk is built with Node and committed. The build notes the hash of each
// source it was made from; whoever changes one and does not build hears it
// here, on a machine without Node too.
func TestTheDeskIsBuiltFromItsSources(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile("desk/dist/sources.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(list)), "\n")
	if len(lines) < 20 {
		t.Fatalf("only %d sources are noted", len(lines))
	}
	for _, line := range lines {
		want, file, ok := strings.Cut(line, "  ")
		if !ok {
			t.Fatalf("line %q", line)
		}
		body, err := os.ReadFile(filepath.Join("desk", filepath.FromSlash(file)))
		if err != nil {
			t.Errorf("%s is gone; run make web and commit web/desk/dist", file)
			continue
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s has changed since the desk was built; run make web and commit web/desk/dist", file)
		}
	}
}

// TestTheDesksFirstScreenIsSmall adds up what a browser must have before it
// shows anything, as it goes over the wire: 250 kB and no more.
func TestTheDesksFirstScreenIsSmall(t *testing.T) {
	t.Parallel()
	page, err := fs.ReadFile(Desk, "desk/dist/index.html")
	if err != nil {
		t.Fatal(err)
	}
	parts := regexp.MustCompile(`(?:src|href)="\./(assets/[^"]+)"`).FindAllStringSubmatch(string(page), -1)
	var size int64
	for _, p := range parts {
		file, err := fs.Stat(Desk, "desk/dist/"+p[1]+".gz")
		if err != nil {
			t.Fatal(err)
		}
		size += file.Size()
	}
	if len(parts) < 3 || size > 250_000 {
		t.Errorf("%d bytes in %d parts", size, len(parts))
	}
}
