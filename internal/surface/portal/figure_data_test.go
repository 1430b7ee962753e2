package portal_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/kit"
)

// table reads an answer as a spreadsheet does.
func (p *page) table() [][]string {
	p.t.Helper()
	body, marked := strings.CutPrefix(p.body, "\ufeff")
	if !marked || strings.Count(body, "\n") != strings.Count(body, "\r\n") {
		p.t.Errorf("%s: no mark, or lines that do not end as RFC 4180 says: %q", p.what, p.body)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		p.t.Fatal(err)
	}
	return rows
}

// TestTheDataOfAFigure goes to those who may read the figure, and to nobody else.
func TestTheDataOfAFigure(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		mixed := fixtureNotes()[0]
		mixed.Title, mixed.Body = "Mixed", "Open.\n\n"+openChart+"\n\n"+gatedBody
		s.put(mixed, s.now.Now())
		const shut, open, beyond = "/notes/mixed/figures/2.csv", "/notes/mixed/figures/1.csv", "/notes/mixed/figures/3.csv"
		reads := s.subscriber("jun@example.org", access.Grant{Plan: "reader"})
		free, stranger := s.signedIn("lena@example.org"), s.browser()

		p := reads.get(shut).is(200).private()
		if diff := cmp.Diff([][]string{{"", "Kumquatlager"}, {"2024", "1"}, {"2025", "2"}}, p.table()); diff != "" {
			t.Error(diff)
		}
		if got := p.header.Get("Content-Disposition"); got != `attachment; filename="mixed-figure-2.csv"` || p.header.Get("Content-Type") != "text/csv; charset=utf-8; header=present" {
			t.Errorf("%q, %q", got, p.header.Get("Content-Type"))
		}
		reads.get(beyond).is(404).private()
		reads.get("/notes/mixed").has(`href="`+shut+`"`, `href="`+open+`"`)
		reads.get("/notes/mixed/v/1/figures/2.csv").is(200).private().has("Kumquatlager")

		// What is above the paywall is for everybody; whether there is more is told to nobody.
		p = stranger.get(open).is(200).has("Wait").lacks(secrets...)
		if got := p.header.Get("Cache-Control"); !strings.HasPrefix(got, "public") || p.header.Get("ETag") == "" {
			t.Errorf("an open figure: %q", got)
		}
		stranger.get(open, "If-None-Match", p.header.Get("ETag")).is(304)
		late := s.browser() // whose cookie is taken away, which is for nobody else
		late.jar[kit.MemberCookie] = "of a session that is over"
		if p := late.get(open).is(200).private().has("Wait"); p.header.Get("Set-Cookie") == "" {
			t.Error("the cookie stays")
		}
		stranger.get("/notes/mixed").has(`href="` + open + `"`).lacks(shut)
		for _, path := range []string{shut, beyond} {
			stranger.get(path).goesTo("/sign-in?next=%2Fnotes%2Fmixed").private().lacks(secrets...)
			free.get(path).is(403).private().has("The full text is for subscribers").lacks(secrets...).checkHTML()
		}
		free.get(open).is(200).private().has("Wait")
		reads.holds(access.Grant{Kind: access.Subscription, Plan: "reader", Standing: access.Canceled})
		reads.get(shut).is(403).has("Your subscription has ended").lacks(secrets...)
		if head := stranger.do(http.MethodHead, shut, nil); head.status != 303 {
			t.Errorf("HEAD: %d", head.status)
		}

		for _, path := range []string{"0.csv", "01.csv", "-1.csv", "x.csv", "1e3.csv", "99999999999999999999.csv"} {
			reads.get("/notes/mixed/figures/" + path).is(404)
		}
		reads.get("/notes/none/figures/1.csv").is(404)
	})
}

// TestSpreadsheetsTakeNoCellForAFormula also where a label begins like one.
func TestSpreadsheetsTakeNoCellForAFormula(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: "sqlite"})
	s.publish()
	s.put(content.Input{Title: "Sly", Abstract: "A.", Gate: access.Public, Body: "```chart\ntype: bar\ntitle: T\nunit: u\n" +
		"x: [\"=HYPERLINK(1)\", \"+1\", \"-x\", \"@a\", \"a, \\\"b\\\"\"]\nseries:\n  - {name: \"=S\", data: [-1.5, 1234, 3, null, 5]}\n```\n"}, s.now.Now())
	got := s.browser().get("/notes/sly/figures/1.csv").is(200).table()
	want := [][]string{{"", "'=S"}, {"'=HYPERLINK(1)", "-1.5"}, {"+1", "1234.0"}, {"'-x", "3.0"}, {"'@a", ""}, {`a, "b"`, "5.0"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTheDataOfAVersion stays what it was, also when the note has another one
// and another address.
func TestTheDataOfAVersion(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		v := s.put(content.Input{Title: "Counted", Abstract: "A.", Gate: access.Public, Body: openChart}, s.now.Now())
		in := v.Input()
		in.Slug, in.Body = "counted-again", strings.Replace(openChart, "17", "18", 1)
		ok(s.desk.Save(s.staff, v.Note.ID, 0, in))
		ok(s.desk.Publish(s.staff, v.Note.ID, content.Publish{Change: content.Minor}))
		b := s.browser()
		b.get("/notes/counted-again/v/1/figures/1.csv").is(200).has("2024,17")
		b.get("/notes/counted-again/figures/1.csv").is(200).has("2024,18")
		b.get("/notes/counted-again/v/1").has(`href="/notes/counted-again/v/1/figures/1.csv"`)
		b.get("/notes/counted/figures/1.csv").goesTo("/notes/counted-again/figures/1.csv")
		b.get("/notes/counted/v/1/figures/1.csv").goesTo("/notes/counted-again/v/1/figures/1.csv")
		b.get("/notes/counted-again/v/9/figures/1.csv").is(404)
	})
}
