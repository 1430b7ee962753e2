package app

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// TestRedirectsAnswerWhereNothingIs, and nowhere else.
func TestRedirectsAnswerWhereNothingIs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		note := func(slug string, publish bool) {
			t.Helper()
			d := must(h.desk.Create(h.staff, content.Input{Title: "Film", Slug: slug, Abstract: "Abstract.", Body: "Text."}))
			if publish {
				must(h.desk.Publish(h.staff, d.Note.ID, content.Publish{}))
			}
		}
		note("film", true)
		note("draft", false)
		lead := func(from, to string, permanent bool) string {
			t.Helper()
			return told(olga.call("POST", "/redirects", fmt.Sprintf(`{"from":%q,"to":%q,"permanent":%v}`, from, to, permanent)))
		}
		for path, want := range map[string]string{
			"/notes/film": "page_exists", "/": "bad_path", "/archive": "page_exists", "/account": "page_exists", "/sign-out": "page_exists", "/feed.xml": "page_exists",
			"/desk/x": "page_exists", "/api/x": "page_exists", "/media/x": "page_exists", "/static/x": "page_exists",
		} {
			if got := lead(path, "/x", true); got != "422 invalid_input /from:"+want {
				t.Errorf("%s: %s", path, got)
			}
		}
		for _, r := range []struct {
			from, to  string
			permanent bool
		}{{"/old/film.html", h.cfg.BaseURL + "/notes/film", true}, {"/notes/draft", "/archive", false}, {"/shop", "https://shop.example/ä?x=y", false}} {
			if got := lead(r.from, r.to, r.permanent); !strings.HasPrefix(got, "201") {
				t.Fatal(r.from, got)
			}
		}

		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		ask := func(method, path string, accept ...string) (status int, to, cache string) {
			t.Helper()
			req := must(http.NewRequestWithContext(t.Context(), method, h.cfg.BaseURL+path, http.NoBody))
			for _, a := range accept {
				req.Header.Set("Accept", a)
			}
			resp := must(client.Do(req))
			_ = resp.Body.Close()
			return resp.StatusCode, resp.Header.Get("Location"), resp.Header.Get("Cache-Control")
		}
		for _, accept := range []string{"text/html", "*/*"} {
			if status, to, cache := ask("GET", "/old/film.html?utm=1", accept); status != 301 || to != "/notes/film" || cache != "public, max-age=300" {
				t.Error(status, to, cache)
			}
			if status, to, cache := ask("HEAD", "/notes/draft", accept); status != 302 || to != "/archive" || cache != "private, no-store" {
				t.Error(status, to, cache)
			}
			if _, to, _ := ask("GET", "/shop/", accept); to != "https://shop.example/%C3%A4?x=y" {
				t.Error(to)
			}
			for _, path := range []string{"/nowhere", "/notes/nothing", "//evil.example", "/%5cevil.example", "/api/admin/v1/old/film.html"} {
				if status, to, _ := ask("GET", path, accept); status != 404 && status != 400 || to != "" {
					t.Error(path, status, to)
				}
			}
		}
		if status, to, _ := ask("POST", "/old/film.html"); status < 400 || to != "" {
			t.Error(status, to)
		}
		// A page wins over a redirect that was there before it.
		note("later", false)
		if got := lead("/notes/later", "/archive", true); !strings.HasPrefix(got, "201") {
			t.Fatal(got)
		}
		d := must(h.desk.Create(h.staff, content.Input{Title: "Later", Slug: "soon", Abstract: "Abstract.", Body: "Text."}))
		if got := lead("/notes/soon", "/archive", true); !strings.HasPrefix(got, "201") {
			t.Fatal(got)
		}
		must(h.desk.Publish(h.staff, d.Note.ID, content.Publish{}))
		if status, _, _ := ask("GET", "/notes/soon"); status != 200 {
			t.Error("the redirect hides a page:", status)
		}

		ed := h.hire(t, "ed@example.com", identity.Editor)
		if got := told(ed.call("GET", "/redirects", "")); got != "403 capability_missing" {
			t.Error(got)
		}
		_, list := olga.call("GET", "/redirects?search=SHOP", "")
		rows, _ := list["redirects"].([]any)
		if len(rows) != 1 {
			t.Fatal(list)
		}
		row, _ := rows[0].(map[string]any)
		path := fmt.Sprint("/redirects/", row["id"])
		if status, got := olga.call("PATCH", path, `{"permanent":true}`); status != 200 || got["permanent"] != true || got["from"] != "/shop" {
			t.Error(status, got)
		}
		if status, _ := olga.call("DELETE", path, ""); status != 204 {
			t.Error(status)
		}
		if status, _, _ := ask("GET", "/shop"); status != 404 {
			t.Error(status)
		}
	})
}
