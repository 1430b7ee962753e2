package billing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

// dated is one line of the access rule for what is no subscription: what
// happens, whether its reader may read then, and the journal's new rows.
type dated struct {
	name  string
	play  func(b buyer) (reader uuid.UUID)
	open  bool
	verbs string
}

// TestAccessRuleWithoutASubscription plays the rows for notes, terms, presents,
// manual terms and orders. Those of a group share a shop; each has readers of
// its own.
func TestAccessRuleWithoutASubscription(t *testing.T) {
	t.Parallel()
	groups := map[string][]dated{"a note": noteRows(), "a term": termRows(), "a present": giftRows(), "by hand": manualRows(), "an order": orderRows()}
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		for name, rows := range groups {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := newBuyer(setup(t, e))
				for _, r := range rows {
					t.Run(r.name, func(t *testing.T) { b.play(t, r) })
				}
			})
		}
	})
}

func (b buyer) play(t *testing.T, r dated) {
	b.shop.t = t
	b.rules(func(x *billing.SalesRules) { x.Gifts, x.RefundCloses = true, true })
	before := b.rows()
	reader := r.play(b)
	gate := access.Gate{Note: b.note, Kind: access.Plans, Plans: []string{"research", "team"}, Opens: b.clock.Now().Add(-time.Hour)}
	if got := access.Decide(gate, b.grants(reader), b.clock.Now()).Full(); got != r.open {
		t.Errorf("open is %v, want %v", got, r.open)
	}
	if diff := cmp.Diff(r.verbs, strings.Join(b.rows()[len(before):], " ")); diff != "" {
		t.Error(diff)
	}
}

// grants is what the adapters make of what billing says.
func (b buyer) grants(m uuid.UUID) []access.Grant {
	out := []access.Grant{{Kind: access.Membership}}
	for _, x := range b.termStandings(m) {
		g := access.Grant{Kind: access.Term, Plan: x.Plan, From: x.From, Until: x.Until}
		if x.Complimentary {
			g.Kind = access.Complimentary
		}
		if x.Unpaid {
			g.Standing = access.Unpaid
		}
		out = append(out, g)
	}
	for _, n := range must[[]uuid.UUID](b.t)(b.office.BoughtNotes(b.t.Context(), m)) {
		out = append(out, access.Grant{Kind: access.Purchase, Note: n})
	}
	return out
}

// rows lists the journal's verbs about what is no subscription, oldest first.
func (b buyer) rows() []string {
	b.t.Helper()
	list, err := b.journal.List(b.t.Context(), journal.Filter{Limit: 500})
	b.ok(err)
	var out []string
	for _, e := range list {
		if slices.Contains([]string{"purchase", "term", "gift", "order"}, e.SubjectKind) {
			out = append(out, e.Verb)
		}
	}
	slices.Reverse(out)
	return out
}

// heardBack lets a webhook tell of everything a member was paid back.
func (b buyer) heardBack(m uuid.UUID) {
	b.t.Helper()
	b.giveBack(m)
	for _, e := range about(b.events(), b.customerOf(m)) {
		if e.Type == "charge.refunded" {
			b.deliver(e)
		}
	}
}

// paidOnce is the rows that notes and terms have in common.
func paidOnce(buy func(b buyer, with string) (uuid.UUID, string), opened string) []dated {
	bank := func(with string, event string) func(b buyer) uuid.UUID {
		return func(b buyer) uuid.UUID {
			m, session := buy(b, with)
			b.known(m, session)
			if event != "" {
				b.pass(3 * day)
				b.deliver(b.the(event, session))
			}
			return m
		}
	}
	back := func(closes bool) func(b buyer) uuid.UUID {
		return func(b buyer) uuid.UUID {
			b.rules(func(x *billing.SalesRules) { x.RefundCloses = closes })
			m := b.known(buy(b, goodCard))
			b.heardBack(m)
			return m
		}
	}
	return []dated{
		{"completed, three times", func(b buyer) uuid.UUID {
			m, session := buy(b, goodCard)
			for range 3 {
				b.known(m, session)
			}
			return m
		}, true, opened},
		{"paid, and no word of it", func(b buyer) uuid.UUID { m, _ := buy(b, goodCard); return m }, false, ""},
		{"completed, with a payment on its way", bank(slowBank, ""), false, ""},
		{"completed; then the payment arrives", bank(slowBank, arrived), true, opened},
		{"completed; then the payment fails", bank(badBank, bounced), false, ""},
		{"paid back", back(true), false, opened + " " + strings.NewReplacer("purchase.paid", "purchase.revoked", "term.given", "term.revoked").Replace(opened)},
		{"Stripe is away while it is heard; the event is tried again", func(b buyer) uuid.UUID {
			m, session := buy(b, goodCard)
			e := b.the(completed, session)
			b.line.cut()
			b.receive(e)
			if err := b.office.Apply(b.t.Context(), e.ID); err == nil || b.event(e.ID).State != billing.EventReceived {
				b.t.Errorf("%v, %s", err, b.event(e.ID).State)
			}
			b.line.mend()
			b.ok(b.office.Apply(b.t.Context(), e.ID))
			return m
		}, true, opened},
	}
}

func noteRows() []dated {
	return append(paidOnce(buyer.buyNote, "purchase.paid"),
		dated{"paid back, and the owner lets them keep it", func(b buyer) uuid.UUID {
			b.rules(func(x *billing.SalesRules) { x.RefundCloses = false })
			m := b.known(b.buyNote(goodCard))
			b.heardBack(m)
			return m
		}, true, "purchase.paid purchase.refunded"},
		dated{"a visit to the success address only", func(b buyer) uuid.UUID {
			m := b.member()
			page := must[string](b.t)(b.office.BuyNote(b.t.Context(), billing.BuyNoteInput{Member: m, Note: b.note, Title: "Film", ReturnTo: "/"}))
			got := must[billing.SaleReturn](b.t)(b.office.FinishSale(b.t.Context(), page[strings.LastIndex(page, "/")+1:], billing.OfMember(m)))
			if got.State != billing.ReturnOpen {
				b.t.Errorf("%+v", got)
			}
			return m
		}, false, ""},
		dated{"ten years later", func(b buyer) uuid.UUID {
			m := b.known(b.buyNote(goodCard))
			b.clock.Advance(3650 * day)
			return m
		}, true, "purchase.paid"},
	)
}

func termRows() []dated {
	return append(paidOnce(buyer.buyTerm, "term.given"),
		dated{"paid back, and the owner lets them keep it", func(b buyer) uuid.UUID {
			b.rules(func(x *billing.SalesRules) { x.RefundCloses = false })
			m := b.known(b.buyTerm(goodCard))
			b.heardBack(m)
			return m
		}, true, "term.given"},
		dated{"its last moment", func(b buyer) uuid.UUID {
			m := b.known(b.buyTerm(goodCard))
			b.clock.Advance(billing.AddMonths(b.clock.Now(), 6).Sub(b.clock.Now()) - time.Microsecond)
			return m
		}, true, "term.given"},
		dated{"its end", func(b buyer) uuid.UUID {
			m := b.known(b.buyTerm(goodCard))
			b.clock.Advance(billing.AddMonths(b.clock.Now(), 6).Sub(b.clock.Now()))
			return m
		}, false, "term.given"},
	)
}

func giftRows() []dated {
	given := func(b buyer) (giver, friend uuid.UUID) {
		giver, friend = b.known(b.buyGift()), b.member()
		b.ok(b.office.DeliverGifts(b.t.Context()))
		return giver, friend
	}
	redeemed := func(b buyer) (giver, friend uuid.UUID) {
		giver, friend = given(b)
		must[*billing.Term](b.t)(b.office.RedeemGift(b.t.Context(), b.codeOf(giver), friend))
		return giver, friend
	}
	const sent, taken = "purchase.paid gift.delivered", "purchase.paid gift.delivered term.given gift.redeemed"
	return []dated{
		{"for its giver", func(b buyer) uuid.UUID { giver, _ := given(b); return giver }, false, sent},
		{"delivered, not redeemed", func(b buyer) uuid.UUID { _, friend := given(b); return friend }, false, sent},
		{"redeemed", func(b buyer) uuid.UUID { _, friend := redeemed(b); return friend }, true, taken},
		{"redeemed, at its end", func(b buyer) uuid.UUID {
			_, friend := redeemed(b)
			b.clock.Advance(billing.AddMonths(b.clock.Now(), 3).Sub(b.clock.Now()))
			return friend
		}, false, taken},
		{"redeemed, then paid back", func(b buyer) uuid.UUID {
			giver, friend := redeemed(b)
			b.heardBack(giver)
			return friend
		}, false, taken + " term.revoked purchase.revoked"},
		{"paid back before it was redeemed", func(b buyer) uuid.UUID {
			giver, friend := given(b)
			code := b.codeOf(giver)
			b.heardBack(giver)
			_, err := b.office.RedeemGift(b.t.Context(), code, friend)
			refused(b.t, err, "gift_not_found")
			return friend
		}, false, sent + " purchase.revoked"},
		{"not paid for yet", func(b buyer) uuid.UUID {
			giver, friend := b.member(), b.member()
			in := billing.GiftInput{Giver: giver, GiverName: "Ada", PlanSlug: "research", Months: 3, Recipient: "bo@example.com"}
			b.known(giver, b.payOnce(must[string](b.t)(b.office.BuyGift(b.t.Context(), in)), slowBank))
			b.ok(b.office.DeliverGifts(b.t.Context()))
			return friend
		}, false, ""},
	}
}
