package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// TestReadersFollowAMerger: what was said of a topic and of an author is said of
// another from one moment on, to everybody who reads, follows, builds or caches.
func TestReadersFollowAMerger(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		must(s.desk.PutTopic(s.staff, content.Label{Name: "Films"}))
		must(s.desk.PutAuthor(s.staff, content.Label{Name: "A. Lind"}))
		s.publish(t, content.Input{Title: "Zeta", Abstract: "Sixth.", Body: "Open.", Gate: access.Public, Topics: []string{"films"}, Authors: []string{"a-lind"}})
		name, address := "cache", "https://hooks.example/"
		if _, _, err := s.webhooks.Create(s.staff, webhook.Input{Name: &name, URL: &address, Events: []string{webhook.Purge}}); err != nil {
			t.Fatal(err)
		}
		m := s.member(t, "ann@reader.example")
		for _, slug := range []string{"films", "film"} {
			m.post("/follow", url.Values{"kind": {"topic"}, "slug": {slug}})
		}
		m.post("/follow", url.Values{"kind": {"author"}, "slug": {"a-lind"}})
		b := &builder{s: s, has: map[string]string{}}
		b.follow(t, 100)
		_, page := s.ask("/topics/films")
		var was struct{ ID string }
		if err := json.Unmarshal([]byte(page), &was); err != nil {
			t.Fatal(err)
		}
		resp, _ := s.ask("/notes/zeta")
		tag, carried := resp.Header.Get("ETag"), strings.Fields(resp.Header.Get("Surrogate-Key"))

		script := s.script(t)
		answer, got := script.call(http.MethodPost, "/topics/films/merger", `{"into":"film"}`)
		if answer.StatusCode != 200 || got["notes"] != 1.0 || dig(got, "topic", "slug") != "film" {
			t.Fatal(answer.StatusCode, got)
		}
		if answer, got = script.call(http.MethodPost, "/authors/a-lind/merger", `{"into":"ada-lind"}`); answer.StatusCode != 200 || dig(got, "author", "name") != "Ada Lind" {
			t.Fatal(answer.StatusCode, got)
		}

		for path, to := range map[string]string{
			"/topics/films": "/topics/film", "/topics/films?kind=data": "/topics/film?kind=data", "/topics/films/feed.xml": "/topics/film/feed.xml",
			"/authors/a-lind": "/authors/ada-lind", "/authors/a-lind/feed.json": "/authors/ada-lind/feed.json",
		} {
			if resp, _ := s.v.get(path); resp.StatusCode != 301 || resp.Header.Get("Location") != to {
				t.Errorf("%s: %d to %q", path, resp.StatusCode, resp.Header.Get("Location"))
			}
		}
		if resp, _ := s.v.get("/topics/films", "Accept", "text/markdown"); resp.StatusCode != 301 || resp.Header.Get("Location") != "/topics/film" {
			t.Error("as Markdown:", resp.StatusCode, resp.Header.Get("Location"))
		}
		for _, name := range []string{"films", was.ID} {
			if resp, _ := s.ask("/topics/" + name); resp.StatusCode != 301 || resp.Header.Get("Location") != "/api/content/v1/topics/film" {
				t.Errorf("%s: %d to %q", name, resp.StatusCode, resp.Header.Get("Location"))
			}
		}
		if resp, _ := s.ask("/authors/a-lind"); resp.StatusCode != 301 || resp.Header.Get("Location") != "/api/content/v1/authors/ada-lind" {
			t.Error(resp.StatusCode, resp.Header.Get("Location"))
		}
		for _, list := range []string{"/notes?topic=film&sort=title", "/notes?topic=films&sort=title", "/notes?filter=topic+%3D+films&sort=title"} {
			if slugs, _ := s.slugs(t, list); strings.Join(slugs, " ") != "alpha zeta beta" && strings.Join(slugs, " ") != "alpha beta zeta" {
				t.Errorf("%s: %v", list, slugs)
			}
		}
		if resp, text := s.ask("/notes/zeta", "If-None-Match", tag); resp.StatusCode != 200 || !strings.Contains(text, `"slug":"film"`) || !strings.Contains(text, `"slug":"ada-lind"`) {
			t.Error(resp.StatusCode, text)
		}
		for path, has := range map[string]string{"/topics/film": "Zeta", "/authors/ada-lind/feed.xml": "Zeta", "/notes/zeta": "/topics/film\"", "/archive?topic=films": "Zeta"} {
			if _, text := s.v.get(path); !strings.Contains(text, has) || strings.Contains(text, `/topics/films"`) {
				t.Errorf("%s has no %q, or leads to what is no more", path, has)
			}
		}
		if told := strings.Join(b.follow(t, 100), ", "); told != "removed topic films, updated topic film, updated note zeta, removed author a-lind, updated author ada-lind" {
			t.Error(told)
		}
		if _, text := s.ask("/changes"); !strings.Contains(text, `"slug":"film","former_slugs":["films"]`) || !strings.Contains(text, `"slug":"ada-lind","former_slugs":["a-lind"]`) {
			t.Error(text)
		}
		keys := purgedBy(t, s)
		for _, k := range []string{"topic-film", "topic-films", "topics", "author-a-lind", "author-ada-lind"} {
			if !slices.Contains(keys, k) {
				t.Errorf("%s is not among %v", k, keys)
			}
		}
		if !slices.ContainsFunc(carried, func(k string) bool { return slices.Contains(keys, k) }) {
			t.Error(keys, carried)
		}
		ann := actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: m.id})
		all := must(s.reading.Follows(ann, m.id))
		cat := must(s.library.Catalogue(t.Context()))
		want := map[library.Kind]string{library.Topic: cat.TopicBySlug("film").ID.String(), library.Author: cat.AuthorBySlug("ada-lind").ID.String()}
		if len(all) != 2 {
			t.Errorf("%+v", all)
		}
		for _, f := range all {
			if want[f.Kind] != f.SubjectID.String() {
				t.Errorf("%+v", f)
			}
		}

		if answer, got = script.call(http.MethodDelete, "/topics/film", ""); answer.StatusCode != 409 || got["code"] != "topic_in_use" {
			t.Error(answer.StatusCode, got)
		}
		must(s.desk.PutTopic(s.staff, content.Label{Name: "Gold"}))
		m.post("/follow", url.Values{"kind": {"topic"}, "slug": {"gold"}})
		b.follow(t, 100)
		if answer, got = script.call(http.MethodDelete, "/topics/gold", ""); answer.StatusCode != 204 {
			t.Error(answer.StatusCode, got)
		}
		if told := strings.Join(b.follow(t, 100), ", "); told != "removed topic gold" {
			t.Error(told)
		}
		if n := len(must(s.reading.Follows(ann, m.id))); n != 2 {
			t.Error(n, "are followed")
		}
		if resp, _ := s.v.get("/topics/gold"); resp.StatusCode != 404 {
			t.Error(resp.StatusCode)
		}
	})
}
