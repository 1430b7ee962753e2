package portal_test

import (
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
)

// scene is one address as four kinds of people see it.
type scene struct {
	path   string
	status [4]int // stranger, free member, subscriber, lapsed; 0 means as the stranger
	has    []string
	lacks  []string
}

func scenes() []scene {
	const moved = 303
	return []scene{
		{path: "/", status: [4]int{200}, has: []string{"<h1>Cold Side Research</h1>", "Nobody is waiting", "<em>twelve</em>", "In this issue", "A figure from this issue", "Openfigure", "Twelve weeks", "What the market for switched heat buys", "Not investment advice.", `"@type":"WebSite"`}, lacks: []string{"Not out yet"}},
		{path: "/archive", status: [4]int{200}, has: []string{`href="/archive/2026-07"`, "July 2026", "6 notes"}},
		{path: "/archive/2026-07", status: [4]int{200}, has: []string{"<h1>July 2026</h1>", "Twelve weeks", "31 July 2026"}},
		{path: "/archive/2025-01", status: [4]int{404}, has: []string{"January 2025"}},
		{path: "/archive/2026-13", status: [4]int{404}},
		{path: "/issues", status: [4]int{200}, has: []string{"Nobody is waiting", "No. 74", `class="cover"`, "Cover of Cold Side Letter, number 74, July 2026"}, lacks: []string{"Not out yet"}},
		{path: "/issues/cold-side-letter/2026-07", status: [4]int{200}, has: []string{"<h1 id=\"issue\">Nobody is waiting</h1>", "The count", "June 2026", "Openfigure"}},
		{path: "/issues/cold-side-letter/2026-06", status: [4]int{200}, has: []string{"It rained.", "No wall at all"}, lacks: []string{"A figure from this issue"}},
		{path: "/issues/cold-side-letter/2026-08", status: [4]int{404}, lacks: []string{"Not out yet"}},
		{path: "/issues/other/2026-07", status: [4]int{404}},
		{path: "/series/cold-side-letter", status: [4]int{200}, has: []string{"Monthly.", "Twelve weeks"}},
		{path: "/series/none", status: [4]int{404}},
		{path: "/topics", status: [4]int{200}, has: []string{"Coating and firing."}},
		{path: "/topics/film", status: [4]int{200}, has: []string{"<h1>Film</h1>", "Twelve weeks", `href="/topics/film?kind=data"`}},
		{path: "/topics/film?kind=data", status: [4]int{200}, has: []string{"The count"}, lacks: []string{"Twelve weeks"}},
		{path: "/topics/film?kind=perspective", status: [4]int{200}, has: []string{"There is nothing of this kind yet."}},
		{path: "/topics/film?kind=gossip", status: [4]int{400}},
		{path: "/topics/prices", status: [4]int{200}, has: []string{"Nothing has been published here yet."}},
		{path: "/topics/film?after=nonsense", status: [4]int{400}},
		{path: "/topics/none", status: [4]int{404}},
		{path: "/authors", status: [4]int{200}, has: []string{"Hanne Dreyer", "Lucía Belmonte", "Founded the firm."}},
		{path: "/authors/lucia-belmonte", status: [4]int{200}, has: []string{"Forecasts", "How we count"}},
		{path: "/authors/none", status: [4]int{404}},
		{path: "/notes/how-we-count", status: [4]int{200}, has: []string{"Everybody may read this, too.", `href="#twice"`, `"isAccessibleForFree":true`}, lacks: []string{"gate-head", "hasPart"}},
		{path: "/notes/none", status: [4]int{404}, has: []string{"There is no such note."}},
		{path: "/notes/%00%ff", status: [4]int{404}},
		{path: "/search", status: [4]int{200}, has: []string{"What are you looking for?", "noindex"}},
		{path: "/search?q=spoken", status: [4]int{200}, has: []string{"<mark>spoken</mark>", "Twelve weeks"}},
		{path: "/search?q=spoken&sort=recent", status: [4]int{200}, has: []string{`<input type="hidden" name="sort" value="recent">`, "Twelve weeks"}},
		{path: "/search?q=spokn", status: [4]int{200}, has: []string{"Nothing was found for “spokn”. These are the notes for <b>spoken</b>", "<mark>spoken</mark>"}},
		{path: "/search?q=topic%3Aflim+weeks", status: [4]int{200}, has: []string{`No topic is called “flim”. Did you mean <a href="/search?q=weeks+topic%3AFilm">Film</a>?`}, lacks: []string{"<article"}},
		{path: "/search?q=topic%3Afilm", status: [4]int{200}, has: []string{"Twelve weeks", `<span class="vh">Take away </span>Topic: film`}},
		{path: "/search?q=-weeks", status: [4]int{200}, has: []string{"Say what to look for"}, lacks: []string{"<article"}},
		{path: "/search?q=" + strings.Repeat("weeks+", 60), status: [4]int{200}, has: []string{"only the first 200 characters"}},
		{path: "/search?q=weeks&after=x", status: [4]int{400}},
		{path: "/search?q=Quixotry", status: [4]int{200}, has: []string{"Nothing was found for “Quixotry”"}},
		{path: "/search?q=%00%ff%22%27", status: [4]int{200}},
		{path: "/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", status: [4]int{200}, lacks: []string{"<script>alert"}},
		{path: "/search?q=weeks&page=-4", status: [4]int{200}, has: []string{"Twelve <mark>weeks</mark>"}},
		{path: "/plans", status: [4]int{200}, has: []string{"Reader", "$49", "$490", "House", "$1,450", "two months free", "All of Reader"}, lacks: []string{"Founder", "Quiet"}},
		{path: "/plans?note=the-count&interval=year", status: [4]int{200}, has: []string{"Opens this note", "For “The count”", `id="yearly" checked`}},
		{path: "/plans?note=../../etc", status: [4]int{200}, lacks: []string{"etc"}},
		{path: "/contact?from=/notes/the-count", status: [4]int{200}, has: []string{"Ask the analyst", "14 Ropewalk Yard", "mailto:desk@coldside.example", `name="from" value="/notes/the-count"`}},
		{path: "/contact?from=//evil.example", status: [4]int{200}, lacks: []string{"evil.example"}},
		{path: "/contact/thanks?from=https://evil.example", status: [4]int{200}, has: []string{"Your letter has arrived"}, lacks: []string{"evil.example"}},
		{path: "/pages/terms", status: [4]int{200}, has: []string{"<h1>Terms</h1>", "<em>read</em>"}},
		{path: "/pages/none", status: [4]int{404}},
		{path: "/sign-in", status: [4]int{200, moved, moved, moved}, has: []string{`autocomplete="username webauthn"`, "/static/keys.js"}},
		{path: "/sign-in?with=password&next=/notes/the-count", status: [4]int{200, moved, moved, moved}, has: []string{`autocomplete="current-password"`, `name="next" value="/notes/the-count"`}},
		{path: "/account/confirm", status: [4]int{moved, moved, moved, moved}},
		{path: "/mail/stop/abc", status: [4]int{410}, has: []string{"no longer good"}},
		{path: "/sign-in/code", status: [4]int{moved}},
		{path: "/sign-in/link/abc", status: [4]int{410}, has: []string{"no longer good"}},
		{path: "/account", status: [4]int{moved, 200, 200, 200}},
		{path: "/account/cancel", status: [4]int{moved}},
		{path: "/checkout?plan=reader&interval=month", status: [4]int{200, 200, 200, 200}},
		{path: "/checkout/return?session_id=cs_x", status: [4]int{moved, 200, 200, 200}},
		{path: "/setup/abc", status: [4]int{410}, has: []string{"no longer good", "noindex"}, lacks: []string{`type="password"`}},
		{path: "/nowhere", status: [4]int{404}, has: []string{"There is nothing here", "Cold Side Research"}},
	}
}

// TestPages shows every address to everybody.
func TestPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		people := []*browser{s.browser(), s.signedIn("free@example.org"), s.subscriber("sub@example.org", access.Grant{Plan: "reader"}),
			s.subscriber("lapsed@example.org", access.Grant{Plan: "reader", Standing: access.Canceled})}
		for _, x := range scenes() {
			for i, b := range people {
				want := x.status[i]
				if want == 0 {
					want = x.status[0]
				}
				p := b.get(x.path).is(want)
				if want == 303 {
					p.private()
					continue
				}
				p.checkHTML()
				if i == 0 {
					p.has(x.has...)
				}
				p.lacks(x.lacks...)
				p.seenBy(i, want)
			}
		}
	})
}

// seenBy checks what depends on who asks: the ways in, and what caches may do.
func (p *page) seenBy(who, status int) {
	p.t.Helper()
	if !strings.Contains(p.header.Get("Vary"), "Cookie") && status == 200 {
		p.t.Errorf("%s: Vary %q", p.what, p.header.Get("Vary"))
	}
	if who > 0 {
		p.private().has(`href="/account"`).lacks(">Subscribe</a>")
		return
	}
	p.has(">Log in</a>", ">Subscribe</a>")
	if status != 200 {
		p.private()
	}
}

// TestCaches checks what is the same for everybody.
func TestCaches(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b, member := s.browser(), s.signedIn("free@example.org")
		for _, path := range []string{"/", "/archive", "/issues", "/notes/twelve-weeks", "/notes/how-we-count", "/plans", "/search?q=weeks", "/feed.xml", "/sitemap.xml", "/robots.txt"} {
			first := b.get(path).is(200)
			tag := first.header.Get("ETag")
			if tag == "" || first.header.Get("Cache-Control") != "public, max-age=0, s-maxage=60, must-revalidate" && !machine(path) {
				t.Errorf("%s: %v", path, first.header)
			}
			if again := b.get(path, "If-None-Match", tag).is(304); again.body != "" {
				t.Errorf("%s: a body with 304", path)
			}
			packed := b.get(path, "Accept-Encoding", "gzip, br").is(200)
			if packed.body != first.body || packed.header.Get("ETag") == tag || !strings.Contains(packed.header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s: packed it is another page, or has the same tag", path)
			}
			b.get(path, "Accept-Encoding", "gzip", "If-None-Match", packed.header.Get("ETag")).is(304)
			if !strings.HasSuffix(path, ".xml") && !strings.HasSuffix(path, ".txt") {
				member.get(path, "If-None-Match", tag).is(200).private()
			}
		}
		for _, path := range []string{"/sign-in", "/setup/x", "/nowhere", "/contact/thanks"} {
			if got := b.get(path).header.Get("Cache-Control"); path != "/contact/thanks" && got != "private, no-store" {
				t.Errorf("%s: %s", path, got)
			}
		}
	})
}

// TestPublishingChangesWhatStrangersSee makes sure no page is kept too long.
func TestPublishingChangesWhatStrangersSee(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		tag := b.get("/notes/twelve-weeks").header.Get("ETag")
		b.get("/plans").has("All of Reader")
		plan := fixturePlans()[0]
		plan.Benefits = []string{"Some of it"}
		ok(s.office.PutPlan(s.staff, plan))
		b.get("/plans").has("Some of it").lacks("All of Reader")
		b.get("/pages/terms").is(200)
		if err := s.house.Introduce(s.staff, publication.Default()); err != nil {
			t.Fatal(err)
		}
		b.get("/pages/terms").is(404)
		s.introduce()
		draft := ok(s.desk.DraftBySlug(s.staff, "twelve-weeks"))
		in := fixtureNotes()[0]
		in.Title, in.Slug = "Eleven weeks", "eleven-weeks"
		ok(s.desk.Save(s.staff, draft.Note.ID, 0, in))
		b.get("/notes/twelve-weeks", "If-None-Match", tag).is(304)
		ok(s.desk.Publish(s.staff, draft.Note.ID, contentPublish()))
		p := b.get("/notes/twelve-weeks").is(301)
		if p.header.Get("Location") != "/notes/eleven-weeks" {
			t.Errorf("moved to %q", p.header.Get("Location"))
		}
		b.get("/notes/eleven-weeks").is(200).has("Eleven weeks")
		b.get("/").is(200).has("Eleven weeks").lacks("Twelve weeks")

		ok(s.desk.Retract(s.staff, draft.Note.ID, 0, "The count was wrong."))
		b.get("/notes/eleven-weeks").is(410).has("No longer here", "The count was wrong.").private().lacks(secrets...).checkHTML()
		b.get("/").lacks("Eleven weeks")
		b.get("/feed.xml").lacks("Eleven weeks")
		b.get("/sitemap/2026-07.xml").lacks("eleven-weeks")
		b.get("/llms.txt").lacks("eleven-weeks")
	})
}

// TestALongArchiveIsPaged walks a list by its links, forwards only.
func TestALongArchiveIsPaged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.many(45)
		for _, path := range []string{"/", "/archive"} {
			seen := map[string]int{}
			b, pages := s.browser(), 0
			for at := path; at != ""; pages++ {
				p := b.get(at).is(200).checkHTML()
				here := at // the links to other languages lead here again
				at = ""
				for _, link := range p.links() {
					if strings.HasPrefix(link, "/notes/note-") {
						seen[link]++
					}
					if link != here && strings.HasPrefix(link, path+"?after=") {
						at = link
					}
				}
			}
			if len(seen) != 45 || pages != 3 {
				t.Errorf("%s: %d notes on %d pages", path, len(seen), pages)
			}
			for link, n := range seen {
				if n != 1 {
					t.Errorf("%s: %s is there %d times", path, link, n)
				}
			}
		}
		s.browser().get("/?after=bad").is(400).checkHTML()
	})
}

// TestAnEmptyPublication is what the first visitor sees.
func TestAnEmptyPublication(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := s.browser()
		for path, has := range map[string]string{
			"/": "The first issue is being written", "/archive": "Nothing has been published yet.", "/issues": "No issue has appeared yet",
			"/topics": "No topics yet", "/authors": "Nobody is named here yet", "/plans": "There are no plans yet", "/search?q=x": "Nothing was found",
		} {
			b.get(path).is(200).has(has).checkHTML()
		}
		b.get("/feed.xml").is(200).has("<title>LightTrends</title>").lacks("<item>")
	})
}

// TestWhatIsKeptIsForStrangers goes from a kept page to a member's and back.
func TestWhatIsKeptIsForStrangers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		jun, b := s.subscriber("jun@example.org", access.Grant{Plan: "reader"}), s.browser()
		for range 3 {
			jun.get("/notes/twelve-weeks").is(200).has(secrets...).private()
			b.get("/notes/twelve-weeks").is(200).lacks(secrets...).has("Log in")
			jun.get("/").is(200).private().has(`href="/account"`)
			b.get("/").is(200).has("Log in")
			b.get("/?utm_source=x").is(200).has("Log in")
		}
		kept := b.get("/notes/twelve-weeks").is(200)
		if kept.header.Get("Vary") == "" || !strings.Contains(kept.header.Get("Vary"), "Cookie") || kept.header.Get("ETag") == "" {
			t.Errorf("%v", kept.header)
		}
		old := &browser{stage: s, jar: map[string]string{"lt_member": strings.Repeat("x", 43)}}
		old.get("/notes/twelve-weeks").is(200).lacks(secrets...)
		if old.token() != "" {
			t.Error("a cookie that opens nothing was left in the browser")
		}
	})
}
