package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestTheAPIFromTheCommandLine is about arguments, environment and exit codes;
// what is asked and printed has tests where it is made.
func TestTheAPIFromTheCommandLine(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.vars["ADMIN_API_KEY"] = "bootstrap-key-of-thirty-two-characters"
	m.start("serve")
	if code, _, errOut := m.run("", "api", "get", "notes", "--url=http://"+m.vars["ADDR"]); code != 2 || !strings.Contains(errOut, "LIGHTTRENDS_KEY") {
		t.Errorf("without a key: %d %s", code, errOut)
	}
	m.vars["LIGHTTRENDS_KEY"], m.vars["LIGHTTRENDS_URL"] = m.vars["ADMIN_API_KEY"], "http://"+m.vars["ADDR"]
	text := m.write(filepath.Join(t.TempDir(), "note.md"), "From a file.\n")
	if out := m.must("api", "post", "notes", "title=From the shell", "body=@"+text, "--once=first"); !strings.Contains(out, "From a file.") {
		t.Error(out)
	}
	if out := m.must("api", "get", "notes", "--all"); strings.Count(out, "\n") != 1 || !strings.Contains(out, "from-the-shell") {
		t.Error(out)
	}
	for name, tt := range map[string]struct {
		args []string
		code int
		says string
	}{
		"not there":             {[]string{"get", "notes/018f0000-0000-7000-8000-000000000000"}, 4, "404 Not Found"},
		"an API that is none":   {[]string{"get", "notes", "--api=desk"}, 2, "content"},
		"a key as an argument":  {[]string{"get", "notes", "key==lt_content_hush"}, 2, "LIGHTTRENDS_KEY"},
		"an item that is none":  {[]string{"get", "notes", "topic"}, 2, `"topic"`},
		"a server that is none": {[]string{"get", "notes", "--url=http://127.0.0.1:1"}, 1, "no answer"},
	} {
		code, out, errOut := m.run("", append([]string{"api"}, tt.args...)...)
		if code != tt.code || out != "" || !strings.Contains(errOut, tt.says) || strings.Contains(errOut, "hush") || strings.Contains(errOut, m.vars["LIGHTTRENDS_KEY"]) {
			t.Errorf("%s: %d %s%s", name, code, out, errOut)
		}
	}
	if _, out, _ := m.run("", "api", "--help"); !strings.Contains(out, "LIGHTTRENDS_KEY") || !strings.Contains(out, "Exit codes") {
		t.Error(out)
	}
}
