package app

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/kit"
	"lighttrends/internal/surface/reference"
)

// nonsense is what is put in every place that takes something.
var nonsense = []string{
	"", " ", "'", `"`, "' OR 1=1 --", "%00", "\x00", "\xff\xfe", "../../etc/passwd", "-1", "99999999999999999999", "1e999", "NaN",
	"null", "true", "[]", "{}", "<script>", "\r\nX: y", "🧊🧊", strings.Repeat("a", 3000), "2026-13-45", "0", "*", "?", "#", "%", "%zz",
	uuid.Nil.String(), "ffffffff-ffff-ffff-ffff-ffffffffffff", "\u202e\u0000", "AND(", "NEAR/", "\"a\" OR", "film:*", "a & | !",
}

// bodies are documents that no route wants.
var bodies = []string{
	``, `{`, `null`, `[]`, `"x"`, `0`, `{"":0}`, `{"title":{}}`, `{"title":null,"body":7,"topics":"x","prices":{}}`, "\xff\xfe\x00", `{"email":[[]]}`,
	`{"title":"\u0000","abstract":"\ud800","body":"\u0000","slug":"\u0000"}`, `{"name":"\u0000","email":"\u0000@x","password":"\u0000"}`,
	`{"date":"0000-00-00","cover":"x","gate":"x","number":-9223372036854775809,"limit":1e400}`, strings.Repeat("[", 20000), strings.Repeat(`{"a":`, 5000),
	`{"prices":[{"interval":"year","amount":-9223372036854775808,"currency":"\u0000"}],"name":"x"}`, `{"published_at":"9999999-01-01T00:00:00Z","title":"x"}`,
	`{"title":"a\u0000b"}`, `{"title":"x","body":"\u0000"}`, `{"title":"x","abstract":"\u0000"}`, `{"title":"x","seo_title":"\u0000","why":"\u0000"}`,
	`{"name":"a\u0000b"}`, `{"name":"x","description":"\u0000"}`, `{"name":"x","prices":[{"interval":"year","amount":999999999999999,"currency":"usd"}]}`,
	`{"title":"x","number":2147483648}`, `{"title":"x","number":-1}`, `{"name":"x","position":9223372036854775807}`, `{"name":"x","time_zone":"../etc","contact":{}}`,
	`{"name":"x\u0000","time_zone":"Europe/London","contact":{"email":"\u0000"}}`, `{"email":"a@example.com","password":"\u0000"}`, `{"reason":"\u0000"}`,
	"email=a%40example.com%00&name=x%00&message=hello%00&password=%00&code=12%00456&plan=reader%00&interval=year", "name=%ff%fe&email=a%40example.com&message=%ff&plan=%ff",
	"email=%00&name=%ff&code=%00&plan=%00&password=%00&message=%00&note=%00&next=%00", "a=1&a=2&%zz", strings.Repeat("a=b&", 5000),
	"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\x00\"\r\n\r\n\x00\r\n--x--", `{"scopes":["admin.write","x",""],"name":"\ud800"}`,
}

var contentTypes = []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "", "application/json; charset=\x01", "image/png"}

// TestNoRequestBreaksTheServer walks the route table with nonsense in every
// place, as everybody: whatever comes, the answer is not the server's fault,
// says what is wrong in the one agreed form, and carries its headers.
func TestNoRequestBreaksTheServer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		v := h.publish(t, paid("Film capacity", "Open.\n\n<!-- paywall -->\n\nHidden.\n"))
		owner := h.colleague(t, "Olga", identity.Owner).visitor
		g := &garbage{t: t, house: h, real: []string{v.Note.Slug, v.Note.ID.String(), "reader", "1"}, statuses: map[int]int{}, promised: promised(t)}
		ada := h.member(t, "ada@example.com")
		admin, content := h.adminKey(t), h.contentKey(t)
		everybody := []asker{
			{"a stranger", h.stranger(t), nil}, {"a member", ada, nil}, {"the owner", owner, nil},
			{"a script", h.stranger(t), []string{"Authorization", "Bearer " + admin}},
			{"a front end", h.stranger(t), []string{"X-Api-Key", content, "Authorization", "Bearer " + ada.token}},
			{"somebody with a nonsense key", h.stranger(t), []string{"X-Api-Key", "lt_content_\x01é", "Authorization", "Bearer \x01", "Cookie", kit.MemberCookie + "=%00; " + kit.StaffCookie + "=;;"}},
		}
		var wg sync.WaitGroup
		for _, who := range everybody {
			wg.Go(func() { g.walk(who, h.node.server.App.GetRoutes(true)) })
		}
		wg.Wait()
		t.Logf("answers by status: %v", g.statuses)
		if g.statuses[http.StatusOK] == 0 || g.statuses[http.StatusUnprocessableEntity] == 0 || g.statuses[http.StatusNotFound] == 0 {
			t.Error("the nonsense did not get far enough to prove anything")
		}
	})
}

type asker struct {
	name string
	*visitor
	header []string
}

type garbage struct {
	*house
	t        *testing.T
	real     []string // of things that exist, so that a request gets past the look-up
	mu       sync.Mutex
	statuses map[int]int
	promised map[string]*huma.Operation
}

// promised lists the operations that the documents describe, by method and path.
func promised(t *testing.T) map[string]*huma.Operation {
	t.Helper()
	all := map[string]*huma.Operation{}
	for _, api := range documented() {
		for _, o := range reference.Operations(must(api.Document())) {
			all[o.Method+" "+braces.ReplaceAllString(o.Path, ":")] = o
		}
	}
	if len(all) < 100 {
		t.Fatalf("only %d operations are described", len(all))
	}
	return all
}

var (
	braces = regexp.MustCompile(`\{[^}]*\}`)
	colons = regexp.MustCompile(`:[^/]+`)
)

// beforehand are refusals that come before it is known which operation is meant.
var beforehand = map[string]bool{"not_found": true, "method_not_allowed": true, "headers_too_large": true}

// keeps holds a refusal to what the document says of the operation.
func (g *garbage) keeps(method, pattern string, p kit.Problem, what string) {
	o := g.promised[method+" "+colons.ReplaceAllString(pattern, ":")]
	if o != nil && !beforehand[p.Code] && o.Responses[strconv.Itoa(p.Status)] == nil && o.Responses["default"] == nil {
		g.t.Errorf("%s (%s), and the document of %s does not say so", what, p.Code, o.OperationID)
	}
}

func (g *garbage) walk(who asker, routes []fiber.Route) {
	dice := rand.New(rand.NewPCG(1, uint64(len(who.name))))
	pick := func(list []string) string { return list[dice.IntN(len(list))] }
	for _, r := range routes {
		if r.Method == http.MethodConnect || ends(r.Path) {
			continue
		}
		tries := 10
		if r.Method == http.MethodHead || r.Method == http.MethodTrace || r.Method == http.MethodOptions {
			tries = 2
		}
		for range tries {
			path := ""
			for part := range strings.SplitSeq(strings.TrimPrefix(r.Path, "/"), "/") {
				if strings.HasPrefix(part, ":") || strings.HasPrefix(part, "*") {
					part = url.PathEscape(pick(append(nonsense, g.real...)))
				}
				path += "/" + part
			}
			if dice.IntN(2) == 0 {
				names := []string{"q", "limit", "cursor", "page", "month", "topic", "kind", "next", "plan", "before", "search", "status", "key", "x[]", "id", "session_id"}
				path += "?" + pick(names) + "=" + url.QueryEscape(pick(nonsense)) + "&" + pick(names) + "=" + url.QueryEscape(pick(nonsense))
			}
			header := append([]string{"Accept", pick([]string{"text/html", "application/json", "*/*", "image/png", "\x01", ";q=,", "text/html;q=0"})}, who.header...)
			if dice.IntN(3) == 0 {
				header = append(header, pick([]string{"If-Match", "If-None-Match", "If-Modified-Since", "Range", "Idempotency-Key", "Stripe-Signature", "X-Forwarded-For", "Accept-Language"}), pick(nonsense))
			}
			var body string
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				body = pick(bodies)
				contentType := "application/json"
				if !strings.HasPrefix(r.Path, "/api/") {
					contentType = "application/x-www-form-urlencoded"
				}
				if dice.IntN(3) == 0 {
					contentType = pick(contentTypes)
				}
				header = append(header, "Content-Type", contentType, "Sec-Fetch-Site", "same-origin")
			}
			g.ask(who, r.Method, r.Path, path, body, header)
		}
	}
}

// ends tells whether asking would end the session that asks.
func ends(path string) bool {
	return strings.HasSuffix(path, "/sign-out") || strings.HasSuffix(path, "/session") || strings.Contains(path, "/sessions/end")
}

// flat lists headers in pairs.
func flat(h http.Header) (out []string) {
	for name, values := range h {
		out = append(out, name, values[0])
	}
	return out
}

func (g *garbage) ask(who asker, method, pattern, path, body string, header []string) {
	req, err := http.NewRequestWithContext(g.t.Context(), method, g.cfg.BaseURL+path, strings.NewReader(body))
	if err != nil {
		return // not even an HTTP client lets this out
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], strings.Map(printable, header[i+1]))
	}
	var resp *http.Response
	var text string
	if at, _, _ := strings.Cut(path, "?"); method == http.MethodGet && strings.HasSuffix(at, "/events") { // which does not end by itself
		resp, text = who.listen(path, flat(req.Header))
	} else {
		resp, text = who.do(req)
	}
	g.mu.Lock()
	g.statuses[resp.StatusCode]++
	g.mu.Unlock()
	what := fmt.Sprintf("%s: %s %.200q %v with %.100q answers %d", who.name, method, path, header, body, resp.StatusCode)
	if resp.StatusCode >= http.StatusInternalServerError {
		g.t.Errorf("%s: %.300s", what, text)
		return
	}
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Request-Id"} {
		if resp.Header.Get(name) == "" {
			g.t.Errorf("%s without %s", what, name)
		}
	}
	if resp.StatusCode < http.StatusBadRequest {
		return
	}
	ct := resp.Header.Get("Content-Type")
	if strings.HasPrefix(ct, "text/html") && !strings.HasPrefix(path, "/api/") {
		return // a page for people
	}
	if method == http.MethodHead {
		return
	}
	var p kit.Problem
	if err := json.Unmarshal([]byte(text), &p); err != nil || ct != "application/problem+json" || p.Status != resp.StatusCode || p.Code == "" || p.Detail == "" {
		g.t.Errorf("%s in another form: %s %.200s", what, ct, text)
	}
	g.keeps(method, pattern, p, what)
	for _, inside := range []string{"goroutine", ".go:", "SQLSTATE", "sqlite", "pgx", "gorm", "constraint", "/tmp/"} {
		if strings.Contains(text, inside) {
			g.t.Errorf("%s and shows the inside (%s): %.300s", what, inside, text)
		}
	}
}

// printable drops what an HTTP client refuses to send in a header.
func printable(r rune) rune {
	if r == '\t' || (r >= ' ' && r != 0x7f) {
		return r
	}
	return -1
}
