package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// running is a server in the background.
type running struct {
	m    *machine
	out  *paper
	stop func() int
}

// paper is a buffer that several goroutines may use.
type paper struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(b)
}

func (p *paper) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.String()
}

// start runs a command that serves, until it says how to stop it.
func (m *machine) start(args ...string) *running {
	m.t.Helper()
	ctx, cancel := context.WithCancel(m.t.Context())
	r := &running{m: m, out: &paper{}}
	done := make(chan int, 1)
	go func() { done <- run(ctx, args, m.vars, strings.NewReader(""), r.out, r.out) }()
	r.stop = sync.OnceValue(func() int { cancel(); return <-done })
	m.t.Cleanup(func() { r.stop() })
	for deadline := time.Now().Add(60 * time.Second); !strings.Contains(r.out.String(), "Ctrl-C stops it."); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			m.t.Fatalf("%v does not start:\n%s", args, r.out)
		}
	}
	return r
}

func (m *machine) get(path string) (int, string) {
	m.t.Helper()
	return m.answer(http.Get("http://" + m.vars["ADDR"] + path))
}

func (m *machine) answer(resp *http.Response, err error) (int, string) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		m.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

var setupAddress = regexp.MustCompile(`/setup/[A-Za-z0-9_-]{20,}`)

func TestServeOffersTheFirstOwnerOneAddress(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	r := m.start()
	path := setupAddress.FindString(r.out.String())
	for _, want := range []string{"Portal", "/desk/", "/mailbox/", "/stripe/"} {
		if !strings.Contains(r.out.String(), want) {
			t.Errorf("%s is not announced:\n%s", want, r.out)
		}
	}
	if path == "" {
		t.Fatalf("no setup address:\n%s", r.out)
	}
	if status, body := m.get(path); status != http.StatusOK || !strings.Contains(body, "password") {
		t.Fatalf("%d %s", status, body)
	}
	form := url.Values{"name": {"Olga"}, "email": {"olga@example.com"}, "password": {"a long enough password"}, "password_again": {"a long enough password"}}
	post := func(path string) int {
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		status, _ := m.answer(client.PostForm("http://"+m.vars["ADDR"]+path, form))
		return status
	}
	if status := post("/setup/" + strings.Repeat("x", 43)); status != http.StatusGone {
		t.Errorf("an address that was never offered: %d", status)
	}
	if status := post(path); status != http.StatusSeeOther {
		t.Fatalf("making the owner: %d", status)
	}
	if status := post(path); status != http.StatusGone {
		t.Errorf("the setup address works twice: %d", status)
	}
	if code := r.stop(); code != 0 {
		t.Errorf("exit %d\n%s", code, r.out)
	}
	again := m.start("serve")
	if setupAddress.MatchString(again.out.String()) {
		t.Error("a house with an owner offers setup")
	}
	if code, _, errOut := m.run("", "serve"); code != 1 || !strings.Contains(errOut, "another lighttrends server") {
		t.Errorf("a second server on the same folder: %d %s", code, errOut)
	}
}

func TestStaffCreate(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	out := m.must("staff", "create", "--email=Olga@Example.com", "--name=Olga")
	if !strings.Contains(out, "Olga@Example.com (owner)") || !regexp.MustCompile(`Password, shown once: [a-z2-7]{24}\n`).MatchString(out) {
		t.Error(out)
	}
	code, out, _ := m.run("a long enough password\n", "staff", "create", "--email=ana@example.com", "--name=Ana", "--role=analyst", "--password-stdin")
	if code != 0 || strings.Contains(out, "a long enough password") {
		t.Errorf("%d %s", code, out)
	}
	for name, tt := range map[string]struct {
		stdin string
		args  []string
		want  string
	}{
		"the same address again":  {"another long password", []string{"--email=ANA@example.com", "--name=A", "--password-stdin"}, "works here already"},
		"a weak password":         {"password", []string{"--email=b@example.com", "--name=B", "--password-stdin"}, "password"},
		"an address that is none": {"another long password", []string{"--email=x", "--name=B", "--password-stdin"}, "email"},
	} {
		code, _, errOut := m.run(tt.stdin, append([]string{"staff", "create"}, tt.args...)...)
		if code != 1 || !strings.Contains(errOut, tt.want) {
			t.Errorf("%s: %d %s", name, code, errOut)
		}
	}
	if r := m.start(); setupAddress.MatchString(r.out.String()) {
		t.Error("a house with an owner offers setup")
	}
}

func TestTheDemonstrationKeepsItsData(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.vars["ADMIN_API_KEY"] = "bootstrap-key-of-thirty-two-characters"
	// What a production machine may have set is not touched.
	maps.Copy(m.vars, map[string]string{"DATABASE_URL": "postgres://prod.example/x", "STRIPE_SECRET_KEY": "sk_live_x", "SMTP_URL": "smtp://prod.example", "BASE_URL": "https://prod.example"})
	r := m.start("demo")
	for _, want := range []string{"Portal", "Desk", "Mailbox", "Payments", "owner", "editor", "analyst", "subscriber", "pays nothing", "lapsed", "password"} {
		if !strings.Contains(r.out.String(), want) {
			t.Errorf("%s is not announced:\n%s", want, r.out)
		}
	}
	if status, body := m.get("/"); status != http.StatusOK || !strings.Contains(body, "/notes/") {
		t.Errorf("the portal: %d", status)
	}
	req, _ := http.NewRequest(http.MethodPost, "http://"+m.vars["ADDR"]+"/api/admin/v1/notes", strings.NewReader(`{"title":"Mine, kept"}`))
	req.Header.Set("Authorization", "Bearer "+m.vars["ADMIN_API_KEY"])
	req.Header.Set("Content-Type", "application/json")
	if status, body := m.answer(http.DefaultClient.Do(req)); status != http.StatusCreated {
		t.Fatalf("the bootstrap key: %d %s", status, body)
	}
	frontEnd := m.frontEnd()
	if status, body := m.get("/api/content/v1/notes?key=" + frontEnd); status != http.StatusOK {
		t.Errorf("the key of the example: %d %s", status, body)
	}
	if code := r.stop(); code != 0 {
		t.Fatalf("exit %d\n%s", code, r.out)
	}
	again := m.start("demo")
	if m.frontEnd() != frontEnd {
		t.Error("the second start makes another key for the example")
	}
	if strings.Contains(again.out.String(), "Filling") {
		t.Error("the second start fills again")
	}
	req, _ = http.NewRequest(http.MethodGet, "http://"+m.vars["ADDR"]+"/api/admin/v1/notes?limit=100", nil)
	req.Header.Set("Authorization", "Bearer "+m.vars["ADMIN_API_KEY"])
	if status, body := m.answer(http.DefaultClient.Do(req)); status != http.StatusOK || strings.Count(body, "Mine, kept") != 1 || strings.Count(body, `"slug"`) < 25 {
		t.Errorf("the second start: %d, %d notes", status, strings.Count(body, `"slug"`))
	}
}

// frontEnd is the content key that the demonstration made for the example.
func (m *machine) frontEnd() string {
	m.t.Helper()
	raw, err := os.ReadFile(filepath.Join(m.vars["DATA_DIR"], "front-end.json"))
	if err != nil {
		m.t.Fatal(err)
	}
	var f struct{ URL, Key string }
	if err := json.Unmarshal(raw, &f); err != nil || !strings.HasSuffix(f.URL, m.vars["ADDR"][strings.LastIndex(m.vars["ADDR"], ":"):]) {
		m.t.Fatalf("%s %v", raw, err)
	}
	return f.Key
}

func TestABusyPortIsNamed(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	l, err := net.Listen("tcp", m.vars["ADDR"])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	code, _, errOut := m.run("", "serve")
	if code != 1 || !strings.Contains(errOut, fmt.Sprintf("cannot listen on %s", m.vars["ADDR"])) || !strings.Contains(errOut, "ADDR=") {
		t.Errorf("%d %s", code, errOut)
	}
}
