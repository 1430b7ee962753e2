package portal_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

// updates publishes another version of a note.
func (s *stage) updates(note uuid.UUID, change content.Change, edit func(*content.Input)) {
	s.Helper()
	v := ok(s.desk.Draft(s.staff, note))
	in := v.Input()
	edit(&in)
	ok(s.desk.Save(s.staff, note, 0, in))
	notice := ""
	if change == content.Major {
		notice = "An open notice."
	}
	ok(s.desk.Publish(s.staff, note, content.Publish{Change: change, Notice: notice}))
}

// remembered waits for nothing: what was read is written at once.
func (s *stage) remembered() {
	s.Helper()
	if err := s.reading.Flush(s.staff); err != nil {
		s.Fatal(err)
	}
}

const changedLine = "Changed since you last read it,"

// TestAMemberIsToldWhatChangedSince they read a note, once, and only of what
// readers are told of.
func TestAMemberIsToldWhatChangedSince(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		note := ok(s.library.Note(t.Context(), "twelve-weeks")).ID
		reads, other := s.subscriber("jun@example.org", access.Grant{Plan: "reader"}), s.subscriber("amara@example.org", access.Grant{Plan: "reader"})
		reads.get("/notes/twelve-weeks").lacks(changedLine)
		s.remembered()
		reads.get("/notes/twelve-weeks").lacks(changedLine)

		s.updates(note, content.Silent, func(in *content.Input) { in.Body = strings.Replace(in.Body, "Half of the film", "Half the film", 1) })
		reads.get("/notes/twelve-weeks").lacks(changedLine)
		s.remembered()
		s.updates(note, content.Major, func(in *content.Input) { in.Body = strings.Replace(in.Body, "are short", "are plenty", 1) })
		other.get("/notes/twelve-weeks").lacks(changedLine) // who read nothing is told nothing
		s.browser().get("/notes/twelve-weeks").lacks(changedLine, "what changed since")
		// They saw the silent change and were told of nothing since.
		reads.get("/notes/twelve-weeks").has(changedLine, `href="/notes/twelve-weeks/v/2/changes"`, `href="/notes/twelve-weeks/v/1/changes"`).private()
		s.remembered()
		reads.get("/notes/twelve-weeks").lacks(changedLine)
		reads.get("/notes/twelve-weeks/v/1").lacks(changedLine).has(`href="/notes/twelve-weeks/v/1/changes"`)
	})
}

// TestTheDifferences are for those who may read both texts.
func TestTheDifferences(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		note := ok(s.library.Note(t.Context(), "twelve-weeks")).ID
		s.updates(note, content.Major, func(in *content.Input) {
			in.Title = "Thirteen weeks"
			in.Body = strings.NewReplacer("**12 weeks**", "**13 weeks**", "are short", "are plenty", "And then", "And thereafter").Replace(in.Body)
		})
		const page = "/notes/twelve-weeks/v/1/changes"
		reads := s.subscriber("jun@example.org", access.Grant{Plan: "reader"})
		reads.get(page).is(200).private().checkHTML().
			has("<del>Twelve</del>", "<ins>Thirteen</ins>", "<del>12</del>", "<ins>13</ins>", "<del>short</del>", "<ins>plenty</ins>", "without a change", "An open notice.", "Quixotry").
			lacks("snowquartz") // what is the same is left out
		reads.get("/notes/twelve-weeks/v/2/changes").goesTo("/notes/twelve-weeks")
		reads.get("/notes/twelve-weeks/v/3/changes").is(404)

		stranger, free := s.browser(), s.signedIn("lena@example.org")
		for range 2 { // also once the differences are kept
			stranger.get(page).goesTo("/sign-in?next=%2Fnotes%2Ftwelve-weeks%2Fv%2F1%2Fchanges").private().lacks(secrets...)
			free.get(page).is(403).private().lacks(append(secrets, "plenty", "<ins>", "13 weeks")...).has("The full text is for subscribers").checkHTML()
		}
		reads.holds()
		reads.get(page).is(403).lacks(secrets...)
	})
}

// TestTheDifferencesOfAnOpenNote are for everybody, and a note that was closed
// closes its past.
func TestTheDifferencesOfAnOpenNote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		note := ok(s.library.Note(t.Context(), "how-we-count")).ID
		s.updates(note, content.Minor, func(in *content.Input) { in.Body = strings.Replace(in.Body, "We count.", "We count well.", 1) })
		b := s.browser()
		b.get("/notes/how-we-count").has(`href="/notes/how-we-count/v/1/changes"`)
		p := b.get("/notes/how-we-count/v/1/changes").is(200).has("<ins>").checkHTML()
		if !strings.HasPrefix(p.header.Get("Cache-Control"), "public") {
			t.Errorf("%q", p.header.Get("Cache-Control"))
		}
		s.updates(note, content.Silent, func(in *content.Input) { in.Slug = "how-it-is-counted" })
		if p := b.get("/notes/how-we-count/v/1/changes"); p.status != 301 || p.header.Get("Location") != "/notes/how-it-is-counted/v/1/changes" || p.header.Get("Cache-Control") != "public, max-age=300" {
			t.Errorf("%d %v", p.status, p.header)
		}
		b.get("/notes/how-it-is-counted/v/2/changes").is(200).has("The text is the same in both versions.").checkHTML()
		s.updates(note, content.Silent, func(in *content.Input) { in.Gate = access.Paid })
		b.get("/notes/how-it-is-counted/v/1/changes").is(303).lacks("We count well.")
	})
}
