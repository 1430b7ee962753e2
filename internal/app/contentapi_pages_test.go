package app

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// TestPagesOfOtherOriginsCall: what browsers are given leave to, by origin and
// key.
func TestPagesOfOtherOriginsCall(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		const front, stranger = "https://front.example", "https://elsewhere.example"
		reader := s.subscriber(t, "reader@example.com", "reader")
		bearer := "Bearer " + reader.token
		listed, listedKey, err := s.identity.CreateKey(s.staff, identity.CreateKey{
			Name: "listed", Scopes: []identity.Scope{identity.ScopeContentRead}, FrontEnd: identity.FrontEnd{Origins: []string{front}},
		})
		if err != nil {
			t.Fatal(err)
		}
		const note = "/api/content/v1/notes/beta"
		for _, x := range []struct {
			name, origin, key, token string
			status                   int
			allow, credentials       string
			full                     bool
		}{
			{"no page at all", "", s.key, bearer, 200, "", "", true},
			{"a page of our own", s.cfg.BaseURL, s.key, bearer, 200, "", "", true},
			{"any page, with an open key", stranger, s.key, "", 200, "*", "", false},
			{"any page, with an open key and a token", stranger, s.key, bearer, 403, "*", "", false},
			{"a listed page, with its key", front, listed, "", 200, front, "true", false},
			{"a listed page, with its key and a token", front, listed, bearer, 200, front, "true", true},
			{"a listed page, with the open key and a token", front, s.key, bearer, 403, front, "true", false},
			{"another page, with a listed key", stranger, listed, "", 403, "*", "", false},
			{"a page without an origin of its own", "null", listed, bearer, 403, "*", "", false},
			{"a listed page with a forged key", front, "lt_content_forged", "", 401, front, "true", false},
		} {
			header := []string{"X-Api-Key", x.key}
			for name, v := range map[string]string{"Origin": x.origin, "Authorization": x.token} {
				if v != "" {
					header = append(header, name, v)
				}
			}
			resp, body := s.v.get(note, header...)
			h := resp.Header
			if resp.StatusCode != x.status || h.Get("Access-Control-Allow-Origin") != x.allow || h.Get("Access-Control-Allow-Credentials") != x.credentials {
				t.Errorf("%s: %d %v", x.name, resp.StatusCode, h)
			}
			if strings.Contains(body, "hidden") != x.full || !strings.Contains(h.Get("Vary"), "Origin") {
				t.Errorf("%s: %v %s", x.name, h.Get("Vary"), body)
			}
			if exposed := h.Get("Access-Control-Expose-Headers"); strings.Contains(exposed, "ETag") != (x.allow != "") {
				t.Errorf("%s: exposes %q", x.name, exposed)
			}
		}
		t.Run("a cookie does not count for an open key", func(t *testing.T) {
			if _, body := reader.get(note, "X-Api-Key", s.key, "Origin", stranger); strings.Contains(body, "hidden") {
				t.Error(body)
			}
			if _, body := reader.get(note, "X-Api-Key", listed, "Origin", front); !strings.Contains(body, "hidden") {
				t.Error("the session of a listed page does not count")
			}
		})
		preflight := func(path, origin string) http.Header {
			resp, _ := s.v.send(http.MethodOptions, path, nil, "Origin", origin, "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "x-api-key, authorization")
			if resp.StatusCode != http.StatusNoContent {
				t.Errorf("preflight of %s: %d", path, resp.StatusCode)
			}
			return resp.Header
		}
		for _, x := range []struct{ path, origin, allow, credentials string }{
			{note, front, front, "true"},
			{note, stranger, "*", ""},
			{"/api/member/v1/me", front, front, "true"},
			{"/api/member/v1/me", stranger, "", ""},
		} {
			h := preflight(x.path, x.origin)
			if h.Get("Access-Control-Allow-Origin") != x.allow || h.Get("Access-Control-Allow-Credentials") != x.credentials || (h.Get("Access-Control-Max-Age") == "") != (x.allow == "") ||
				strings.Contains(h.Get("Access-Control-Allow-Headers"), "X-Api-Key") != (x.allow != "") {
				t.Errorf("%s from %s: %v", x.path, x.origin, h)
			}
		}
		t.Run("the Member API answers listed pages", func(t *testing.T) {
			for origin, allow := range map[string]string{front: front, stranger: ""} {
				resp, _ := s.v.get("/api/member/v1/me", "Origin", origin, "Authorization", bearer)
				if got := resp.Header.Get("Access-Control-Allow-Origin"); got != allow {
					t.Errorf("%s: %q", origin, got)
				}
			}
		})
		t.Run("a key that is revoked lists nobody", func(t *testing.T) {
			if err := s.identity.RevokeKey(s.staff, listedKey.ID); err != nil {
				t.Fatal(err)
			}
			if h := preflight("/api/member/v1/me", front); h.Get("Access-Control-Allow-Origin") != "" {
				t.Error(h)
			}
		})
	})
}

// TestRatesOfAKey: a front end is told how often it may ask, by one client and
// by all together.
func TestRatesOfAKey(t *testing.T) {
	t.Parallel()
	cfg := houseConfig(t, dbtest.Engine{Name: "sqlite"})
	cfg.RateLimits = true
	h := reopenHouse(t, cfg)
	secret := h.contentKey(t)
	resp, _ := h.stranger(t).get("/api/content/v1/settings", "X-Api-Key", secret)
	policy, left := resp.Header.Get("RateLimit-Policy"), resp.Header.Get("RateLimit")
	if policy != `"key";q=60000;w=60, "client";q=6000;w=60` || !strings.HasPrefix(left, `"key";r=59999;t=1, "client";r=5999;t=1`) {
		t.Errorf("%q, %q", policy, left)
	}
}

// TestProgramsReadTheSite: JSON and Markdown at the addresses of pages, by the
// same decision.
func TestProgramsReadTheSite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		reader := s.subscriber(t, "reader@example.com", "reader")
		const md, js, page = "text/markdown; charset=utf-8", "application/json", "text/html; charset=utf-8"
		for _, x := range []struct {
			who          *visitor
			path, accept string
			kind         string
			has          []string
			full         bool
		}{
			{s.v, "/notes/beta", "text/html,application/xhtml+xml,*/*;q=0.8", page, []string{"<html"}, false},
			{s.v, "/notes/beta", "*/*", page, []string{"<html"}, false},
			{s.v, "/notes/beta", "text/markdown", md, []string{"---\ntitle: \"beta\"\n", "access: \"preview\"", "# beta\n\nSecond.\n\nAbove *all*.\n\n*The rest"}, false},
			{s.v, "/notes/beta", "text/markdown, text/html;q=0.8", md, nil, false},
			{s.v, "/notes/beta", "text/html, text/markdown;q=0.8", page, nil, false},
			{s.v, "/notes/beta.md", "text/html,*/*", md, []string{"# beta"}, false},
			{s.v, "/notes/beta/v/1.md", "*/*", md, []string{"version: 1"}, false},
			{s.v, "/notes/beta", "application/json", js, []string{`"slug":"beta"`, `"teaser":{"html"`}, false},
			{reader, "/notes/beta", "text/markdown", md, []string{"access: \"full\""}, true},
			{reader, "/notes/beta", "application/json", js, []string{`"decision":"full"`}, true},
			{s.v, "/", "application/json", js, []string{`"slug":"alpha"`, `"access":{"decision"`}, false},
			{s.v, "/", "text/markdown", md, []string{"](" + s.cfg.BaseURL + "/notes/alpha.md)", ": First.\n"}, false},
			{s.v, "/archive?kind=data", "application/json", js, []string{`"slug":"alpha"`}, false},
			{s.v, "/topics/film", "text/markdown", md, []string{"# Film\n", "[beta]"}, false},
			{s.v, "/authors/ada-lind", "application/json", js, []string{`"slug":"gamma-ray"`}, false},
			{s.v, "/series/letter", "text/markdown", md, []string{"# Letter\n"}, false},
			{s.v, "/issues/letter/2026-07", "application/json", js, []string{`"label":"July 2026"`, `"slug":"beta"`}, false},
			{s.v, "/issues/letter/2026-07", "text/markdown", md, []string{"# Letter, July 2026\n\nSeven\n"}, false},
		} {
			resp, body := x.who.get(x.path, "Accept", x.accept)
			if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != x.kind || strings.Contains(body, "hidden hidden") != x.full {
				t.Errorf("%s as %s: %d %s %.500s", x.path, x.accept, resp.StatusCode, resp.Header.Get("Content-Type"), body)
			}
			for _, has := range x.has {
				if !strings.Contains(body, has) {
					t.Errorf("%s as %s lacks %q: %.600s", x.path, x.accept, has, body)
				}
			}
			vary := resp.Header.Get("Vary")
			if private := strings.HasPrefix(resp.Header.Get("Cache-Control"), "private"); private != (x.who != s.v) || !slices.Contains(strings.Split(vary, ", "), "Accept") || !strings.Contains(vary, "Cookie") {
				t.Errorf("%s as %s: %v", x.path, x.accept, resp.Header)
			}
		}
		id := s.idOf(t, "beta")
		in := must(s.desk.Draft(s.staff, id)).Input()
		in.Slug = "beta-two"
		must(s.desk.Save(s.staff, id, 0, in))
		must(s.desk.Publish(s.staff, id, content.Publish{}))
		for path, to := range map[string]string{"/notes/beta.md": "/notes/beta-two.md", "/notes/beta": "/notes/beta-two"} {
			if resp, _ := s.v.get(path, "Accept", "text/markdown"); resp.StatusCode != 301 || resp.Header.Get("Location") != to || resp.Header.Get("Cache-Control") != "public, max-age=300" {
				t.Errorf("%s: %d %v", path, resp.StatusCode, resp.Header)
			}
		}
		for path, want := range map[string]string{"/notes/gone.md": "note_not_found", "/topics/gold": "topic_not_found", "/notes/alpha/v/9.md": "version_not_found", "/notes/alpha/v/x.md": "version_not_found", "/?after=x": "bad_cursor"} {
			if resp, body := s.v.get(path, "Accept", "application/json"); resp.StatusCode < 400 || resp.StatusCode >= 500 || !strings.Contains(body, want) {
				t.Errorf("%s: %d %s", path, resp.StatusCode, body)
			}
		}
	})
}
