package portal_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/db/dbtest"
)

// foreign are the pages in another language that are not walked: some of one
// are enough, because all are drawn by the same handlers.
func foreign(path string) bool {
	return strings.HasPrefix(path, "/en/") || strings.HasPrefix(path, "/de/") && !native.MatchString(path)
}

var native = regexp.MustCompile(`^/de/(notes/[^?/]*|issues|plans|archive|topics)?$`)

// crawl follows every link from the front page on and shows each page.
func (b *browser) crawl(look func(*page)) (visited map[string]*page) {
	b.Helper()
	visited = map[string]*page{}
	queue := []string{"/", "/search?q=weeks", "/feed.xml", "/sitemap.xml", "/sitemap/2026-07.xml", "/sitemap/news.xml", "/llms.txt", "/robots.txt", "/notes/the-count", "/nowhere"}
	for len(queue) > 0 && len(visited) < 500 {
		path := queue[0]
		queue = queue[1:]
		if visited[path] != nil || foreign(path) {
			continue
		}
		p := b.get(path)
		visited[path] = p
		look(p)
		if at := p.header.Get("Location"); strings.HasPrefix(at, "/") {
			queue = append(queue, at)
		}
		if strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
			queue = append(queue, p.links()...)
		}
	}
	return visited
}

// TestNothingGatedReachesAReaderWithoutAccess walks the whole portal as people
// who may not read on.
func TestNothingGatedReachesAReaderWithoutAccess(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		lapsed := s.subscriber("lapsed@example.org", access.Grant{Plan: "reader", Standing: access.Canceled})
		for name, b := range map[string]*browser{"stranger": s.browser(), "lapsed": lapsed} {
			visited := b.crawl(func(p *page) {
				if !strings.Contains(p.what, "who-sells-to-whom") || name == "stranger" {
					p.without(t, name == "lapsed", "who-sells-to-whom").lacks(secrets...)
				}
				if p.status != http.StatusOK && p.status != http.StatusSeeOther && p.what != "GET /nowhere" {
					t.Errorf("%s as %s: %d", p.what, name, p.status)
				}
				if p.status == http.StatusOK && strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
					p.checkHTML()
				}
			})
			for _, path := range []string{"/notes/twelve-weeks", "/notes/no-wall-at-all", "/notes/nobody-may", "/issues/cold-side-letter/2026-07", "/topics/film", "/plans", "/pages/terms", "/archive/2026-07"} {
				if visited[path] == nil {
					t.Errorf("nothing leads %s to %s", name, path)
				}
			}
		}
	})
}

// TestASubscriberFindsEveryWord makes sure that the words which must not reach
// others are really there.
func TestASubscriberFindsEveryWord(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.subscriber("jun@example.org", access.Grant{Plan: "house"})
		b.get("/notes/twelve-weeks").is(200).has(secrets...).private()
		b.get("/notes/the-count").is(200).has(secrets...).private()
		b.get("/notes/nobody-may").is(200).lacks(secrets...)
		b.crawl(func(p *page) {
			if p.status == http.StatusOK && strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
				p.checkHTML().private()
			}
		})
	})
}
