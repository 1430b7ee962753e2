package portal_test

import (
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

// section cuts a part out of a page.
func (p *page) section(begin, end string) string {
	_, after, _ := strings.Cut(p.body, begin)
	inside, _, _ := strings.Cut(after, end)
	return inside
}

// TestRelatedNotes are those with topics and authors in common, the likest
// first, without those that are linked anyway; nothing of them is gated.
func TestRelatedNotes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		like := func(title string, topics, authors []string) content.Input {
			return content.Input{Title: title, Abstract: "A.", Body: "Open.\n\n<!-- paywall -->\n\nQuixotry.\n", Gate: access.Paid, Topics: topics, Authors: authors}
		}
		s.put(like("Both", []string{"prices", "film"}, []string{"hanne-dreyer"}), s.now.Now().AddDate(0, -3, 0))
		s.put(like("Prices only", []string{"prices"}, nil), s.now.Now().AddDate(0, -3, 0))
		s.put(like("Nothing alike", nil, nil), s.now.Now())
		s.put(like("The one", []string{"prices", "film"}, []string{"hanne-dreyer"}), s.now.Now().AddDate(0, -4, 0))
		b := s.browser()
		got := b.get("/notes/the-one").is(200).checkHTML().lacks(secrets...).section(`<section class="related"`, "</section>")
		if first := strings.Index(got, ">Both<"); first < 0 || first > strings.Index(got, `href="/notes/`)+20 {
			t.Errorf("the likest does not come first: %s", got)
		}
		if strings.Contains(got, "The one") || strings.Contains(got, "Nothing alike") || strings.Count(got, "<li>") != 4 {
			t.Error(got)
		}
		b.get("/notes/nothing-alike").lacks(`class="related"`)
		// A withdrawn note goes at once, also from pages that are kept.
		ok(s.desk.Retract(s.staff, ok(s.library.Note(t.Context(), "both")).ID, 0, "Wrong."))
		b.get("/notes/the-one").lacks(">Both<")
		// The neighbours in an issue are not named twice.
		issue := b.get("/notes/twelve-weeks").section(`<section class="related"`, "</section>")
		if strings.Contains(issue, "/notes/the-count") || issue == "" {
			t.Error(issue)
		}
	})
}

// TestNeighboursInASeries are by date where a note is in no issue.
func TestNeighboursInASeries(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		ok(s.desk.PutSeries(s.staff, content.Label{Name: "Wire"}))
		for i, title := range []string{"One", "Two", "Three"} {
			s.put(content.Input{Title: title, Abstract: "A.", Body: "x", Gate: access.Public, Series: "wire"}, s.now.Now().AddDate(0, 0, i-9))
		}
		b := s.browser()
		b.get("/notes/two").has(`aria-label="In this series"`, `rel="prev" href="/notes/one"`, `rel="next" href="/notes/three"`).checkHTML()
		b.get("/notes/one").has(`rel="next" href="/notes/two"`).lacks(`rel="prev"`)
		b.get("/notes/three").has(`rel="prev" href="/notes/two"`).lacks(`rel="next"`)
		b.get("/notes/nobody-may").lacks(`class="steps"`)
	})
}
