package portal_test

import (
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/db/dbtest"
)

// TestAFinishedPageIsForThoseWhoSeeItSo asks in turns, so that every page but
// the first lies ready when it is asked for.
func TestAFinishedPageIsForThoseWhoSeeItSo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		const note = "/notes/twelve-weeks"
		reader := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
		other := s.subscriber("other@example.org", access.Grant{Plan: "reader"})
		late := s.subscriber("late@example.org", access.Grant{Plan: "reader", Standing: access.PastDue, Grace: s.now.Now().Add(48 * time.Hour)})
		free := s.signedIn("free@example.org")
		reader.send(note + "/save").is(303)
		for range 3 {
			s.browser().get(note).is(200).has("The full text is for subscribers", ">Log in<").lacks(secrets...).lacks("Save for later")
			reader.get(note).is(200).has(secrets[0], "/unsave").private()
			other.get(note).is(200).has(secrets[0], "Save for later").lacks("/unsave").private()
			late.get(note).is(200).has(secrets[0], "You can read on until 2 August 2026").private()
			free.get(note).is(200).has("The full text is for subscribers").lacks(">Log in<").lacks(secrets...).private()
		}
		if s.browser().get(note).header.Get("ETag") == "" {
			t.Error("a stranger's page has no tag")
		}
		other.holds(access.Grant{Kind: access.Subscription, Plan: "reader", Standing: access.Canceled})
		other.get(note).is(200).has("Your subscription has ended").lacks(secrets...)
		reader.get(note).is(200).has(secrets[0])
	})
}

// TestAFinishedPageDoesNotOutliveAChange of anything that it shows.
func TestAFinishedPageDoesNotOutliveAChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		const note = "/notes/twelve-weeks"
		reader := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
		see := func(text string) {
			t.Helper()
			for range 2 {
				s.browser().get(note).is(200).has(text)
				reader.get(note).is(200)
			}
		}
		see("from $49 a month")
		cheaper := fixturePlans()[0]
		cheaper.Prices[0] = billing.PriceInput{Interval: billing.Monthly, Amount: 3100, Currency: "usd"}
		ok(s.office.PutPlan(s.staff, cheaper))
		see("from $31 a month")

		profile := ok(s.house.Profile(s.Context()))
		profile.Contact.Headline = "Ring the analyst"
		if err := s.house.Introduce(s.staff, profile); err != nil {
			t.Fatal(err)
		}
		see("Ring the analyst")

		ok(s.desk.PutAuthor(s.staff, content.Label{Name: "Hanne Dreyer", Role: "Chief of the forecasts"}))
		see("Chief of the forecasts")

		draft := ok(s.desk.DraftBySlug(s.staff, "twelve-weeks"))
		in := fixtureNotes()[0]
		in.Title, in.Slug = "Thirteen weeks", "twelve-weeks"
		ok(s.desk.Save(s.staff, draft.Note.ID, 0, in))
		see("Twelve weeks")
		ok(s.desk.Publish(s.staff, draft.Note.ID, contentPublish()))
		see("Thirteen weeks")
		ok(s.desk.Retract(s.staff, draft.Note.ID, 0, "Wrong."))
		s.browser().get(note).is(410)
		reader.get(note).is(410)
	})
}

// TestAFormerAddressStillDoes for what readers do with a note, as well as for
// reading it.
func TestAFormerAddressStillDoes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sharing = library.ShareRules{Notes: 3, Days: 7, Openings: 5}
		s.publish()
		draft := ok(s.desk.DraftBySlug(s.staff, "twelve-weeks"))
		in := fixtureNotes()[0]
		in.Title, in.Slug = "Eleven weeks", "eleven-weeks"
		ok(s.desk.Save(s.staff, draft.Note.ID, 0, in))
		ok(s.desk.Publish(s.staff, draft.Note.ID, contentPublish()))
		reader := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
		reader.get("/notes/twelve-weeks/share").is(200).has("Eleven weeks")
		reader.send("/notes/twelve-weeks/save").is(303)
		reader.get("/saved").is(200).has("Eleven weeks")
	})
}
