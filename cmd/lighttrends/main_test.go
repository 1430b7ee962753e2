package main

import (
	"bytes"
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// machine is a computer with a data folder on which commands are run.
type machine struct {
	t    *testing.T
	vars map[string]string
}

func newMachine(t *testing.T) *machine {
	t.Helper()
	return &machine{t: t, vars: map[string]string{"DATA_DIR": t.TempDir(), "ADDR": freeAddress(t), "DEMO_ADDR": freeAddress(t)}}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// run gives the exit code and what was written to the two outputs.
func (m *machine) run(stdin string, args ...string) (code int, out, errOut string) {
	m.t.Helper()
	var o, e bytes.Buffer
	code = run(m.t.Context(), args, m.vars, strings.NewReader(stdin), &o, &e)
	return code, o.String(), e.String()
}

// must runs a command that has to succeed, and returns its output.
func (m *machine) must(args ...string) string {
	m.t.Helper()
	code, out, errOut := m.run("", args...)
	if code != 0 {
		m.t.Fatalf("%v: exit %d\n%s%s", args, code, out, errOut)
	}
	return out
}

func (m *machine) write(path, text string) string {
	m.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		m.t.Fatal(err)
	}
	return path
}

func TestWhatTheCommandLineSays(t *testing.T) {
	t.Parallel()
	commands := []string{"serve", "demo", "migrate", "staff create", "staff reset-second-factor", "import markdown", "export", "reconcile", "version"}
	for name, tt := range map[string]struct {
		args      []string
		vars      map[string]string
		code      int
		out, errs []string
	}{
		"help":                                  {[]string{"help"}, nil, 0, commands, nil},
		"--help":                                {[]string{"--help"}, nil, 0, commands, nil},
		"help of a command":                     {[]string{"help", "staff", "create"}, nil, 0, []string{"--email", "--role", "--password-stdin"}, nil},
		"version":                               {[]string{"version"}, nil, 0, []string{"lighttrends "}, nil},
		"help does not need a configuration":    {[]string{"help"}, map[string]string{"ADDR": "x"}, 0, commands, nil},
		"version does not need a configuration": {[]string{"version"}, map[string]string{"ADDR": "x"}, 0, []string{"lighttrends "}, nil},
		"an unknown command":                    {[]string{"serv"}, nil, 2, nil, []string{"serv", "lighttrends help"}},
		"an unknown flag":                       {[]string{"migrate", "--fast"}, nil, 2, nil, []string{"--fast", "lighttrends help"}},
		"a missing flag":                        {[]string{"staff", "create"}, nil, 2, nil, []string{"--email", "--name"}},
		"a role that does not exist":            {[]string{"staff", "create", "--email=a@example.com", "--name=A", "--role=boss"}, nil, 2, nil, []string{"owner", "boss"}},
		"a missing folder":                      {[]string{"import", "markdown"}, nil, 2, nil, []string{"dir"}},
		"a folder that is not there":            {[]string{"import", "markdown", "/no/such/folder"}, nil, 1, nil, []string{"/no/such/folder"}},
		"every fault of the environment at once": {[]string{"migrate"}, map[string]string{"ADDR": "x", "LOG_FORMAT": "xml", "DATABASE_URL": "mysql://u:hush@h/x"}, 1, nil,
			[]string{"ADDR", "LOG_FORMAT", "DATABASE_URL"}},
		"a bare start serves, and checks": {nil, map[string]string{"BASE_URL": "https://notes.example.com", "SECRET_KEY": strings.Repeat("s", 32)}, 1, nil,
			[]string{"STRIPE_SECRET_KEY must be set", "SMTP_URL must be set", "ALLOW_DEMO_SERVICES=1"}},
		"a database that is not there":    {[]string{"migrate"}, map[string]string{"DATABASE_URL": "postgres://u:hush@127.0.0.1:1/x"}, 1, nil, []string{"database"}},
		"a demonstration for the network": {[]string{"demo"}, map[string]string{"ADDR": "0.0.0.0:1"}, 1, nil, []string{"this machine only"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t)
			maps.Copy(m.vars, tt.vars)
			code, out, errOut := m.run("", tt.args...)
			if code != tt.code {
				t.Errorf("exit %d", code)
			}
			for _, want := range tt.out {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in the output:\n%s", want, out)
				}
			}
			for _, want := range tt.errs {
				if !strings.Contains(errOut, want) {
					t.Errorf("%q is not in the message:\n%s", want, errOut)
				}
			}
			if strings.Contains(out+errOut, "hush") {
				t.Errorf("a password is on the screen:\n%s%s", out, errOut)
			}
			if code != 0 && (out != "" || strings.Contains(errOut, "goroutine")) {
				t.Errorf("a failure does not speak to people:\n%s%s", out, errOut)
			}
		})
	}
}

func TestMigrateTwice(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	if out := m.must("migrate"); !strings.Contains(out, "steps") {
		t.Error(out)
	}
	if out := m.must("migrate"); out != "The database is up to date.\n" {
		t.Error(out)
	}
	err := filepath.WalkDir(m.vars["DATA_DIR"], func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read %s: %v, %v", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

const goodNote = "---\ntitle: A good one\nkind: research-note\ndate: 2026-03-01\ngate: paid\nabstract: An abstract.\n---\n\nOpen.\n\n<!-- paywall -->\n\nHidden.\n"

func TestImportAndExport(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	dir := t.TempDir()
	m.write(filepath.Join(dir, "bad.md"), "---\ntitle: Bad\n\ncolour: red\n---\n\nText.\n")
	m.write(filepath.Join(dir, "good.md"), goodNote)
	code, out, errOut := m.run("", "import", "markdown", dir)
	if code != 1 || !strings.Contains(out, `bad.md:4: unknown field "colour"`) || !strings.Contains(out, "1 created, 0 updated, 0 unchanged, 1 failed.") {
		t.Errorf("exit %d\n%s%s", code, out, errOut)
	}
	first, second := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	m.must("export", first)
	other := newMachine(t)
	if out := other.must("import", "markdown", first); !strings.Contains(out, "1 created") {
		t.Error(out)
	}
	if out := other.must("import", "markdown", first); !strings.Contains(out, "0 created, 0 updated, 1 unchanged") {
		t.Error("the second import changes something:", out)
	}
	other.must("export", second)
	if a, b := folder(t, first), folder(t, second); len(a) == 0 || !maps.Equal(a, b) {
		t.Errorf("the round trip changes something: %v, %v", a, b)
	}
}

func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestLongWorkShowsItsProgressToPeopleOnly(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	dir := t.TempDir()
	m.write(filepath.Join(dir, "good.md"), goodNote)
	if _, _, errOut := m.run("", "import", "markdown", dir); errOut != "" {
		t.Errorf("a program gets to read %q", errOut)
	}
	if isTerminal(&bytes.Buffer{}) {
		t.Error("a buffer is taken for a terminal")
	}
	null, err := os.Open(os.DevNull) // a character device, as a terminal is
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = null.Close() }()
	if !isTerminal(null) {
		t.Error("a character device is not taken for a terminal")
	}
}

func TestReconcileOnAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	if out := newMachine(t).must("reconcile"); !strings.HasPrefix(out, "0 subscriptions compared") {
		t.Error(out)
	}
}
