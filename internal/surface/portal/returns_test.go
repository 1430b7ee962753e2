package portal_test

import (
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/phrase"
)

// TestWhoKnowsOfANoteHearsWhenItComesBack, and nobody else: what is scheduled
// is invisible to readers.
func TestWhoKnowsOfANoteHearsWhenItComesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.sharing = library.ShareRules{Notes: 3, Openings: 2, Days: 30}
		reader, other, stranger := s.subscriber("reader@example.org", access.Grant{Plan: "reader"}), s.signedIn("lena@example.org"), s.browser()
		reader.send("/notes/twelve-weeks/save").is(303)
		link := reader.shares("twelve-weeks")
		id := ok(s.desk.DraftBySlug(s.staff, "twelve-weeks")).Note.ID
		ok(s.desk.Retract(s.staff, id, 0, "We counted twice."))
		const again = "It appears again on "
		reader.get("/notes/twelve-weeks").is(410).lacks(again)
		stranger.get(link).is(404).lacks(again)

		at := s.now.Now().AddDate(0, 0, 9)
		soon := content.ScheduleInput{Action: content.DoPublish, At: at.Format("2006-01-02T15:04")}
		ok(s.desk.Schedule(s.staff, id, soon))
		reader.get("/notes/twelve-weeks").is(410).has("This note was withdrawn. We counted twice. " + again + phrase.In("en").Date(at) + ".").lacks("Twelve weeks").private()
		reader.get("/de/notes/twelve-weeks").is(410).has("Er erscheint wieder am " + phrase.In("de").Date(at) + ".")
		stranger.get(link).is(410).has(again).lacks("Twelve weeks").lacks(secrets...).private()
		for _, b := range []*browser{other, stranger} {
			b.get("/notes/twelve-weeks").is(410).has("We counted twice.").lacks(again)
		}
		for _, path := range []string{"/", "/archive", "/saved", "/history", "/search?q=weeks", "/notes/twelve-weeks/copy.pdf", "/notes/twelve-weeks/v/1"} {
			reader.get(path).lacks("Er erscheint", "Twelve weeks")
		}
		t.Run("a preview says when, to whoever was sent one", func(t *testing.T) {
			_, preview, err := s.desk.MakePreviewLink(s.staff, id, content.LinkInput{Audience: content.AsAnonymous})
			if err != nil {
				t.Fatal(err)
			}
			stranger.get("/preview/" + preview).is(200).has("It appears on " + phrase.In("en").Date(at) + " at " + at.Format("15:04") + " (UTC).")
			ok(s.desk.Unschedule(s.staff, id, 0, ""))
			stranger.get("/preview/" + preview).is(200).lacks("It appears on")
		})
		reader.get("/notes/twelve-weeks").is(410).lacks(again)
		stranger.get(link).is(404)
	})
}
