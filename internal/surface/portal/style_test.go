package portal_test

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lighttrends/web"
)

var token = regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)`)

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	digits := strings.TrimPrefix(hex, "#")
	if len(digits) == 3 {
		digits = strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
	}
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		t.Fatal(hex, err)
	}
	part := func(shift uint) float64 {
		c := float64(v>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

// TestEverythingCanBeRead holds the colours of the stylesheet, light and dark,
// to the contrasts that were asked for.
func TestEverythingCanBeRead(t *testing.T) {
	t.Parallel()
	sheet, err := fs.ReadFile(web.Static, "static/portal.css")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string][2]string{}
	for _, m := range token.FindAllStringSubmatch(string(sheet), -1) {
		colours[m[1]] = [2]string{m[2], m[3]}
	}
	for _, x := range []struct {
		front, back string
		least       float64
	}{
		{"fg", "paper", 13}, {"head", "paper", 13}, {"dim", "paper", 6.5}, {"fg", "panel", 10}, {"dim", "panel", 5}, {"fg", "raised", 10}, {"dim", "raised", 5},
		{"accent", "paper", 7}, {"accent", "raised", 4.5}, {"on-accent", "accent", 7}, {"good", "raised", 4.5}, {"bad", "paper", 4.5}, {"bad", "panel", 4.5},
		{"edge", "paper", 3}, {"edge", "raised", 3}, {"fg", "mark", 7},
		{"c1", "paper", 4.5}, {"c2", "paper", 4.5}, {"c3", "paper", 4.5}, {"c4", "paper", 4.5}, {"c5", "paper", 4.5}, {"c6", "paper", 4.5}, {"c7", "paper", 4.5}, {"c8", "paper", 4.5},
	} {
		front, back := colours[x.front], colours[x.back]
		for i, scheme := range []string{"light", "dark"} {
			if front[i] == "" || back[i] == "" {
				t.Fatalf("there is no %s or no %s", x.front, x.back)
			}
			a, b := luminance(t, front[i]), luminance(t, back[i])
			if c := (max(a, b) + 0.05) / (min(a, b) + 0.05); c < x.least {
				t.Errorf("%s: %s on %s is %.2f:1, want %.1f:1", scheme, x.front, x.back, c, x.least)
			}
		}
	}
}

// TestTemplatesKeepToThePolicy also where no test page leads.
func TestTemplatesKeepToThePolicy(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(web.Templates, "templates/portal/*.html")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	forbidden := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:|<script(>| type="text)|http-equiv`)
	plainForm := regexp.MustCompile(`<form [^>]*>`)
	for _, file := range files {
		raw, err := fs.ReadFile(web.Templates, file)
		if err != nil {
			t.Fatal(err)
		}
		if m := forbidden.Find(raw); m != nil {
			t.Errorf("%s: %q", file, m)
		}
		for _, form := range plainForm.FindAllString(string(raw), -1) {
			// Both only ask: they change nothing, and their addresses may be kept.
			asks := strings.Contains(form, `action="/search" method="get"`) || strings.Contains(form, `action="/account/change/preview" method="get"`)
			if !strings.Contains(form, `method="post"`) && !asks {
				t.Errorf("%s: %s", file, form)
			}
		}
	}
}

// TestTheStylesheetNamesOnlyItsOwn files, and knows every class of the charts.
func TestTheStylesheetNamesOnlyItsOwn(t *testing.T) {
	t.Parallel()
	raw, err := fs.ReadFile(web.Static, "static/portal.css")
	if err != nil {
		t.Fatal(err)
	}
	sheet := string(raw)
	for _, m := range regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(sheet, -1) {
		if !strings.HasPrefix(m[1], `"fonts/`) {
			t.Errorf("url(%s)", m[1])
		}
	}
	for _, word := range []string{"@layer reset, tokens, base", "color-scheme: light dark", "prefers-reduced-motion", "forced-colors", "@media print", "@container chart",
		".chart-wide", ".chart-narrow", ".c8", ".grid", ".axis", ".callout-caution", ".footnotes", ".fn-back", ".chart-data", ".tablewrap", ".task"} {
		if !strings.Contains(sheet, word) {
			t.Errorf("%q is missing", word)
		}
	}
	if strings.Contains(sheet, "@import") || strings.Count(sheet, "{") != strings.Count(sheet, "}") {
		t.Error("an import, or a brace too few")
	}
}
