package portal_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/platform/phrase"
	"lighttrends/web"
)

// names are words that are the same in every language.
var names = regexp.MustCompile(`\b(PDF|Atom|JSON|APA|BibTeX)\b`)

var (
	actions    = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	spoken     = regexp.MustCompile(`(?:aria-label|placeholder|alt|title|data-canceled|data-known|data-failed|data-waiting)="([^"]*)"`)
	tags       = regexp.MustCompile(`(?s)<[^>]*>`)
	attributes = regexp.MustCompile(`[a-z-]+="[^"]*"`) // of a part that stands within a tag
	codes      = regexp.MustCompile(`(?s)<kbd>.*?</kbd>|<script.*?</script>|\{\{define "[a-z ]+"`)
	wordy      = regexp.MustCompile(`\pL{2,}`)
	asked      = regexp.MustCompile(`[({ ](?:t|tn|rich|richn) "([^"]+)"`)
)

// bareWords finds what a template says by itself.
func bareWords(text string) (found []string) {
	text = actions.ReplaceAllString(names.ReplaceAllString(codes.ReplaceAllString(text, "{{"), ""), "")
	for _, m := range spoken.FindAllStringSubmatch(text, -1) {
		found = append(found, wordy.FindAllString(m[1], -1)...)
	}
	text = attributes.ReplaceAllString(tags.ReplaceAllString(text, " "), "")
	return append(found, wordy.FindAllString(text, -1)...)
}

// TestTemplatesHaveNoWordsOfTheirOwn holds every template to the catalogue.
func TestTemplatesHaveNoWordsOfTheirOwn(t *testing.T) {
	t.Parallel()
	for name, text := range templates(t) {
		if words := bareWords(text); len(words) > 0 {
			t.Errorf("%s says %q; the words belong into the catalogue", name, words)
		}
		for _, m := range regexp.MustCompile(`\{\{[^/].*?\}\}`).FindAllString(text, -1) {
			for _, q := range regexp.MustCompile(`"[^"]*"`).FindAllString(m, -1) {
				if strings.Contains(q, " ") && !strings.Contains(m, "template "+q) && !strings.Contains(m, "define "+q) && !strings.Contains(q, "webauthn") {
					t.Errorf("%s says %s; the words belong into the catalogue", name, q)
				}
			}
		}
	}
	if got := bareWords(`<p class="a">{{t "x"}} Read on</p><a aria-label="Go {{.X}}">· 1</a>`); len(got) != 3 {
		t.Errorf("found %q", got)
	}
}

// TestEveryTextIsThere finds keys that templates ask for and nobody wrote.
func TestEveryTextIsThere(t *testing.T) {
	t.Parallel()
	english := phrase.In(phrase.Fallback)
	n := 0
	for name, text := range templates(t) {
		for _, m := range asked.FindAllStringSubmatch(text, -1) {
			if n++; !english.Has(m[1]) {
				t.Errorf("%s asks for %q", name, m[1])
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d texts are asked for", n)
	}
}

// templates are all of the portal's by file name.
func templates(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(web.Templates, "templates/portal/*.html")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(web.Templates, name)
		if err != nil {
			t.Fatal(err)
		}
		all[name[strings.LastIndex(name, "/")+1:]] = string(text)
	}
	return all
}
