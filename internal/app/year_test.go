package app

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripeapi"
)

// yearSize is how many members live through how many days. YEAR_MEMBERS makes
// it larger or smaller; the whole is 300.
func yearSize(t *testing.T) (members, days int) {
	members, days = 40, 365
	if testing.Short() {
		members, days = 16, 150
	}
	if n, err := strconv.Atoi(os.Getenv("YEAR_MEMBERS")); err == nil {
		members = n
	}
	return members, days
}

// TestASimulatedYear lets members buy, change, fail to pay, come back and leave
// while a tenth of what Stripe tells is lost and the rest comes late, twice and
// in no order. The mirror, the access and the figures must be the model's.
func TestASimulatedYear(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		const seed = 20260101
		members, days := yearSize(t)
		y := &year{world: newWorld(t, e, seed)}
		for i, s := range lives(seed, members, days) {
			p := y.newcomer(fmt.Sprintf("member-%d@example.com", i), s)
			if len(s) > 0 && s[0].do == "gift" {
				p.friend = y.newcomer(fmt.Sprintf("friend-%d@example.com", i), nil)
			}
		}
		for day := range days {
			y.day(day)
		}
		y.compare()
		y.figures()
		y.letters()
		t.Logf("%d members, %d days, %d calls delivered, %d lost", members, days, y.delivered, y.lost)
	})
}

type year struct {
	*world
	people []*person
	checks int64
}

// day lives through one day, from noon to noon.
func (y *year) day(day int) {
	y.t.Helper()
	noon := yearBegins.AddDate(0, 0, day)
	if day > 0 {
		y.pass(noon)
	}
	for _, p := range y.people {
		p.life.pass(noon)
	}
	y.arrive()
	if day%6 == 5 {
		y.reconcile()
	}
	y.write(noon)
	y.readers(noon)
	for _, p := range y.people {
		for _, a := range p.script {
			if a.day == day {
				y.perform(p, a)
			}
		}
	}
	y.listen()
	// Before a month is over everything of it is known, as by the comparison
	// of that night.
	if eve := time.Date(noon.Year(), noon.Month(), noon.Day(), 23, 30, 0, 0, time.UTC); eve.Add(time.Hour).Month() != noon.Month() {
		y.pass(eve)
		y.reconcile()
	}
}

func (y *year) newcomer(email string, script []act) *person {
	y.t.Helper()
	m, _, err := y.identity.AddMember(y.staff, email, "Ada")
	y.ok(err)
	p := &person{id: m.ID, email: email, script: script}
	y.people = append(y.people, p)
	return p
}

// reconcile repairs; what is lost until then is made good.
func (y *year) reconcile() {
	y.t.Helper()
	_, err := y.billing.Reconcile(y.staff, billing.Repair, nil)
	y.ok(err)
	again, err := y.billing.Reconcile(y.staff, billing.DryRun, nil)
	y.ok(err)
	if len(again.Findings) > 0 {
		y.t.Fatalf("%s: after a repair there is still %+v", y.now.Now(), again.Findings)
	}
	clear(y.unsure)
}

// readers asks for everybody of whom nothing is under way whether they may
// read, and compares with the model.
func (y *year) readers(at time.Time) {
	y.t.Helper()
	y.checks++
	for _, p := range y.people {
		if y.unsure[p.customer] {
			continue
		}
		wantPaid, wantResearch, wantNote := p.reads(at)
		gate := access.Gate{Note: uuid.Max, Kind: access.Paid, Opens: yearBegins.AddDate(-1, 0, 0)}
		// No grant that is kept from the day before may answer.
		who := access.Reader{Member: p.id, Epoch: y.checks}
		paid, err := y.gatekeeper.Decide(y.staff, gate, who)
		y.ok(err)
		gate.Kind, gate.Plans = access.Plans, []string{"research"}
		research, err := y.gatekeeper.Decide(y.staff, gate, who)
		y.ok(err)
		note, err := y.gatekeeper.Decide(y.staff, access.Gate{Note: yearNote, Kind: access.Paid, Opens: gate.Opens}, who)
		y.ok(err)
		if paid.Full() != wantPaid || research.Full() != wantResearch || note.Full() != wantNote {
			y.t.Fatalf("%s: %s, %s of %s: may read %v (%s), %v and %v, the model says %v, %v and %v; script %+v",
				at, p.email, p.status, p.plan, paid.Full(), paid.Reason(), research.Full(), note.Full(), wantPaid, wantResearch, wantNote, p.script)
		}
	}
}

// compare holds every row of the mirror against Stripe.
func (y *year) compare() {
	y.t.Helper()
	y.pass(y.now.Now().Add(time.Hour))
	y.reconcile()
	for _, p := range y.people {
		p.life.pass(y.now.Now())
	}
	y.readers(y.now.Now())
	n := 0
	for at, err := range y.stripe.Subscriptions(y.staff, stripeapi.SubscriptionFilter{}) {
		y.ok(err)
		n++
		var row billing.Subscription
		y.ok(y.db.Read(y.staff).Where("stripe_id = ?", at.ID).Take(&row).Error)
		got := []any{string(row.Status), row.StripePriceID, row.Quantity, row.CurrentPeriodEnd.Unix(), row.CancelAtPeriodEnd, row.EndedAt == nil}
		want := []any{string(at.Status), at.Items[0].Price.ID, at.Items[0].Quantity, at.CurrentPeriodEnd.Unix(), at.CancelAtPeriodEnd, at.EndedAt.IsZero()}
		if diff := cmp.Diff(want, got); diff != "" {
			y.t.Errorf("%s: %s", at.ID, diff)
		}
	}
	var rows int64
	y.ok(y.db.Read(y.staff).Model(&billing.Subscription{}).Count(&rows).Error)
	if int(rows) != n {
		y.t.Errorf("%d rows for %d subscriptions", rows, n)
	}
}

// figures compares the owner's report with what the model reckons.
func (y *year) figures() {
	y.t.Helper()
	from := time.Date(yearBegins.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	f, err := y.billing.Figures(y.staff, billing.Span{From: from, To: from.AddDate(1, 0, 0)})
	y.ok(err)
	lives := make([]*life, len(y.people))
	now := int64(0)
	for i, p := range y.people {
		lives[i] = &p.life
		now += p.cents()
	}
	y.revenue(f)
	want := reckon(lives, from, 12)
	if len(f.Money) != 1 || f.Money[0].Now != now {
		y.t.Fatalf("MRR now is %+v, the model says %d", f.Money, now)
	}
	for i, m := range f.Money[0].Months {
		got := monthly{ended: m.Ended, subscribers: m.Subscribers, moved: map[string]int64{}}
		for kind, amount := range m.Moved {
			if amount != 0 {
				got.moved[string(kind)] = amount
			}
		}
		if diff := cmp.Diff(want[i], got, cmp.AllowUnexported(monthly{})); diff != "" {
			y.t.Errorf("%s: %s", m.Month, diff)
		}
	}
}

// revenue holds what the report says was paid against the bills at Stripe.
func (y *year) revenue(f *billing.Figures) {
	y.t.Helper()
	want, got := map[string]int64{}, map[string]int64{}
	for in, err := range y.stripe.Invoices(y.staff, stripeapi.InvoiceFilter{Status: "paid"}) {
		y.ok(err)
		if in.PaidAt.Year() == yearBegins.Year() {
			want[in.PaidAt.UTC().Format("2006-01")] += in.AmountPaid
		}
	}
	for _, m := range f.Money {
		for _, r := range m.Revenue {
			got[r.Month] += r.Paid
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		y.t.Errorf("what was paid: %s", diff)
	}
}
