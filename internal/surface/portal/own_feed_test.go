package portal_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/db/dbtest"
)

var ownAddress = regexp.MustCompile(`value="` + base + `(/my/[A-Za-z0-9_-]{43}/feed\.(?:xml|atom|json))"`)

// ownFeeds makes a member's address and gives it in every format.
func (b *browser) ownFeeds() (out []string) {
	b.Helper()
	p := b.send("/account/feed").is(200).private().checkHTML()
	for _, m := range ownAddress.FindAllStringSubmatch(p.body, -1) {
		out = append(out, m[1])
	}
	if len(out) != 3 {
		b.Fatalf("%d addresses", len(out))
	}
	return out
}

func TestAFeedOfOnesOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.browser().send("/account/feed").is(303)
		b := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
		feeds := b.ownFeeds()
		anyone := s.browser() // a feed reader brings no cookie
		read := func(path string) *page {
			t.Helper()
			p := anyone.get(path).is(200).private()
			if p.header.Get("X-Robots-Tag") == "" || p.header.Get("Referrer-Policy") != "same-origin" {
				t.Errorf("%s: %v", p.what, p.header)
			}
			return p
		}
		t.Run("it holds what the member may read, and of the rest the teaser", func(t *testing.T) {
			if n := validRSS(t, read(feeds[0]).body) + validAtom(t, read(feeds[1]).body, base+feeds[1]) + validJSON(t, read(feeds[2]).body, base+feeds[2]); n != 18 {
				t.Errorf("%d notes", n)
			}
			p := read(feeds[2])
			p.has("Quixotry", "gnomonheading", "Everybody may read this, too.", "Read it on the site", "Subscribers read on here").lacks(`href=\"/`, `src=\"/`)
			if strings.Count(p.body, "Quixotry and zephyrbench are short") != 2 { // Twelve weeks, Who sells to whom; not The count, nor Nobody may
				t.Errorf("%d notes in full", strings.Count(p.body, "Quixotry and zephyrbench are short"))
			}
		})
		t.Run("what ends, ends at the next request", func(t *testing.T) {
			b.holds(access.Grant{Kind: access.Subscription, Plan: "reader", Standing: access.Canceled})
			for _, f := range feeds {
				p := read(f)
				if strings.Count(p.body, "Quixotry and zephyrbench") != 1 { // Who sells to whom is for members
					t.Errorf("%s: %d notes in full", f, strings.Count(p.body, "Quixotry and zephyrbench"))
				}
				p.lacks("Quixotry in the first line")
			}
		})
		t.Run("another address makes the one before dead, and each dead one has the same answer", func(t *testing.T) {
			fresh := b.ownFeeds()
			read(fresh[0])
			wrong := strings.Repeat("A", 43)
			b.get("/account").is(200).has("Make another address")
			b.send("/account/feed/revoke").goesTo("/account?notice=feed_revoked#library")
			b.get("/account?notice=feed_revoked").has("The address of your feed is dead", "Make an address")
			answers := map[string]bool{}
			for _, dead := range []string{feeds[0], fresh[0], "/my/" + wrong + "/feed.xml", "/my/x/feed.xml"} {
				p := anyone.get(dead).is(404).private()
				answers[strings.ReplaceAll(p.body, p.header.Get("X-Request-Id"), "")] = true
			}
			if len(answers) != 1 {
				t.Errorf("%d different answers", len(answers))
			}
		})
		t.Run("who leaves has none", func(t *testing.T) {
			f := b.ownFeeds()[0]
			if err := s.ids.DeleteMember(s.staff, b.member); err != nil {
				t.Fatal(err)
			}
			anyone.get(f).is(404)
		})
		t.Run("programs that ask for dead feeds are in nobody else's way", func(t *testing.T) {
			f := s.signedIn("alive@example.org").ownFeeds()[0]
			for range 30 {
				anyone.get("/my/" + strings.Repeat("B", 43) + "/feed.xml")
			}
			anyone.get("/my/" + strings.Repeat("C", 43) + "/feed.xml").is(429).private()
			anyone.get(f).is(200)
			anyone.get("/order/x").is(404)
		})
		t.Run("it is not to be asked for all the time", func(t *testing.T) {
			f := s.signedIn("busy@example.org").ownFeeds()[0]
			status := 0
			for range 40 {
				if status = anyone.get(f).status; status == http.StatusTooManyRequests {
					return
				}
			}
			t.Errorf("%d at the end", status)
		})
	})
}
