package portal_test

import (
	"testing"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestANumberIsNoAmount: what an issue or a version is called has no commas.
func TestANumberIsNoAmount(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	ok(s.desk.PutIssue(s.staff, content.IssueInput{Series: "cold-side-letter", Label: "July 2026", Number: 1074, Title: "Nobody is waiting", Editorial: "A module takes *twelve* weeks."}))
	b := s.browser()
	for _, path := range []string{"/", "/issues", "/issues/cold-side-letter/2026-07", "/notes/twelve-weeks"} {
		b.get(path).is(200).has("No. 1074").lacks("1,074")
		b.get("/de" + path).is(200).has("Nr. 1074").lacks("1.074")
	}
}
