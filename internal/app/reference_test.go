package app

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/kit"
	"lighttrends/internal/surface/reference"
)

// readers gives a way to ask for the pages, on a server with no rooms behind.
func readers(t *testing.T) func(path string, header ...string) (*http.Response, string) {
	t.Helper()
	s := kit.New(kit.Options{Log: slog.New(slog.DiscardHandler), BaseURL: "https://notes.example.com", HTTPS: true})
	apis := documentedOn(s)
	explain(s, "https://notes.example.com", apis[contentDocument], apis[memberDocument], apis[adminDocument])
	return func(path string, header ...string) (*http.Response, string) {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, path, nil)
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		resp := must(s.App.Test(r, -1))
		defer func() { _ = resp.Body.Close() }()
		return resp, string(must(io.ReadAll(resp.Body)))
	}
}

var (
	idsOnPage   = regexp.MustCompile(`\sid="([^"]+)"`)
	linksOnPage = regexp.MustCompile(`\s(?:href|src)="([^"]+)"`)
)

// TestThePagesForIntegratorsAreWhole reads every page as a browser without
// scripts does: nothing comes from elsewhere, no link leads to nothing, and
// caches may keep it.
func TestThePagesForIntegratorsAreWhole(t *testing.T) {
	t.Parallel()
	ask := readers(t)
	ids, links := map[string]map[string]bool{}, map[string][]string{}
	for _, path := range reference.Paths() {
		resp, page := ask(path)
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "public, max-age=300" || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Fatalf("%s: %d %v", path, resp.StatusCode, resp.Header)
		}
		if again, body := ask(path, "If-None-Match", resp.Header.Get("ETag")); again.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("%s is sent again: %d", path, again.StatusCode)
		}
		if strings.Contains(page, "<script") || strings.Contains(page, "style=") || strings.Contains(page, "noindex") || strings.Count(page, "<h1") != 1 {
			t.Errorf("%s holds what it must not", path)
		}
		ids[path] = map[string]bool{}
		for _, m := range idsOnPage.FindAllStringSubmatch(page, -1) {
			if ids[path][m[1]] {
				t.Errorf("%s: the id %s is there twice", path, m[1])
			}
			ids[path][m[1]] = true
		}
		for _, m := range linksOnPage.FindAllStringSubmatch(page, -1) {
			links[path] = append(links[path], strings.TrimPrefix(m[1], "https://notes.example.com"))
		}
	}
	for path, all := range links {
		for _, link := range all {
			page, anchor, _ := strings.Cut(link, "#")
			if page == "" {
				page = path
			}
			switch {
			case strings.HasPrefix(page, "/docs/"):
				if ids[page] == nil || anchor != "" && !ids[page][anchor] {
					t.Errorf("%s leads to %s, where nothing is", path, link)
				}
			case !strings.HasPrefix(page, "/") || strings.HasPrefix(page, "//"):
				if !strings.HasPrefix(page, "https://www.standardwebhooks.com") {
					t.Errorf("%s leads elsewhere: %s", path, link)
				}
			case strings.HasPrefix(page, "/api/"):
				if resp, _ := ask(page); resp.StatusCode != http.StatusOK {
					t.Errorf("%s leads to %s: %d", path, link, resp.StatusCode)
				}
			}
		}
	}
	for path, want := range map[string]int{"/docs": 301, "/docs/content": 301, "/docs/nothing/": 404, "/docs/guides/": 404, "/docs/guides/nothing": 404} {
		if resp, _ := ask(path); resp.StatusCode != want {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// TestTheReferenceHoldsEveryOperationAndCode: with a sample for the command
// line and one in TypeScript each.
func TestTheReferenceHoldsEveryOperationAndCode(t *testing.T) {
	t.Parallel()
	ask := readers(t)
	for name, api := range documented() {
		_, page := ask("/docs/" + name + "/")
		doc := must(api.Document())
		operations := reference.Operations(doc)
		for _, o := range operations {
			_, after, found := strings.Cut(page, fmt.Sprintf(`<h3 id="%s">`, o.OperationID))
			article, _, _ := strings.Cut(after, "</article>")
			if !found || !strings.Contains(article, "<code>curl") || !strings.Contains(article, "<code>const answer = await") {
				t.Errorf("%s: %s is not shown whole", name, o.OperationID)
			}
		}
		for schema := range doc.Components.Schemas.Map() {
			if !strings.Contains(page, `<h3 id="schema-`+schema+`">`) {
				t.Errorf("%s: the schema %s is not shown", name, schema)
			}
		}
	}
	_, page := ask("/docs/errors/")
	codes := 0
	for _, g := range reference.Catalogue() {
		for _, c := range g.Codes {
			if codes++; !strings.Contains(page, `<div id="`+c.Code+`">`) {
				t.Errorf("the code %s is not shown", c.Code)
			}
		}
	}
	if codes < 200 {
		t.Errorf("only %d codes", codes)
	}
	if resp, body := ask("/api/content/v1/nothing"); !strings.Contains(body, `"type":"https://notes.example.com/docs/errors/#not_found"`) {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}

// TestCrawlersFindThePagesForIntegrators: the map names them, and nothing
// keeps anybody away.
func TestCrawlersFindThePagesForIntegrators(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: db.SQLite})
	who := h.stranger(t)
	_, places := who.get("/sitemap/places.xml")
	_, robots := who.get("/robots.txt")
	for _, path := range reference.Paths() {
		if !strings.Contains(places, "<loc>"+h.cfg.BaseURL+path+"</loc>") {
			t.Errorf("the map does not name %s", path)
		}
		if resp, _ := who.get(path); resp.StatusCode != http.StatusOK || resp.Header.Get("X-Robots-Tag") != "" {
			t.Errorf("%s: %d %v", path, resp.StatusCode, resp.Header)
		}
	}
	if strings.Contains(robots, "Disallow: /docs") || !strings.Contains(robots, "Disallow: /api/") {
		t.Error(robots)
	}
}
