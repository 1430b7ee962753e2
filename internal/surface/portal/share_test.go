package portal_test

import (
	"regexp"
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/db/dbtest"
)

var sharedLink = regexp.MustCompile(`value="` + base + `(/shared/[A-Za-z0-9_-]{43})"`)

// shares makes a link to a note.
func (b *browser) shares(slug string) string {
	b.Helper()
	p := b.send("/notes/" + slug + "/share").is(200).private().checkHTML()
	m := sharedLink.FindStringSubmatch(p.body)
	if m == nil {
		b.Fatal(clip(p.body))
	}
	return m[1]
}

func TestANoteIsHandedOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
		b.send("/account/name", "name", "Ada Lind").is(303)
		t.Run("nothing is, unless the owner says so", func(t *testing.T) {
			b.get("/notes/twelve-weeks").lacks("Share with colleagues")
			b.get("/notes/twelve-weeks/share").goesTo("/notes/twelve-weeks")
			b.send("/notes/twelve-weeks/share").is(403)
		})
		s.sharing = library.ShareRules{Notes: 3, Openings: 2, Days: 7}
		b.get("/notes/twelve-weeks").has("Share with colleagues").checkHTML()
		b.get("/notes/twelve-weeks/share").is(200).has("You may share 3 notes a month; 3 are left", "2 colleagues", "7 days").checkHTML().private()
		for _, closed := range []string{"the-count", "how-we-count", "nobody-may"} { // not theirs, open to all, nobody's
			b.send("/notes/" + closed + "/share").is(403)
		}
		s.browser().send("/notes/twelve-weeks/share").is(303)
		link := b.shares("twelve-weeks")

		carl := s.browser()
		invited := carl.get(link).is(200).has("Ada Lind shares a note with you", "Twelve weeks", "Read the note", "See plans").lacks(secrets...).private().checkHTML()
		if invited.header.Get("X-Robots-Tag") == "" || invited.header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%v", invited.header)
		}
		carl.send(link).goesTo(link)
		for range 3 { // again and again in the same browser
			carl.get(link).is(200).has(secrets...).has("Ada Lind shared this note with you", "See plans").lacks("copy.pdf", ".csv").private().checkHTML()
		}
		t.Run("it opens this note and nothing else", func(t *testing.T) {
			for _, path := range []string{"/notes/twelve-weeks", "/notes/twelve-weeks/figures/1.csv", "/notes/twelve-weeks/copy.pdf", "/notes/no-wall-at-all", "/feed.xml", "/search?q=Quixotry"} {
				p := carl.get(path)
				p.lacks(without(secrets, "Quixotry")...)
			}
		})
		t.Run("it opens in as many browsers as the owner says", func(t *testing.T) {
			dora, erik := s.browser(), s.browser()
			dora.send(link).goesTo(link)
			dora.get(link).has(secrets...)
			erik.send(link).goesTo(link)
			erik.get(link).is(410).has("opened as often as it may").lacks(secrets...).checkHTML()
			carl.get(link).is(200).has(secrets...)
		})
		b.get("/account").is(200).has("Notes you shared", "Opened 2 of 2 times", "2 are left").checkHTML()
		t.Run("who may read anyway is led to the note", func(t *testing.T) {
			s.subscriber("other@example.org", access.Grant{Plan: "reader"}).get(link).goesTo("/notes/twelve-weeks")
		})
		t.Run("it closes while its maker may not read, and with them when they leave", func(t *testing.T) {
			b.holds(access.Grant{Kind: access.Subscription, Plan: "reader", Standing: access.Canceled})
			carl.get(link).is(403).has("cannot read it any more").lacks(secrets...).checkHTML()
			carl.send(link).goesTo(link)
			b.holds(access.Grant{Kind: access.Subscription, Plan: "reader"})
			carl.get(link).is(200).has(secrets...)
		})
		t.Run("its maker can end it", func(t *testing.T) {
			id := regexp.MustCompile(`name="share" value="([^"]+)"`).FindStringSubmatch(b.get("/account").body)[1]
			s.signedIn("thief@example.org").send("/account/shares/revoke", "share", id).is(404)
			b.send("/account/shares/revoke", "share", id).goesTo("/account?notice=share_revoked#library")
			carl.get(link).is(410).has("This link has ended").lacks(secrets...).lacks("Twelve weeks").checkHTML()
			carl.send(link).goesTo(link)
		})
		t.Run("it ends with its days", func(t *testing.T) {
			link := b.shares("twelve-weeks")
			carl.send(link).goesTo(link)
			carl.get(link).is(200).has(secrets...)
			s.now.Advance(7 * 24 * time.Hour)
			carl.get(link).is(410).lacks(secrets...)
		})
		t.Run("a month has so many, and no more", func(t *testing.T) {
			s.now.Set(time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC))
			b := s.subscriber("much@example.org", access.Grant{Plan: "reader"})
			for range 3 {
				b.shares("twelve-weeks")
			}
			b.send("/notes/twelve-weeks/share").is(409)
			b.get("/notes/twelve-weeks/share").is(200).has("as many notes this month as you may").checkHTML()
		})
		t.Run("a note that was withdrawn is not there", func(t *testing.T) {
			b := s.subscriber("late@example.org", access.Grant{Plan: "reader"})
			link := b.shares("no-wall-at-all")
			id := ok(s.library.Note(t.Context(), "no-wall-at-all")).ID
			ok(s.desk.Retract(s.staff, id, 0, "Wrong."))
			s.browser().get(link).is(404).lacks(secrets...)
		})
		s.browser().get("/shared/nonsense").is(404)
	})
}

func without(list []string, word string) (out []string) {
	for _, x := range list {
		if x != word {
			out = append(out, x)
		}
	}
	return out
}
