// Package lettertest compares letters with how they are drawn: a text and an
// HTML file for each, under testdata/letters of the package that writes it.
package lettertest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/mail"
)

// Brand is a publication for letters in tests.
func Brand() mail.Brand {
	return mail.Brand{
		Name: "Cold Side Research", URL: "https://portal.example", Accent: "#17508f",
		Logo:    mail.Logo{URL: "https://portal.example/media/logo.png", Width: 800, Height: 160},
		Contact: []string{"14 Ropewalk Yard", "Bristol"}, ReplyTo: "desk@coldside.example",
	}
}

// Composer lays letters out at a moment that stands still.
func Composer(t testing.TB) *mail.Composer {
	t.Helper()
	noon := clock.NewManual(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	c, err := mail.NewComposer("post@coldside.example", func(context.Context) mail.Brand { return Brand() }, noon)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Golden compares a letter with its two files. UPDATE_GOLDEN=1 writes them anew.
func Golden(t *testing.T, name string, l mail.Letter) {
	t.Helper()
	m, err := Composer(t).Compose(t.Context(), l)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if l.Preheader == "" || !strings.Contains(m.Text, "\n\n-- \nCold Side Research\n") {
		t.Errorf("%s is not complete:\n%s", name, m.Text)
	}
	for ext, got := range map[string]string{".txt": "Subject: " + m.Subject + "\n\n" + m.Text, ".html": m.HTML} {
		compare(t, filepath.Join("testdata", "letters", name+ext), got)
	}
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o750), os.WriteFile(path, []byte(got), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs; UPDATE_GOLDEN=1 writes it anew (-want +got):\n%s", path, d)
	}
}
