package portal_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/portal"
)

// folder makes a theme of these files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAThemeWithAMistakeIsNamed(t *testing.T) {
	t.Parallel()
	main := func(text string) string { return `{{define "main"}}` + text + `{{end}}` }
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"an open action":       {map[string]string{"templates/home.html": main("\n{{if}}")}, "home.html:2:"},
		"no such field":        {map[string]string{"templates/home.html": main("\n\n{{.Main.Headline}}")}, "home.html:3:"},
		"no such field inside": {map[string]string{"templates/archive.html": main("{{range .Main.Months}}\n{{.Nothing}}{{end}}")}, "archive.html:2:"},
		"no such part":         {map[string]string{"templates/topics.html": main(`{{template "nobody" .}}`), "templates/home.html": main(`{{template "nobody" .}}`)}, `"nobody"`},
		"no such file":         {map[string]string{"templates/home.html": main(`{{asset "theme/none.png"}}`)}, "theme/none.png"},
		"no such text":         {map[string]string{"templates/home.html": main(`{{t "home.nothing"}}`)}, "home.nothing"},
		"no main part":         {map[string]string{"templates/home.html": "Hello"}, "home.html does not define its main part once"},
		"no such page":         {map[string]string{"templates/hme.html": main("")}, "templates/hme.html overrides nothing"},
		"no such stylesheet":   {map[string]string{"static/portl.css": ""}, "static/portl.css overrides nothing"},
		"a program":            {map[string]string{"static/theme/run.php": ""}, "kind that is not served"},
		"a strange name":       {map[string]string{"static/theme/a b.css": ""}, "static/theme/a b.css"},
		"another folder":       {map[string]string{"css/portal.css": ""}, "templates and static"},
		"a missing picture":    {map[string]string{"static/theme/theme.css": `a { background: url("none.png") }`}, "none.png"},
	} {
		err := portal.CheckTheme(folder(t, tt.files))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Every page that is converted to samples is really tried, and so is the
	// frame of all others.
	for name, text := range map[string]string{"account": "{{.Wrong}}", "issue": "{{with .Main}}{{.Wrong}}{{end}}", "note": "{{with .Main}}{{.Wrong}}{{end}}", "plans": "{{range .Main.Plans}}{{.Wrong}}{{end}}"} {
		err := portal.CheckTheme(folder(t, map[string]string{"templates/" + name + ".html": main(text)}))
		if err == nil || !strings.Contains(err.Error(), name+".html:1:") {
			t.Errorf("%s is not tried: %v", name, err)
		}
	}
	if err := portal.CheckTheme(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there is a theme")
	}
}

// TestAThemeReachesNothingOutside refuses links, of files and of folders.
func TestAThemeReachesNothingOutside(t *testing.T) {
	t.Parallel()
	secret := folder(t, map[string]string{"key.txt": "secret"})
	for name, link := range map[string][2]string{
		"a file":   {filepath.Join(secret, "key.txt"), "static/theme/key.txt"},
		"a folder": {secret, "static/theme/keys"},
		"upwards":  {"../../../../etc/hostname", "static/theme/host.txt"},
	} {
		dir := folder(t, map[string]string{"static/theme/a.txt": "a"})
		if err := os.Symlink(link[0], filepath.Join(dir, link[1])); err != nil {
			t.Fatal(err)
		}
		if err := portal.CheckTheme(dir); err == nil || !strings.Contains(err.Error(), link[1]) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheExampleTheme(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.theme = "../../../web/examples/theme"
	s.openPortal()
	s.publish()
	b := s.browser()
	page := b.get("/pages/terms").is(http.StatusOK).has(`class="plain letter"`, `<img src="/static/theme/lamp.svg?v=`, `<link rel="stylesheet" href="/static/theme/theme.css?v=`, "<em>read</em>").checkHTML()
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'self'") || strings.Contains(policy, "unsafe-inline") {
		t.Errorf("policy %q", policy)
	}
	_, rest, _ := strings.Cut(page.body, `src="/static/theme/`)
	address, _, _ := strings.Cut(rest, `"`)
	lamp := b.get("/static/theme/" + address).is(http.StatusOK)
	if lamp.header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(lamp.header.Get("Cache-Control"), "immutable") {
		t.Errorf("headers %v", lamp.header)
	}
	for _, path := range []string{"/static/theme/../../go.mod", "/static/theme/%2e%2e/portal.css", "/static/README.md", "/static/theme/none.css"} {
		b.get(path).is(http.StatusNotFound)
	}
}

func TestAChangedThemeIsSeenAtTheNextRequest(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.theme, s.follow = folder(t, map[string]string{"templates/topics.html": `{{define "main"}}First{{end}}`}), true
	s.openPortal()
	s.publish()
	b := s.browser()
	b.get("/topics").is(http.StatusOK).has("First")
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(s.theme, "templates/topics.html"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{{define "main"}}The second{{end}}`)
	b.get("/topics").is(http.StatusOK).has("The second")
	write("{{define \"main\"}}\n{{.Wrong}}{{end}}")
	b.get("/topics").is(http.StatusInternalServerError).has("topics.html:2:")
	write(`{{define "main"}}The third one{{end}}`)
	b.get("/topics").is(http.StatusOK).has("The third one")
}
