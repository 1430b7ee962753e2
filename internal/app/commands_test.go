package app

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestLongWorkShowsItsProgress to people; a program's log stays clean.
func TestLongWorkShowsItsProgress(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, title := range []string{"One", "Two"} {
		note := []byte("---\ntitle: " + title + "\nabstract: An abstract.\n---\n\nText.\n")
		if err := os.WriteFile(filepath.Join(dir, title+".md"), note, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg := houseConfig(t, dbtest.Engine{Name: db.SQLite})
	for _, watched := range []bool{true, false} {
		var out, progress bytes.Buffer
		c := Console{Out: &out, Err: &progress, Log: NewLog(io.Discard, "text", "info"), Watched: watched}
		if err := Import(t.Context(), cfg, c, dir); err != nil {
			t.Fatal(err)
		}
		if drawn := strings.Contains(progress.String(), "Importing"); drawn != watched {
			t.Errorf("watched is %v, drawn is %v", watched, drawn)
		}
		if strings.Contains(out.String(), "Importing") || !strings.Contains(out.String(), "0 failed.") {
			t.Errorf("the result is %q", out.String())
		}
	}
}
