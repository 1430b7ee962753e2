package billing_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// buyer buys things that are paid once, and tells nobody.
type buyer struct {
	*shop
	note uuid.UUID
}

func newBuyer(s *shop) buyer {
	s.sell(research(), team())
	s.rules(func(r *billing.SalesRules) { r.Gifts = true })
	b := buyer{s, uuid.New()}
	must[*billing.NotePrice](s.t)(s.office.PriceNote(owner(s.t.Context()), b.note, 900, "eur"))
	return b
}

func (b buyer) buyNote(with string) (uuid.UUID, string) {
	b.t.Helper()
	m := b.member()
	in := billing.BuyNoteInput{Member: m, Note: b.note, Title: "Film", ReturnTo: "/"}
	return m, b.payOnce(must[string](b.t)(b.office.BuyNote(b.t.Context(), in)), with)
}

func (b buyer) buyGift() (uuid.UUID, string) {
	b.t.Helper()
	m := b.member()
	in := billing.GiftInput{Giver: m, GiverName: "Ada", PlanSlug: "research", Months: 3, Recipient: "bo@example.com"}
	return m, b.payOnce(must[string](b.t)(b.office.BuyGift(b.t.Context(), in)), goodCard)
}

// term is a half year of a plan, for a member or for a stranger.
func (b buyer) term(m uuid.UUID) string {
	b.t.Helper()
	return b.visit(billing.CheckoutInput{Member: m, PlanSlug: "team", Interval: billing.PaidOnce, Months: 6, Quantity: 5, ReturnTo: "/plans"}).URL
}

func (b buyer) buyTerm(with string) (uuid.UUID, string) {
	b.t.Helper()
	m := b.member()
	return m, b.pay(b.term(m), with)
}

// known lets a webhook tell of a visit.
func (b buyer) known(m uuid.UUID, session string) uuid.UUID {
	b.t.Helper()
	b.deliver(b.the(completed, session))
	return m
}

// giveBack pays back everything a member ever paid.
func (b buyer) giveBack(m uuid.UUID) {
	b.t.Helper()
	for _, ch := range b.call(http.MethodGet, "/v1/charges", "customer", b.customerOf(m))["data"].([]any) {
		b.call(http.MethodPost, "/v1/refunds", "charge", ch.(map[string]any)["id"].(string))
	}
}

// holds says what opens for a member: bought notes and terms.
func (b buyer) holds(m uuid.UUID) int {
	b.t.Helper()
	return b.bought(m) + len(b.termStandings(m))
}

// TestReconcileFindsWhatWasPaidOnce: notes, presents and terms of which no
// webhook told, paid or paid back, and what strangers bought.
func TestReconcileFindsWhatWasPaidOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := newBuyer(s)
		bo := s.member()
		noteBack := b.known(b.buyNote(goodCard))
		termBack := b.known(b.buyTerm(goodCard))
		giftBack := b.known(b.buyGift())
		must[*billing.Term](t)(s.office.RedeemGift(t.Context(), s.codeOf(giftBack), bo))
		bounces := b.known(b.buyNote(badBank))
		b.known(b.buyTerm(badBank))
		fine := b.known(b.buyNote(goodCard))
		// From here on nobody tells us anything.
		note, _ := b.buyNote(goodCard)
		slow, _ := b.buyNote(slowBank)
		slowTerm, _ := b.buyTerm(slowBank)
		term, _ := b.buyTerm(goodCard)
		giver, _ := b.buyGift()
		b.payAs(b.term(uuid.Nil), "stranger@example.com", goodCard)
		b.payAs(s.visit(monthly()).URL, "reader@example.com", goodCard)
		bothM, _ := b.buyNote(goodCard)
		declined := s.member()
		s.payOnce(must[string](t)(s.office.BuyNote(t.Context(), billing.BuyNoteInput{Member: declined, Note: b.note, Title: "Film", ReturnTo: "/"})), noCard)
		for _, m := range []uuid.UUID{noteBack, termBack, giftBack, bothM} {
			b.giveBack(m)
		}
		s.pass(3 * day)

		for _, m := range []uuid.UUID{note, slow, slowTerm, term, bothM} {
			if b.holds(m) != 0 {
				t.Fatal("something was heard")
			}
		}
		dry := must[billing.Report](t)(s.office.Reconcile(owner(t.Context()), billing.DryRun, nil))
		// The stranger's subscription stands in no list of ours before they are a
		// member; what was paid and paid back is first missed.
		want := map[billing.Difference]int{billing.PurchaseMissed: 8, billing.PurchasePaidBack: 3, billing.StatusDiffered: 2}
		delete(dry.Counts, billing.BillDiffered)
		if diff := cmp.Diff(want, dry.Counts); diff != "" {
			t.Errorf("%s %+v", diff, dry.Findings)
		}
		if b.holds(note) != 0 || b.holds(noteBack) != 1 || s.memberBy("stranger@example.com") != uuid.Nil {
			t.Error("a dry run changed something")
		}
		repair := must[billing.Report](t)(s.office.Reconcile(owner(t.Context()), billing.Repair, nil))
		if repair.Counts[billing.PurchaseMissed] != 8 || repair.Counts[billing.PurchasePaidBack] != 4 {
			t.Errorf("%+v", repair.Counts)
		}
		for name, x := range map[string]struct {
			m    uuid.UUID
			want int
		}{
			"a note": {note, 1}, "a note, slowly": {slow, 1}, "a term": {term, 1}, "a term, slowly": {slowTerm, 1}, "heard of": {fine, 1},
			"a note paid back": {noteBack, 0}, "a term paid back": {termBack, 0}, "whose present was paid back": {bo, 0},
			"bought and paid back": {bothM, 0}, "bounced": {bounces, 0}, "declined": {declined, 0},
			"a stranger's term": {s.memberBy("stranger@example.com"), 1},
		} {
			if got := b.holds(x.m); got != x.want {
				t.Errorf("%s: holds %d, want %d", name, got, x.want)
			}
		}
		if !s.open(s.memberBy("reader@example.com")) {
			t.Error("a stranger's subscription is closed")
		}
		if gifts := must[[]*billing.Present](t)(s.office.GiftsOf(owner(t.Context()), giver)); len(gifts) != 1 || gifts[0].State != billing.GiftPaid {
			t.Errorf("%+v", gifts)
		}
		again := must[billing.Report](t)(s.office.Reconcile(owner(t.Context()), billing.Repair, nil))
		if len(again.Findings) != 0 {
			t.Errorf("after the repair: %+v", again.Findings)
		}
	})
}

// TestReconcileLeavesKnownRefundsAlone: another choice of the owner's does not
// reach back to what was paid back before.
func TestReconcileLeavesKnownRefundsAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := newBuyer(s)
		s.rules(func(r *billing.SalesRules) { r.RefundCloses = false })
		kept := []uuid.UUID{b.known(b.buyNote(goodCard)), b.known(b.buyTerm(goodCard))}
		for _, m := range kept {
			b.giveBack(m)
		}
		s.pass(time.Hour)
		must[billing.Report](t)(s.office.Reconcile(owner(t.Context()), billing.Repair, nil))
		s.rules(func(r *billing.SalesRules) { r.RefundCloses = true })
		again := must[billing.Report](t)(s.office.Reconcile(owner(t.Context()), billing.Repair, nil))
		for _, m := range kept {
			if b.holds(m) != 1 {
				t.Error("what the owner let them keep was taken back")
			}
		}
		if len(again.Findings) != 0 {
			t.Errorf("%+v", again.Findings)
		}
	})
}
