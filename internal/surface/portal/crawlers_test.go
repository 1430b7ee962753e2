package portal_test

import (
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/kit"
	"lighttrends/internal/surface/portal"
)

func renamed() publication.Profile {
	p := publication.Default()
	p.Name = "Renamed Research"
	return p
}

// crawlers are names by which programs introduce themselves; some firms open
// their walls to these.
func crawlers() []string {
	return []string{
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot-News", "Googlebot-Image/1.0", "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
		"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)",
		"Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
		"Mozilla/5.0 (Macintosh) Applebot/0.1", "facebookexternalhit/1.1", "Twitterbot/1.0", "LinkedInBot/1.0", "Slackbot-LinkExpanding 1.0", "WhatsApp/2.23",
		"TelegramBot (like TwitterBot)", "Discordbot/2.0", "GPTBot/1.2", "OAI-SearchBot/1.0", "ChatGPT-User/1.0", "ClaudeBot/1.0", "Claude-User/1.0", "PerplexityBot/1.0",
		"CCBot/2.0", "Amazonbot/0.1", "Bytespider", "meta-externalagent/1.1", "ia_archiver", "archive.org_bot", "AhrefsBot/7.0", "SemrushBot/7", "Feedly/1.0", "curl/8.5", "",
	}
}

// TestCrawlersGetWhatAStrangerGets compares byte by byte.
func TestCrawlersGetWhatAStrangerGets(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		for _, path := range []string{"/", "/notes/twelve-weeks", "/notes/who-sells-to-whom", "/notes/no-wall-at-all", "/notes/how-we-count", "/topics/film", "/search?q=weeks", "/feed.xml", "/llms.txt"} {
			want := b.get(path, "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0").is(200).lacks(secrets...)
			for _, name := range crawlers() {
				got := b.get(path, "User-Agent", name, "From", "googlebot(at)googlebot.com").is(200)
				if got.body != want.body || got.header.Get("ETag") != want.header.Get("ETag") {
					t.Errorf("%s is another page for %q", path, name)
				}
			}
		}
	})
}

// TestTheOwnerTurnsProgramsAway in robots.txt, and takes llms.txt away.
func TestTheOwnerTurnsProgramsAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		b.get("/robots.txt").is(200).lacks("GPTBot")
		golden(t, "llms.txt", b.get("/llms.txt").is(200).lacks(secrets...).body)
		_, _, err := s.house.Change(s.staff, "", func(x *publication.Settings) { x.RefuseAI = true })
		if err != nil {
			t.Fatal(err)
		}
		p := b.get("/robots.txt").is(200).has("User-agent: GPTBot\n", "User-agent: ClaudeBot\n", "\nDisallow: /\n", "\nDisallow: /search\n", "\nDisallow: /de/search\n", "\nDisallow: /en/account\n").lacks("/de/api")
		everybody, _, _ := strings.Cut(p.body, "\n\n")
		if strings.Contains(everybody, "Disallow: /\n") {
			t.Error("everybody is turned away")
		}
		b.get("/llms.txt").is(404)
	})
}

// TestMapsAreCut at the number of addresses that one may hold.
func TestMapsAreCut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.mapLimit = 2
		s.openPortal()
		s.publish()
		b := s.browser()
		b.get("/sitemap.xml").is(200).has("/sitemap/2026-07.xml<", "/sitemap/2026-07-2.xml<", "/sitemap/2026-07-3.xml<", "<lastmod>2026-07-31T12:00:00Z</lastmod>").lacks("2026-07-4")
		seen := map[string]bool{}
		for _, part := range []string{"2026-07", "2026-07-2", "2026-07-3"} {
			p := b.get("/sitemap/" + part + ".xml").is(200)
			for _, loc := range strings.Split(p.body, "<loc>")[1:] {
				loc, _, _ = strings.Cut(loc, "<")
				seen[loc] = true
			}
			if n := strings.Count(p.body, "<loc>"); n > 2 {
				t.Errorf("%s holds %d", part, n)
			}
		}
		if len(seen) != 6 {
			t.Errorf("the maps hold %d notes: %v", len(seen), seen)
		}
		for _, part := range []string{"2026-07-4", "2026-07-1", "2026-07-02", "2026-07x", "2026-07-2-2"} {
			b.get("/sitemap/" + part + ".xml").is(404)
		}
	})
}

// TestTheNewsAreTwoDaysOld at most.
func TestTheNewsAreTwoDaysOld(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		p := b.get("/sitemap/news.xml").is(200).has("<news:name>Cold Side Research</news:name>", "<news:language>en</news:language>", "<news:title>Twelve weeks</news:title>",
			"<news:publication_date>2026-07-31T12:00:00Z</news:publication_date>").lacks("the-count")
		wellFormed(t, p.body)
		s.now.Advance(49 * time.Hour)
		b.get("/sitemap/news.xml?x").is(200).lacks("<url>")
		s.put(content.Input{Title: "Late & new", Abstract: "A.", Body: "Short.", Gate: "public"}, s.now.Now())
		b.get("/sitemap/news.xml").is(200).has("<news:title>Late &amp; new</news:title>").lacks("Twelve")
	})
}

// TestMembersAreCountedWhereTheyWrite, each by themselves.
func TestMembersAreCountedWhereTheyWrite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.doors = portal.Doors{Own: kit.Rate{Free: 4, Window: time.Minute}}
		s.openPortal()
		s.publish()
		lena, jun := s.signedIn("lena@example.org"), s.signedIn("jun@example.org")
		lena.send("/notes/twelve-weeks/save").is(303)
		lena.send("/notes/twelve-weeks/unsave").is(303)
		lena.send("/notes/twelve-weeks/place", "heading", "1", "block", "2", "percent", "3").is(204)
		lena.send("/account/feed").is(200)
		for _, path := range []string{"/notes/twelve-weeks/save", "/notes/twelve-weeks/unsave", "/notes/twelve-weeks/place", "/account/feed"} {
			lena.send(path).is(429).private()
		}
		jun.send("/notes/twelve-weeks/save").is(303)
		lena.get("/saved").is(200)
	})
}

// TestADoorCloses on who asks too often, and says when to come back.
func TestADoorCloses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.doors = portal.Doors{Search: kit.Rate{Free: 3, Window: time.Minute}}
		s.openPortal()
		s.publish()
		b, member := s.browser(), s.signedIn("lena@example.org")
		for left := 2; left >= 0; left-- {
			p := b.get("/search?q=weeks").is(200)
			if want := `"search";r=` + string(rune('0'+left)) + `;t=20`; p.header.Get("RateLimit") != want || p.header.Get("RateLimit-Policy") != `"search";q=3;w=60` {
				t.Errorf("RateLimit %q, policy %q, want %q", p.header.Get("RateLimit"), p.header.Get("RateLimit-Policy"), want)
			}
		}
		p := b.get("/search?q=weeks").is(429).private().has("A little too fast", "That was a lot at once", "You can try again in a minute.").checkHTML()
		if p.header.Get("Retry-After") != "20" || p.header.Get("RateLimit") != `"search";r=0;t=20` {
			t.Errorf("%v", p.header)
		}
		b.get("/").is(200)
		b.get("/feed.xml").is(200)
		member.get("/search?q=weeks").is(200)
		s.now.Advance(21 * time.Second)
		b.get("/search?q=weeks").is(200)
		b.get("/search?q=weeks").is(429)
	})
}
