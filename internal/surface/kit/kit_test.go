package kit_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

type bench struct {
	*kit.Server
	log  *bytes.Buffer
	addr string
}

func setup(t *testing.T, o kit.Options, routes func(s *kit.Server)) *bench {
	t.Helper()
	b := &bench{log: &bytes.Buffer{}}
	o.Log = slog.New(slog.NewTextHandler(b.log, nil))
	o.BaseURL = "http://localhost"
	b.Server = kit.New(o)
	if routes != nil {
		routes(b.Server)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.addr = l.Addr().String()
	done := make(chan error, 1)
	go func() { done <- b.App.Listener(l) }()
	t.Cleanup(func() {
		_ = b.App.ShutdownWithTimeout(5 * time.Second)
		<-done
	})
	return b
}

// send writes raw bytes and reads one answer.
func (b *bench) send(t *testing.T, raw string) *http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", b.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, raw); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("no answer to %.60q: %v", raw, err)
	}
	return resp
}

func problem(t *testing.T, resp *http.Response) kit.Problem {
	t.Helper()
	if ct := resp.Header.Get("Content-Type"); ct != "application/problem+json" {
		t.Fatalf("status %d with content type %q", resp.StatusCode, ct)
	}
	var p kit.Problem
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil {
		t.Fatal(err)
	}
	if p.Status != resp.StatusCode || p.Code == "" || p.Detail == "" || p.RequestID == "" {
		t.Errorf("incomplete problem: %+v", p)
	}
	return p
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		s.App.Get("/ok", func(c *fiber.Ctx) error { return c.SendString("ok") })
		s.App.Post("/ok", func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(len(c.Body()))) })
		s.App.Get("/panic", func(*fiber.Ctx) error { panic("the secret of the inside") })
		s.App.Get("/error", func(*fiber.Ctx) error { return errors.New("the secret of the inside") })
		s.App.Get("/limit", func(*fiber.Ctx) error {
			return &fault.Error{Kind: fault.TooMany, Code: "slow_down", Message: "Later.", RetryAfter: 1500 * time.Millisecond}
		})
	})
	for name, tt := range map[string]struct {
		raw    string
		status int
		code   string
	}{
		"an unknown address":               {"GET /no/such<script> HTTP/1.1\r\nHost: a\r\n\r\n", 404, "not_found"},
		"a method that is not taken":       {"DELETE /ok HTTP/1.1\r\nHost: a\r\n\r\n", 405, "method_not_allowed"},
		"a panic":                          {"GET /panic HTTP/1.1\r\nHost: a\r\n\r\n", 500, "internal"},
		"an unexpected error":              {"GET /error HTTP/1.1\r\nHost: a\r\n\r\n", 500, "internal"},
		"two lengths of different kinds":   {"POST /ok HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, ""},
		"two Content-Length":               {"POST /ok HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, ""},
		"two hosts":                        {"GET /ok HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, ""},
		"no host":                          {"GET /ok HTTP/1.1\r\n\r\n", 400, ""},
		"headers that are too large":       {"GET /ok HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", 20<<10) + "\r\n\r\n", 431, ""},
		"a body that is too large":         {"POST /ok HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", 413, "body_too_large"},
		"an encoded slash is not a path":   {"GET /%2e%2e/ok HTTP/1.1\r\nHost: a\r\n\r\n", 404, "not_found"},
		"something that is not HTTP":       {"HELLO\r\n\r\n", 400, ""},
		"a limit that says when to return": {"GET /limit HTTP/1.1\r\nHost: a\r\n\r\n", 429, "slow_down"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := b.send(t, tt.raw)
			if resp.StatusCode != tt.status {
				body, _ := io.ReadAll(resp.Body)
				t.Fatalf("status %d, %s", resp.StatusCode, body)
			}
			if tt.code == "" {
				return
			}
			p := problem(t, resp)
			if p.Code != tt.code {
				t.Errorf("code %q", p.Code)
			}
			if strings.Contains(p.Detail, "secret") || strings.Contains(p.Detail, "script") {
				t.Errorf("the answer tells too much: %q", p.Detail)
			}
			if tt.code == "slow_down" && resp.Header.Get("Retry-After") != "2" {
				t.Errorf("Retry-After %q", resp.Header.Get("Retry-After"))
			}
		})
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	t.Parallel()
	b := setup(t, kit.Options{HTTPS: true, FormTargets: []string{"https://pay.example"}}, nil)
	h := b.send(t, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").Header
	csp := h.Get("Content-Security-Policy")
	if csp == "" || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || !strings.HasSuffix(csp, "form-action 'self' https://pay.example") {
		t.Errorf("policy %q", csp)
	}
	for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security", "X-Request-Id"} {
		if h.Get(name) == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if h.Get("Server") != "" {
		t.Errorf("the server names itself %q", h.Get("Server"))
	}
	h = b.send(t, "GET /api/t HTTP/1.1\r\nHost: a\r\n\r\n").Header
	if csp := h.Get("Content-Security-Policy"); csp != "default-src 'none'; frame-ancestors 'none'" {
		t.Errorf("an API's policy %q", csp)
	}
	for _, name := range []string{"X-Content-Type-Options", "Strict-Transport-Security", "X-Request-Id"} {
		if h.Get(name) == "" {
			t.Errorf("%s of an API is missing", name)
		}
	}
}

func TestStringsOutliveTheRequest(t *testing.T) {
	t.Parallel()
	var kept []string
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		s.App.Get("/keep/:word", func(c *fiber.Ctx) error {
			kept = append(kept, c.Params("word"), c.Query("q"), c.Get("X-Word"))
			return nil
		})
	})
	conn, err := net.Dial("tcp", b.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	for _, w := range []string{"first", "other"} { // one connection, so that memory is reused
		_, _ = fmt.Fprintf(conn, "GET /keep/%s?q=%s HTTP/1.1\r\nHost: a\r\nX-Word: %s\r\n\r\n", w, w, w)
		if _, err := http.ReadResponse(r, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(kept, " "); got != "first first first other other other" {
		t.Errorf("got %q", got)
	}
}

func TestAClientsWordAboutItsAddressIsNotBelieved(t *testing.T) {
	t.Parallel()
	routes := func(s *kit.Server) {
		s.App.Get("/ip", func(c *fiber.Ctx) error { return c.SendString(kit.ClientAddress(c)) })
	}
	for name, tt := range map[string]struct {
		trusted []string
		header  string
		want    string
	}{
		"no proxy is trusted":                 {nil, "203.0.113.9", "127.0.0.1"},
		"a proxy elsewhere is trusted":        {[]string{"10.0.0.1"}, "203.0.113.9", "127.0.0.1"},
		"this proxy is trusted":               {[]string{"127.0.0.1"}, "203.0.113.9", "203.0.113.9"},
		"the client added an address before":  {[]string{"127.0.0.1"}, "1.1.1.1, 203.0.113.9", "203.0.113.9"},
		"two trusted proxies in a row":        {[]string{"127.0.0.1", "10.0.0.0/8"}, "1.1.1.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"},
		"the proxy sent something else":       {[]string{"127.0.0.1"}, "<script>", "127.0.0.1"},
		"an IPv6 address, written in full":    {[]string{"127.0.0.1"}, "2001:db8:0:0:0:0:0:9", "2001:db8::9"},
		"an IPv4 address dressed up as IPv6":  {[]string{"127.0.0.1"}, "::ffff:203.0.113.9", "203.0.113.9"},
		"every address is a trusted proxy's":  {[]string{"127.0.0.1", "10.0.0.0/8"}, "10.0.0.7", "10.0.0.7"},
		"a header without an address at all":  {[]string{"127.0.0.1"}, " , ", "127.0.0.1"},
		"the last address is beyond the list": {[]string{"127.0.0.1"}, "203.0.113.9, junk", "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, kit.Options{TrustedProxies: tt.trusted}, routes)
			resp := b.send(t, "GET /ip HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: "+tt.header+"\r\n\r\n")
			got, _ := io.ReadAll(resp.Body)
			if string(got) != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSameOrigin(t *testing.T) {
	t.Parallel()
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		s.App.Post("/do", kit.Steps(kit.SameOrigin()), func(c *fiber.Ctx) error { return c.SendString("done") })
	})
	for name, tt := range map[string]struct {
		headers string
		status  int
	}{
		"our own page":                  {"Sec-Fetch-Site: same-origin\r\n", 200},
		"typed by the person":           {"Sec-Fetch-Site: none\r\n", 200},
		"another site":                  {"Sec-Fetch-Site: cross-site\r\n", 403},
		"another host of ours":          {"Sec-Fetch-Site: same-site\r\n", 403},
		"an older browser, our page":    {"Origin: http://a\r\n", 200},
		"an older browser, other site":  {"Origin: http://evil.example\r\n", 403},
		"an older browser, hidden page": {"Origin: null\r\n", 403},
		"a program":                     {"", 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if resp := b.send(t, "POST /do HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"+tt.headers+"\r\n"); resp.StatusCode != tt.status {
				t.Errorf("status %d", resp.StatusCode)
			}
		})
	}
}

// TestAVisitorOfAnotherKindIsNobodyHere: an id says nothing without its kind.
func TestAVisitorOfAnotherKindIsNobodyHere(t *testing.T) {
	t.Parallel()
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		who := kit.Bearer(func(_ context.Context, kind string) (kit.Visitor, error) {
			return kit.Visitor{Actor: actor.Actor{Kind: actor.Kind(kind), ID: uuid.New()}}, nil
		})
		s.App.Get("/id", kit.Steps(who), func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(kit.VisitorOf(c).Member() != uuid.Nil)) })
	})
	for kind, member := range map[actor.Kind]string{actor.Member: "true", actor.Staff: "false", actor.Key: "false", actor.System: "false"} {
		got, _ := io.ReadAll(b.send(t, "GET /id HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "+string(kind)+"\r\n\r\n").Body)
		if string(got) != member {
			t.Errorf("%s: a member: %s", kind, got)
		}
	}
}

func TestAHandlerHasADeadlineAnActorAndAnID(t *testing.T) {
	t.Parallel()
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		s.App.Get("/", func(c *fiber.Ctx) error {
			ctx := c.UserContext()
			_, ok := ctx.Deadline()
			return c.SendString(fmt.Sprint(ok, " ", actor.From(ctx).Kind, " ", actor.Request(ctx) == kit.RequestID(c)))
		})
	})
	body, _ := io.ReadAll(b.send(t, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").Body)
	if string(body) != "true anonymous true" {
		t.Errorf("got %q", body)
	}
}

func member(_ context.Context, token string) (kit.Visitor, error) {
	switch token {
	case "good":
		return kit.Visitor{Actor: actor.Actor{Kind: actor.Member, ID: uuid.New()}}, nil
	case "broken":
		return kit.Visitor{}, errors.New("the database is away")
	}
	return kit.Visitor{}, fault.New(fault.Unauthenticated, "session_ended", "Please sign in again.")
}

func TestWhatDependsOnTheVisitorIsNeverShared(t *testing.T) {
	t.Parallel()
	jar := kit.NewJar(true)
	b := setup(t, kit.Options{HTTPS: true}, func(s *kit.Server) {
		page := func(c *fiber.Ctx) error {
			body := []byte("for " + string(kit.VisitorOf(c).Actor.Kind))
			return kit.SendPublic(c, "text/plain", body, kit.Tag(body))
		}
		s.App.Get("/page", kit.Steps(kit.Cookie(jar, kit.MemberCookie, member)), page)
		s.App.Get("/api/page", kit.Steps(kit.Bearer(member)), page)
	})
	get := func(path, headers string) *http.Response {
		return b.send(t, "GET "+path+" HTTP/1.1\r\nHost: a\r\n"+headers+"\r\n")
	}
	stranger := get("/page", "")
	if cc := stranger.Header.Get("Cache-Control"); !strings.HasPrefix(cc, "public") || stranger.Header.Get("Vary") != "Cookie" {
		t.Errorf("stranger: %q, Vary %q", cc, stranger.Header.Get("Vary"))
	}
	tag := stranger.Header.Get("ETag")
	if r := get("/page", "If-None-Match: W/"+tag+"\r\n"); tag == "" || r.StatusCode != 304 {
		t.Errorf("tag %q, status %d", tag, r.StatusCode)
	}
	for name, r := range map[string]*http.Response{
		"by cookie": get("/page", "Cookie: __Host-lt_member=good\r\nIf-None-Match: "+tag+"\r\n"),
		"by token":  get("/api/page", "Authorization: Bearer good\r\n"),
	} {
		if r.StatusCode != 200 || r.Header.Get("Cache-Control") != "private, no-store" || r.Header.Get("ETag") != "" {
			t.Errorf("%s: status %d, %q, ETag %q", name, r.StatusCode, r.Header.Get("Cache-Control"), r.Header.Get("ETag"))
		}
	}
	ended := get("/page", "Cookie: __Host-lt_member=ended\r\n")
	if c := ended.Header.Get("Set-Cookie"); ended.StatusCode != 200 || !strings.Contains(c, "__Host-lt_member=;") || strings.HasPrefix(ended.Header.Get("Cache-Control"), "public") {
		t.Errorf("ended session: status %d, %q, %q", ended.StatusCode, c, ended.Header.Get("Cache-Control"))
	}
	if r := get("/api/page", "Authorization: Bearer ended\r\n"); r.StatusCode != 401 || r.Header.Get("WWW-Authenticate") == "" {
		t.Errorf("ended token: status %d", r.StatusCode)
	}
	if r := get("/page", "Cookie: __Host-lt_member=broken\r\n"); r.StatusCode != 500 {
		t.Errorf("unknowable session: status %d", r.StatusCode)
	}
	if r := get("/page", "Cookie: lt_member=good\r\n"); r.Header.Get("Cache-Control") == "private, no-store" {
		t.Error("a cookie without the __Host- prefix was taken over TLS")
	}
}

func TestCookiesAreOutOfReach(t *testing.T) {
	t.Parallel()
	jar := kit.NewJar(true)
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		s.App.Get("/", func(c *fiber.Ctx) error { jar.Set(c, "x", "y", time.Hour); return nil })
	})
	got := b.send(t, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").Header.Get("Set-Cookie")
	for _, want := range []string{"__Host-x=y", "HttpOnly", "secure", "SameSite=Lax", "path=/", "max-age=3600"} {
		if !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
			t.Errorf("%q lacks %s", got, want)
		}
	}
	if strings.Contains(strings.ToLower(got), "domain=") {
		t.Errorf("%q names a domain", got)
	}
}

type thing struct {
	Name string   `json:"name" maxLength:"5"`
	Tags []string `json:"tags,omitempty"`
}

func apiBench(t *testing.T) *bench {
	return setup(t, kit.Options{}, func(s *kit.Server) {
		api := s.NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"})
		kit.Register(api, huma.Operation{OperationID: "make", Method: "POST", Path: "/api/t/v1/things", DefaultStatus: 201},
			func(_ context.Context, in *struct{ Body thing }) (*struct{ Body thing }, error) {
				switch in.Body.Name {
				case "gone":
					return nil, fault.New(fault.Gone, "thing_gone", "It was withdrawn.")
				case "slow":
					return nil, &fault.Error{Kind: fault.TooMany, Code: "slow_down", Message: "Later.", RetryAfter: 1500 * time.Millisecond}
				case "who":
					return nil, fault.New(fault.Unauthenticated, "sign_in_required", "Sign in.")
				case "boom":
					return nil, errors.New("the secret of the inside")
				}
				return &struct{ Body thing }{in.Body}, nil
			})
		kit.Register(api, huma.Operation{OperationID: "get", Method: "GET", Path: "/api/t/v1/things/{id}"},
			func(_ context.Context, in *struct {
				ID    string `path:"id"`
				Limit int    `query:"limit" minimum:"1" maximum:"100"`
			}) (*struct{ Body thing }, error) {
				return &struct{ Body thing }{thing{Name: in.ID}}, nil
			})
	})
}

func TestJSONIsReadStrictly(t *testing.T) {
	t.Parallel()
	b := apiBench(t)
	post := func(t *testing.T, contentType, body string) *http.Response {
		return b.send(t, fmt.Sprintf("POST /api/t/v1/things HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", contentType, len(body), body))
	}
	if r := post(t, "application/json", `{"name":"a"}`); r.StatusCode != 201 {
		t.Fatalf("status %d", r.StatusCode)
	}
	for name, tt := range map[string]struct {
		contentType, body string
		status            int
		code              string
	}{
		"an unknown member":       {"application/json", `{"name":"a","colour":"red"}`, 422, "invalid_input"},
		"a member twice":          {"application/json", `{"name":"a","name":"b"}`, 400, "bad_json"},
		"two documents":           {"application/json", `{"name":"a"}{"name":"b"}`, 400, "bad_json"},
		"something after the end": {"application/json", `{"name":"a"} x`, 400, "bad_json"},
		"not JSON":                {"application/json", `name=a`, 400, "bad_json"},
		"nothing":                 {"application/json", ``, 400, "bad_request"},
		"U+0000 in a text":        {"application/json", `{"name":"a\u0000"}`, 400, "bad_json"},
		"U+0000 in a name":        {"application/json", `{"name":"a","\u0000":1}`, 400, "bad_json"},
		"too deep":                {"application/json", `{"tags":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, 400, "bad_json"},
		"a form":                  {"application/x-www-form-urlencoded", `name=a`, 415, "unsupported_type"},
		"a wrong type":            {"application/json", `{"name":17}`, 422, "invalid_input"},
		"a broken rule":           {"application/json", `{"name":"secretvalue"}`, 422, "invalid_input"},
		"a fault":                 {"application/json", `{"name":"gone"}`, 410, "thing_gone"},
		"an unexpected error":     {"application/json", `{"name":"boom"}`, 500, "internal"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := post(t, tt.contentType, tt.body)
			raw, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(raw))
			if strings.Contains(string(raw), "secret") {
				t.Errorf("the answer repeats a value or tells of the inside: %s", raw)
			}
			if p := problem(t, r); r.StatusCode != tt.status || p.Code != tt.code {
				t.Errorf("status %d, %+v", r.StatusCode, p)
			}
		})
	}
	t.Run("headers go with a problem", func(t *testing.T) {
		for name, want := range map[string]string{"slow": "Retry-After: 2", "who": `WWW-Authenticate: Bearer realm="lighttrends"`, "boom": "", "a2345678": ""} {
			r := post(t, "application/json", `{"name":"`+name+`"}`)
			header, value, _ := strings.Cut(want, ": ")
			if r.Header.Get(header) != value || r.Header.Get("Cache-Control") != "private, no-store" {
				t.Errorf("%s: status %d, %v", name, r.StatusCode, r.Header)
			}
		}
	})
	t.Run("the broken rule is pointed at", func(t *testing.T) {
		p := problem(t, post(t, "application/json", `{"name":"toolong","tags":[1]}`))
		if len(p.Errors) != 2 || p.Errors[0].Path != "/name" || p.Errors[1].Path != "/tags/0" {
			t.Errorf("%+v", p.Errors)
		}
	})
}

func TestParametersAreReadStrictly(t *testing.T) {
	t.Parallel()
	b := apiBench(t)
	get := func(path string) *http.Response { return b.send(t, "GET "+path+" HTTP/1.1\r\nHost: a\r\n\r\n") }
	if r := get("/api/t/v1/things/x?limit=5"); r.StatusCode != 200 {
		t.Fatalf("status %d", r.StatusCode)
	}
	for _, path := range []string{"?colour=red", "?limit=0", "?limit=x", "?limit=101"} {
		r := get("/api/t/v1/things/x" + path)
		if r.StatusCode == 200 {
			t.Errorf("%s was taken", path)
			continue
		}
		p := problem(t, r)
		if p.Status != 422 || len(p.Errors) != 1 || strings.HasPrefix(p.Errors[0].Path, "/") {
			t.Errorf("%s: %+v", path, p)
		}
	}
	r := b.send(t, "HEAD /api/t/v1/things/x HTTP/1.1\r\nHost: a\r\n\r\n")
	if r.StatusCode != 200 || r.ContentLength < 1 {
		t.Errorf("HEAD: status %d, length %d", r.StatusCode, r.ContentLength)
	}
}

func TestTheLogHoldsNoPersonalData(t *testing.T) {
	t.Parallel()
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		s.App.Get("/fail/:who", func(*fiber.Ctx) error { return errors.New("boom") })
	})
	b.send(t, "GET /fail/ada@example.com?token=hush HTTP/1.1\r\nHost: a\r\nCookie: c=hush\r\n\r\n")
	got := b.log.String()
	if !strings.Contains(got, "boom") || !strings.Contains(got, "/fail/:who") {
		t.Errorf("the failure is not in the log: %q", got)
	}
	for _, secret := range []string{"ada@", "hush", "127.0.0.1"} {
		if strings.Contains(got, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestAKeptConnectionOutlivesFiveSecondsOfSilence(t *testing.T) {
	t.Parallel()
	b := apiBench(t)
	conn, err := net.Dial("tcp", b.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	body := `{"name":"a"}`
	for i := range 2 {
		if i == 1 {
			time.Sleep(5500 * time.Millisecond) // huma's own body deadline is five seconds
		}
		_, _ = fmt.Fprintf(conn, "POST /api/t/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		resp, err := http.ReadResponse(r, nil)
		if err != nil || resp.StatusCode != 201 {
			t.Fatalf("request %d: %v %v", i, resp, err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
	}
}

// TestEveryLimitIsSet: without one, a client that sends slowly or without end
// holds a connection for ever.
func TestEveryLimitIsSet(t *testing.T) {
	t.Parallel()
	c := kit.New(kit.Options{Log: slog.New(slog.DiscardHandler)}).App.Config()
	if c.ReadTimeout <= 0 || c.WriteTimeout <= 0 || c.IdleTimeout <= 0 || c.BodyLimit <= 0 || c.ReadBufferSize <= 0 {
		t.Errorf("%+v", c)
	}
	if !c.Immutable || c.ProxyHeader != "" || c.EnableTrustedProxyCheck {
		t.Error("strings are reused, or Fiber reads proxy headers itself")
	}
}
