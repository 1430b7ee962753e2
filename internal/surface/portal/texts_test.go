package portal_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/platform/phrase"
	"lighttrends/web"
)

// converted are the templates that take every word from the catalogue.
var converted = []string{
	"_frame.html", "_parts.html", "_shelves.html", "archive.html", "authors.html", "contact.html", "contact_thanks.html", "error.html", "home.html",
	"issue.html", "issues.html", "listing.html", "month.html", "own_page.html", "plan_archived.html", "plans.html", "topics.html",
}

var (
	actions    = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	spoken     = regexp.MustCompile(`(?:aria-label|placeholder|alt|title)="([^"]*)"`)
	tags       = regexp.MustCompile(`(?s)<[^>]*>`)
	attributes = regexp.MustCompile(`[a-z-]+="[^"]*"`) // of a part that stands within a tag
	wordy      = regexp.MustCompile(`\pL{2,}`)
	asked      = regexp.MustCompile(`[({ ](?:t|tn|rich|richn) "([^"]+)"`)
)

// bareWords finds what a template says by itself.
func bareWords(text string) (found []string) {
	text = actions.ReplaceAllString(text, "")
	for _, m := range spoken.FindAllStringSubmatch(text, -1) {
		found = append(found, wordy.FindAllString(m[1], -1)...)
	}
	text = attributes.ReplaceAllString(tags.ReplaceAllString(text, " "), "")
	return append(found, wordy.FindAllString(text, -1)...)
}

// TestTemplatesHaveNoWordsOfTheirOwn holds those that were converted to the
// catalogue.
func TestTemplatesHaveNoWordsOfTheirOwn(t *testing.T) {
	t.Parallel()
	all := templates(t)
	for _, name := range converted {
		if words := bareWords(all[name]); len(words) > 0 || all[name] == "" {
			t.Errorf("%s says %q; the words belong into the catalogue", name, words)
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
	if n < 100 {
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
