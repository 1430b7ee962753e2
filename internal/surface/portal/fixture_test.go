package portal_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
)

// Words that stand below the paywall of gated notes and nowhere else. None of
// them may ever reach a reader without access.
var secrets = []string{
	"Quixotry", "zephyrbench", "Vexillary", "snowquartz", "Kumquatlager", "Obsidianpreis", "jackdawnote", "Wyvernrow", "gnomonheading", "fjordcaption",
}

// gatedBody has something secret in every form a note can hold.
const gatedBody = `The quoted wait is **12 weeks**, see [the count](/notes/the-count).[^open]

Half of the film is spoken for.

[^open]: A note for everybody.

<!-- paywall -->

## What gnomonheading says

Quixotry and zephyrbench are short.[^shut]

| Vexillary | 2025 | 2026E |
|:--|--:|--:|
| Wyvernrow | 1 | 2 |

` + "```chart\ntype: bar\ntitle: snowquartz\nunit: $ million\nsource: fjordcaption\nx: [2024, 2025]\nseries:\n  - name: Kumquatlager\n    data: [1, 2]\n```" + `

> [!IMPORTANT]
> Obsidianpreis rises.

## And then

Nothing.

[^shut]: The jackdawnote.
`

// openChart stands above a paywall.
const openChart = "```chart\ntype: line\ntitle: Openfigure\nunit: weeks\nx: [2024, 2025]\nseries:\n  - {name: Wait, data: [17, 34]}\n```"

// notes of the fixture by slug.
func fixtureNotes() []content.Input {
	paid := content.Input{
		Title: "Twelve weeks", Abstract: "The wait is over & done <b>.", Body: gatedBody, Kind: content.Newsletter, Series: "cold-side-letter", Issue: "2026-07", Position: 1,
		Authors: []string{"hanne-dreyer", "lucia-belmonte"}, Topics: []string{"film"}, Gate: access.Paid,
	}
	with := func(title string, gate access.GateKind, change func(*content.Input)) content.Input {
		in := paid
		in.Title, in.Gate, in.Kind = title, gate, content.ResearchNote
		if change != nil {
			change(&in)
		}
		return in
	}
	all := []content.Input{
		paid,
		with("The count", access.Plans, func(in *content.Input) { in.GatePlans, in.Kind = []string{"house"}, content.Data }),
		with("Who sells to whom", access.Members, nil),
		with("How we count", access.Public, func(in *content.Input) {
			in.Body = "Open to all.\n\n" + openChart + "\n\n## Rules\n\nWe count.\n\n### Twice\n\nAnd again.\n\n<!-- paywall -->\n\n## Below\n\nEverybody may read this, too.\n"
			in.Authors = []string{"lucia-belmonte"}
		}),
		with("No wall at all", access.Paid, func(in *content.Input) {
			in.Body = "Quixotry in the first line.\n\n## gnomonheading\n\nzephyrbench.\n"
			in.Issue = "2026-06"
		}),
		with("Nobody may", access.Plans, func(in *content.Input) { in.GatePlans, in.Issue, in.Series = nil, "", "" }),
	}
	for i := range all {
		all[i].Position = i + 1
	}
	return all
}

// publish fills the stage with a small publication.
func (s *stage) publish() {
	s.Helper()
	s.introduce()
	for _, p := range fixturePlans() {
		ok(s.office.PutPlan(s.staff, p))
	}
	for _, a := range []content.Label{
		{Name: "Hanne Dreyer", Role: "Editor", Description: "Founded the firm."}, {Name: "Lucía Belmonte", Slug: "lucia-belmonte", Role: "Forecasts"},
	} {
		ok(s.desk.PutAuthor(s.staff, a))
	}
	ok(s.desk.PutTopic(s.staff, content.Label{Name: "Film", Description: "Coating and firing."}))
	ok(s.desk.PutTopic(s.staff, content.Label{Name: "Prices"}))
	ok(s.desk.PutSeries(s.staff, content.Label{Name: "Cold Side Letter", Description: "Monthly."}))
	ok(s.desk.PutIssue(s.staff, content.IssueInput{Series: "cold-side-letter", Label: "July 2026", Number: 74, Title: "Nobody is waiting", Editorial: "A module takes *twelve* weeks.\n\nNow the queue has gone."}))
	ok(s.desk.PutIssue(s.staff, content.IssueInput{Series: "cold-side-letter", Label: "June 2026", Number: 73, Editorial: "It rained."}))
	ok(s.desk.PutIssue(s.staff, content.IssueInput{Series: "cold-side-letter", Label: "August 2026", Number: 75, Title: "Not out yet", Editorial: "Later."}))
	for i, in := range fixtureNotes() {
		s.put(in, s.now.Now().AddDate(0, 0, -3*i))
	}
}

// put writes a note and publishes it.
func (s *stage) put(in content.Input, at time.Time) *content.DraftView {
	s.Helper()
	v := ok(s.desk.Create(s.staff, in))
	return ok(s.desk.Publish(s.staff, v.Note.ID, content.Publish{At: at}))
}

func (s *stage) introduce() {
	s.Helper()
	p := publication.Default()
	p.Name, p.Tagline, p.About = "Cold Side Research", "What the market for switched heat buys", "One market, six analysts."
	p.Notice = "Not investment advice."
	p.Contact = publication.Contact{Headline: "Ask the analyst", Text: "We answer.", Lines: []string{"14 Ropewalk Yard", "Bristol"}, Email: "desk@coldside.example", Phone: "+44 117 496 0142"}
	p.Pages = []publication.Page{{Slug: "terms", Title: "Terms", Body: "You subscribe to *read*."}}
	if err := s.house.Introduce(s.staff, p); err != nil {
		s.Fatal(err)
	}
}

func fixturePlans() []billing.PlanInput {
	plan := func(i int, name string, month, year int64) billing.PlanInput {
		return billing.PlanInput{
			Slug: strings.ToLower(name), Name: name, Description: name + " is for you.", Benefits: []string{"All of " + name}, Position: i, Visible: true,
			Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: month, Currency: "usd"}, {Interval: billing.Yearly, Amount: year, Currency: "usd"}},
		}
	}
	old := plan(9, "Founder", 100, 1000)
	old.Archived = true
	hidden := plan(8, "Quiet", 7700, 77000)
	hidden.Visible = false
	return []billing.PlanInput{plan(0, "Reader", 4900, 49000), plan(1, "House", 145000, 1450000), old, hidden}
}

// many publishes n short notes, one a day backwards.
func (s *stage) many(n int) {
	for i := range n {
		s.put(content.Input{
			Title: fmt.Sprintf("Note %03d", i), Abstract: fmt.Sprintf("Abstract %03d.", i), Body: "Short.\n\n<!-- paywall -->\n\nQuixotry.\n", Gate: access.Paid,
		}, s.now.Now().AddDate(0, 0, -30-i))
	}
}

// subscriber holds an open grant, as a seat or a gift would be.
func (s *stage) subscriber(email string, g access.Grant) *browser {
	b := s.signedIn(email)
	if g.Kind == "" {
		g.Kind = access.Subscription
	}
	b.holds(g)
	return b
}

// holds gives the member these grants and no others, as a change of a
// subscription would.
func (b *browser) holds(g ...access.Grant) {
	b.Helper()
	b.held.give(b.member, g...)
	if err := b.db.Tx(b.staff, func(ctx context.Context) error { return b.ids.BumpAccess(ctx, b.member) }); err != nil {
		b.Fatal(err)
	}
}

func contentPublish() content.Publish { return content.Publish{} }

func grantOf(plan string) access.Grant { return access.Grant{Plan: plan} }
