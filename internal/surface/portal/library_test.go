package portal_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/db/dbtest"
)

// remembers writes down what waits to be.
func (s *stage) remembers() {
	s.Helper()
	if err := s.reading.Flush(s.Context()); err != nil {
		s.Fatal(err)
	}
}

var openForm = regexp.MustCompile(`data-place="([^"]+)"`)

func TestSavedNotesAreListedAndSorted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.browser().get("/saved").goesTo("/sign-in?next=%2Fsaved")
		s.browser().send("/notes/twelve-weeks/save", "back", "/topics/film").goesTo("/sign-in?next=%2Ftopics%2Ffilm")
		b := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
		b.get("/saved").is(200).has("Nothing saved yet").private().checkHTML()
		b.get("/notes/twelve-weeks").is(200).has("Save for later")
		b.send("/notes/twelve-weeks/save").goesTo("/notes/twelve-weeks")
		b.get("/notes/twelve-weeks").is(200).has("Your saved notes", "/unsave").checkHTML()
		b.send("/notes/the-count/save", "back", "/topics/film").goesTo("/topics/film")
		b.send("/notes/the-count/save", "back", "https://elsewhere.example/").goesTo("/notes/the-count")
		for _, list := range []string{"/topics/film", "/archive/2026-07", "/issues/cold-side-letter/2026-07", "/authors/hanne-dreyer", "/"} {
			b.get(list).is(200).has(`action="/notes/the-count/unsave"`).checkHTML().private()
			s.browser().get(list).is(200).lacks("/unsave", "/save\"")
		}
		made := b.send("/saved/folders", "name", "Cold side").is(303).header.Get("Location")
		folder := strings.TrimPrefix(made, "/saved?folder=")
		b.send("/saved/folders", "name", "cold SIDE").is(409).has("You have a folder of this name already").checkHTML()
		b.send("/saved/folders", "name", "  ").is(422).has("Please give your name").checkHTML()
		note := regexp.MustCompile(`name="note" value="([^"]+)"`).FindStringSubmatch(b.get("/saved").body)[1] // the newest
		b.send("/saved/move", "note", note, "folder", folder, "back", made).goesTo(made)
		b.get(made).is(200).has("The count").lacks("Twelve weeks").checkHTML()
		b.send("/saved/folders/rename", "folder", folder, "name", "Warm side").goesTo(made)
		b.get(made).is(200).has("Warm side")
		b.send("/saved/folders/rename", "folder", folder, "name", strings.Repeat("x", 61)).is(422).checkHTML()

		t.Run("a folder of somebody else does not exist", func(t *testing.T) {
			other := s.signedIn("other@example.org")
			other.get(made).is(404)
			other.send("/saved/folders/delete", "folder", folder).is(404)
			other.send("/saved/move", "note", note, "folder", folder).is(404)
			other.get("/saved").is(200).has("Nothing saved yet")
		})
		t.Run("when access ends, title and abstract stay, and nothing else", func(t *testing.T) {
			b.holds(access.Grant{Kind: access.Subscription, Plan: "reader", Standing: access.Canceled})
			b.get("/saved").is(200).has("Twelve weeks", "The wait is over").lacks(secrets...).private()
		})
		t.Run("what was withdrawn can be removed", func(t *testing.T) {
			in := fixtureNotes()[0]
			in.Title = "Not for long"
			v := s.put(in, s.now.Now())
			b.send("/notes/" + v.Note.Slug + "/save").is(303)
			ok(s.desk.Retract(s.staff, v.Note.ID, 0, "Wrong."))
			b.get("/saved").is(200).has("A note that was withdrawn").checkHTML()
			b.send("/saved/remove", "note", v.Note.ID.String()).goesTo("/saved")
			b.get("/saved").lacks("withdrawn")
		})
		b.send("/saved/folders/delete", "folder", folder).goesTo("/saved")
		b.get("/saved").is(200).has("The count", "Twelve weeks")
		b.send("/notes/the-count/unsave", "back", "/saved").goesTo("/saved")
		b.get("/saved").lacks("The count")
		b.send("/saved/remove", "note", "nonsense").is(404)
		b.send("/notes/no-such-note/save").is(404)
	})
}

func TestLongListsOfSavedNotesGoOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.many(25)
		b := s.signedIn("many@example.org")
		for i := range 25 {
			b.send("/notes/note-0" + string(rune('0'+i/10)) + string(rune('0'+i%10)) + "/save").is(303)
			s.now.Advance(time.Second)
		}
		p := b.get("/saved").is(200).has("Note 024", "Note 005").lacks("Note 004")
		next := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(p.body)[1]
		b.get(strings.ReplaceAll(next, "&amp;", "&")).is(200).has("Note 004", "Note 000").lacks("Note 005").checkHTML()
		b.get("/saved?after=nonsense").is(400)
	})
}

func TestAMemberGoesOnWhereTheyWere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
		place := openForm.FindStringSubmatch(b.get("/notes/twelve-weeks").is(200).lacks("Continue where").body)[1]
		s.remembers()
		b.send(place, "heading", "2", "block", "8", "percent", "60").is(204)
		for _, bad := range [][]string{{"heading", "x", "block", "1", "percent", "1"}, {"heading", "0", "block", "1", "percent", "101"}, {}} {
			b.send(place, bad...).is(422)
		}
		s.remembers()
		b.get("/notes/twelve-weeks").is(200).has(`id="continue"`, `href="#and-then"`, "60 % read").checkHTML()
		b.get("/").is(200).has("Continue where you were", "/notes/twelve-weeks#continue").checkHTML()
		b.get("/history").is(200).has("Twelve weeks", "60 % read", "Version 1").checkHTML().private()
		s.browser().get("/notes/twelve-weeks").is(200).lacks("data-place", "own-note")
		s.browser().send(place, "heading", "2", "block", "8", "percent", "60").is(303)

		t.Run("the place of who may not read on is neither shown nor told", func(t *testing.T) {
			b.holds(access.Grant{Kind: access.Subscription, Plan: "reader", Standing: access.Canceled})
			b.get("/notes/twelve-weeks").is(200).lacks("data-place", "and-then", "Continue where").lacks(secrets...)
			b.get("/history").is(200).has("Twelve weeks").lacks(secrets...)
			b.get("/").is(200).lacks(secrets...)
		})
		t.Run("a teaser is no reading", func(t *testing.T) {
			b.get("/notes/the-count").is(200)
			s.remembers()
			b.get("/history").lacks("The count")
		})
		t.Run("one is forgotten, then all", func(t *testing.T) {
			b.get("/notes/how-we-count").is(200)
			s.remembers()
			b.get("/history").has("How we count", "Twelve weeks")
			note := regexp.MustCompile(`name="note" value="([^"]+)"`).FindStringSubmatch(b.get("/history").body)[1]
			b.send("/history/remove", "note", note).goesTo("/history")
			b.send("/history/clear").goesTo("/history")
			b.get("/history").is(200).has("Nothing read yet").checkHTML()
		})
		t.Run("who does not want it is not remembered", func(t *testing.T) {
			b.send("/account/memory", "remember", "off").goesTo("/account?notice=memory_off#library")
			b.get("/notes/how-we-count").is(200)
			s.remembers()
			b.get("/history").is(200).has("Nothing is remembered").lacks("How we count").checkHTML()
			b.get("/account?notice=memory_off").is(200).has("We have forgotten what you read", "Remember what I read").checkHTML()
			b.send("/account/memory", "remember", "on").goesTo("/account?notice=memory_on#library")
			b.get("/notes/how-we-count").is(200)
			s.remembers()
			b.get("/history").is(200).has("How we count")
		})
		t.Run("what a browser fetches ahead is not read", func(t *testing.T) {
			b.send("/history/clear").is(303)
			b.get("/notes/how-we-count", "Sec-Purpose", "prefetch").is(200)
			b.do("HEAD", "/notes/how-we-count", nil).is(200)
			s.remembers()
			b.get("/history").is(200).lacks("How we count")
		})
	})
}

func TestTheFrontPageKnowsItsMember(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.signedIn("reader@example.org")
		b.get("/").is(200).lacks("own-home")
		s.remembers()
		s.now.Advance(48 * time.Hour)
		in := fixtureNotes()[3]
		in.Title, in.Position = "A fresh one", 0
		s.put(in, s.now.Now())
		b.get("/").is(200).has("New since your last visit on 31 July 2026", "A fresh one").checkHTML().private()
		s.browser().get("/").is(200).lacks("New since your last visit")
		b.get("/notes/a-fresh-one").is(200)
		s.remembers()
		if p := b.get("/"); strings.Contains(p.body, "New since") && strings.Contains(between(p.body, "New since", "</div>"), "A fresh one") {
			t.Error("what was read is still new")
		}

		s.browser().get("/topics/film").is(200).has(`href="/sign-in?next=%2Ftopics%2Ffilm"`)
		b.get("/topics/film").is(200).has(`action="/follow"`)
		b.send("/follow", "kind", "topic", "slug", "film", "back", "/topics/film").goesTo("/topics/film")
		b.send("/follow", "kind", "author", "slug", "hanne-dreyer").goesTo("/authors/hanne-dreyer")
		b.send("/follow", "kind", "series", "slug", "cold-side-letter", "back", "/issues/cold-side-letter/2026-07").goesTo("/issues/cold-side-letter/2026-07")
		for _, at := range []string{"/topics/film", "/authors/hanne-dreyer", "/series/cold-side-letter", "/issues/cold-side-letter/2026-07"} {
			b.get(at).is(200).has(`action="/unfollow"`).checkHTML()
		}
		b.get("/").is(200).has("From what you follow").checkHTML()
		b.get("/account").is(200).has("What you follow", "Cold Side Letter", "Since 2 August 2026").checkHTML()
		for _, bad := range [][]string{{"kind", "topic", "slug", "nothing"}, {"kind", "planet", "slug", "film"}} {
			b.send("/follow", bad...).is(404)
		}
		for _, x := range [][2]string{{"topic", "film"}, {"author", "hanne-dreyer"}, {"series", "cold-side-letter"}} {
			b.send("/unfollow", "kind", x[0], "slug", x[1], "back", "/account#library").goesTo("/account#library")
		}
		b.get("/").is(200).lacks("From what you follow")
		b.get("/account").is(200).has("You follow nothing yet")
	})
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}
