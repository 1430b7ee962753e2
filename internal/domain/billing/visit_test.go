package billing_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// visit opens a page, for the member or for a stranger.
func (s *shop) visit(in billing.CheckoutInput) billing.Visited {
	s.t.Helper()
	return must[billing.Visited](s.t)(s.office.Visit(s.t.Context(), in))
}

// payAs fills in the payment page with an address.
func (s *shop) payAs(page, email, with string) (session string) {
	s.t.Helper()
	form := url.Values{"name": {"Bo Ek"}, "email": {email}, "method": {"card"}, "number": {with}, "expiry": {"12/34"}, "cvc": {"123"}}
	if with == "wallet" {
		form = url.Values{"name": {"Bo Ek"}, "method": {"wallet"}, "wallet": {email}}
	}
	if account, ok := strings.CutPrefix(with, "bank:"); ok {
		form = url.Values{"name": {"Bo Ek"}, "email": {email}, "method": {"bank"}, "account": {account}}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(page, form)
	s.ok(err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusSeeOther {
		return ""
	}
	to := must[*url.URL](s.t)(res.Location())
	return to.Query().Get("session_id")
}

// memberBy finds a member by address.
func (s *shop) memberBy(email string) uuid.UUID {
	s.members.mu.Lock()
	defer s.members.mu.Unlock()
	for id, p := range s.members.payers {
		if p.Email == email {
			return id
		}
	}
	return uuid.Nil
}

func monthly() billing.CheckoutInput {
	return billing.CheckoutInput{PlanSlug: "research", Interval: billing.Monthly, ReturnTo: "/notes/film"}
}

func TestAStrangerBuys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		t.Run("and is a member when they come back, whoever tells first", func(t *testing.T) {
			for _, order := range []string{"return first", "webhook first", "subscription first"} {
				email := strings.ReplaceAll(order, " ", "-") + "@example.com"
				v := s.visit(monthly())
				session := s.payAs(v.URL, email, goodCard)
				sub := must[stripeapi.CheckoutSession](t)(s.stripe.CheckoutSession(t.Context(), session)).SubscriptionID
				switch order {
				case "webhook first":
					s.deliver(s.the(completed, sub))
				case "subscription first":
					if out := must[billing.Outcome](t)(s.office.Sync(t.Context(), sub)); out.Ignored == "" {
						t.Error("it belonged to somebody before it was claimed")
					}
				}
				r := must[billing.Return](t)(s.office.FinishVisit(t.Context(), session, uuid.Nil, v.Secret))
				m := s.memberBy(email)
				if r.State != billing.ReturnActive || r.Email != email || r.Plan != "research" || m == uuid.Nil || !s.open(m) {
					t.Errorf("%s: %+v, member %s", order, r, m)
				}
				s.deliver(s.the(completed, sub))
				if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'checkout.claimed' AND subject_id = (SELECT CAST(id AS TEXT) FROM checkouts WHERE session_id = ?)", session); n != 1 {
					t.Errorf("%s: told %d times", order, n)
				}
			}
		})
		t.Run("and only their browser sees it", func(t *testing.T) {
			v := s.visit(monthly())
			session := s.payAs(v.URL, "secret@example.com", goodCard)
			for _, guess := range []string{"", "guess"} {
				if r := must[billing.Return](t)(s.office.FinishVisit(t.Context(), session, uuid.Nil, guess)); r.State != billing.ReturnNotYours || r.Email != "" {
					t.Errorf("%+v", r)
				}
			}
		})
		t.Run("with the address of a member, it is that member's", func(t *testing.T) {
			m := s.member()
			email := must[billing.Payer](t)(s.members.Payer(t.Context(), m)).Email
			v := s.visit(monthly())
			session := s.payAs(v.URL, strings.ToUpper(email[:1])+email[1:], goodCard)
			if r := must[billing.Return](t)(s.office.FinishVisit(t.Context(), session, uuid.Nil, v.Secret)); r.State != billing.ReturnActive || r.Doubled || !s.open(m) {
				t.Errorf("%+v", r)
			}
			again := s.visit(monthly())
			session = s.payAs(again.URL, email, goodCard)
			if r := must[billing.Return](t)(s.office.FinishVisit(t.Context(), session, uuid.Nil, again.Secret)); !r.Doubled {
				t.Errorf("a second subscription is not told of: %+v", r)
			}
		})
		t.Run("also when no word comes at all", func(t *testing.T) {
			v := s.visit(monthly())
			s.payAs(v.URL, "silent@example.com", goodCard)
			s.pass(2 * time.Hour)
			s.ok(s.office.SettleVisits(t.Context()))
			if m := s.memberBy("silent@example.com"); m == uuid.Nil || !s.open(m) {
				t.Error("paid and not let in")
			}
		})
		t.Run("but not when the owner wants an account first, or for free days", func(t *testing.T) {
			must[billing.Selling](t)(s.office.ChangeSelling(owner(t.Context()), func(x *billing.Selling) { x.AccountFirst = true }))
			_, err := s.office.Visit(t.Context(), monthly())
			refused(t, err, "account_needed")
			must[billing.Selling](t)(s.office.ChangeSelling(owner(t.Context()), func(x *billing.Selling) { x.AccountFirst = false }))
			in := research()
			in.TrialDays = 14
			s.sell(in)
			_, err = s.office.Visit(t.Context(), monthly())
			refused(t, err, "account_needed")
		})
	})
}

func TestAWalletOfAnotherAddressMakesNoSecondAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		in := monthly()
		in.Member = m
		session := s.payAs(s.visit(in).URL, "wallet@elsewhere.example", "wallet")
		r := must[billing.Return](t)(s.office.FinishCheckout(t.Context(), session, m))
		if r.State != billing.ReturnActive || !s.open(m) || s.memberBy("wallet@elsewhere.example") != uuid.Nil {
			t.Errorf("%+v", r)
		}
	})
}

func TestTrialsAreGivenOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		in := research()
		in.TrialDays = 14
		s.sell(in)
		s.offer(billing.OfferInput{Code: "TRY30", Kind: billing.SignUp, Terms: billing.Terms{Gift: billing.FreeTrial, TrialDays: 30}, OfferChange: billing.OfferChange{Name: "A month"}})
		m := s.member()
		w := monthly()
		w.Member, w.Offer = m, "try30"
		session := s.pay(s.visit(w).URL, goodCard)
		sub := must[stripeapi.CheckoutSession](t)(s.stripe.CheckoutSession(t.Context(), session)).SubscriptionID
		must[billing.Return](t)(s.office.FinishCheckout(t.Context(), session, m))
		if row := s.row(sub); row.Status != billing.Trialing || row.TrialEnd.Sub(s.clock.Now()) < 29*24*time.Hour {
			t.Fatalf("%+v", row)
		}
		s.cancelNow(sub)
		must[billing.Outcome](t)(s.office.Sync(t.Context(), sub))
		_, err := s.office.Visit(t.Context(), w)
		refused(t, err, "trial_used")
		w.Offer = ""
		session = s.pay(s.visit(w).URL, goodCard)
		sub = must[stripeapi.CheckoutSession](t)(s.stripe.CheckoutSession(t.Context(), session)).SubscriptionID
		must[billing.Return](t)(s.office.FinishCheckout(t.Context(), session, m))
		if row := s.row(sub); row.Status != billing.Active || row.TrialEnd != nil {
			t.Errorf("free days were given twice: %+v", row)
		}
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
		if days := must[int64](t)(s.office.TrialFor(t.Context(), m, plan)); days != 0 {
			t.Errorf("%d days are promised", days)
		}
	})
}

func TestOffersAtCheckout(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		must[billing.Selling](t)(s.office.ChangeSelling(owner(t.Context()), func(x *billing.Selling) { x.PromotionBox = true }))
		with := func(code string) billing.CheckoutInput {
			in := monthly()
			in.Member, in.Offer = s.member(), code
			return in
		}
		session := func(page string) map[string]any {
			return s.call("GET", "/v1/checkout/sessions/"+page[strings.LastIndex(page, "/")+1:])
		}
		t.Run("the box for codes is there without one, and not with one", func(t *testing.T) {
			s.offer(quarterOff("QUARTER"))
			if got := session(s.visit(with("")).URL); got["allow_promotion_codes"] != true {
				t.Errorf("%v", got["allow_promotion_codes"])
			}
			in := with("quarter")
			got := session(s.visit(in).URL)
			if got["allow_promotion_codes"] != nil || got["amount_total"] != float64(3675) {
				t.Errorf("%v %v", got["allow_promotion_codes"], got["amount_total"])
			}
			id := s.pay(s.visit(in).URL, goodCard)
			must[billing.Return](t)(s.office.FinishCheckout(t.Context(), id, in.Member))
			rows := must[[]billing.OfferRow](t)(s.office.Offers(owner(t.Context())))
			if rows[0].Taken != 1 || rows[0].Held != 0 {
				t.Errorf("%+v", rows[0])
			}
		})
		t.Run("the last place is given once", func(t *testing.T) {
			in := quarterOff("FEW")
			in.MaxRedemptions = 3
			s.offer(in)
			var all sync.WaitGroup
			var mu sync.Mutex
			pages, others := map[uuid.UUID]string{}, map[string]int{}
			for range 8 {
				w := with("FEW")
				all.Go(func() {
					v, err := s.office.Visit(t.Context(), w)
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						others[fault.Of(err).Code]++
						return
					}
					pages[w.Member] = v.URL
				})
			}
			all.Wait()
			if len(pages) != 3 || others["offer_used_up"] != 5 {
				t.Fatalf("%d pages, %v", len(pages), others)
			}
			for member, page := range pages {
				id := s.pay(page, goodCard)
				must[billing.Return](t)(s.office.FinishCheckout(t.Context(), id, member))
			}
			_, err := s.office.Visit(t.Context(), with("FEW"))
			refused(t, err, "offer_used_up")
			_, err = s.office.OfferByCode(t.Context(), "FEW")
			refused(t, err, "offer_used_up")
		})
		t.Run("who asks for a place waits for who asked before", func(t *testing.T) {
			if e.Name == db.SQLite {
				return // there is one writer
			}
			s.offer(quarterOff("WAITS"))
			w, done := with("WAITS"), make(chan error, 1)
			s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
				err := s.db.Write(ctx).Exec("SELECT 1 FROM offers WHERE code = 'WAITS' FOR NO KEY UPDATE").Error
				go func() {
					_, err := s.office.Visit(context.WithoutCancel(t.Context()), w)
					done <- err
				}()
				const waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
				eventually(t, "it waits or is over", func() bool { return len(done) > 0 || s.number(waiting) > 0 })
				if len(done) > 0 {
					t.Error("it did not wait")
				}
				return err
			}))
			s.ok(<-done)
		})
		t.Run("a place that was left is free again", func(t *testing.T) {
			in := quarterOff("LEFT")
			in.MaxRedemptions = 1
			s.offer(in)
			w := with("LEFT")
			s.visit(w)
			other := with("LEFT")
			_, err := s.office.Visit(t.Context(), other)
			refused(t, err, "offer_used_up")
			w.Offer = "" // another wish closes the page that held the place
			s.visit(w)
			s.visit(other)
		})
		t.Run("not for another plan, and not in another currency", func(t *testing.T) {
			s.sell(billing.PlanInput{Slug: "other", Name: "Other", Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 100, Currency: "usd"}}})
			in := quarterOff("ONLYOTHER")
			in.Plan = "other"
			s.offer(in)
			_, err := s.office.Visit(t.Context(), with("ONLYOTHER"))
			refused(t, err, "offer_other_plan")
			s.offer(billing.OfferInput{
				Code: "DOLLARS", Kind: billing.SignUp, Terms: billing.Terms{Gift: billing.AmountOff, Amount: 50, Currency: "usd", Duration: billing.Forever}, OfferChange: billing.OfferChange{Name: "x"},
			})
			_, err = s.office.Visit(t.Context(), with("DOLLARS"))
			refused(t, err, "offer_other_currency")
			_, err = s.office.Visit(t.Context(), with("NOSUCH"))
			refused(t, err, "offer_not_found")
		})
	})
}

func TestBuyingATerm(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell(team())
		term := func(m uuid.UUID) billing.CheckoutInput {
			return billing.CheckoutInput{Member: m, PlanSlug: "team", Interval: billing.PaidOnce, Months: 6, Quantity: 5, ReturnTo: "/plans"}
		}
		t.Run("opens it until its end, and again after it", func(t *testing.T) {
			m := s.member()
			end := s.clock.Now()
			for i := 1; i <= 2; i++ {
				id := s.pay(s.visit(term(m)).URL, goodCard)
				r := must[billing.Return](t)(s.office.FinishCheckout(t.Context(), id, m))
				must[billing.Return](t)(s.office.FinishCheckout(t.Context(), id, m))
				end = billing.AddMonths(end, 6)
				if r.State != billing.ReturnActive || r.Until == nil || !r.Until.Equal(end) || r.Plan != "team" {
					t.Errorf("%+v, want until %s", r, end)
				}
				terms := must[[]*billing.Term](t)(s.office.Terms(owner(t.Context()), m))
				if len(terms) != i || terms[0].Seats != 5 || terms[0].Amount != 100000 || terms[0].Source != billing.TermPurchase {
					t.Errorf("%+v", terms[0])
				}
			}
		})
		t.Run("by a slow payment opens when it arrives, or never", func(t *testing.T) {
			for account, want := range map[string]billing.ReturnState{slowBank: billing.ReturnActive, badBank: billing.ReturnFailed} {
				m := s.member()
				id := s.pay(s.visit(term(m)).URL, account)
				if r := must[billing.Return](t)(s.office.FinishCheckout(t.Context(), id, m)); r.State != billing.ReturnProcessing {
					t.Fatalf("%+v", r)
				}
				if got := must[[]billing.Pending](t)(s.office.PendingPurchases(t.Context(), m)); len(got) != 1 || got[0].Failed || got[0].Plan.Slug != "team" {
					t.Errorf("%+v", got)
				}
				if n := len(must[[]*billing.Term](t)(s.office.Terms(owner(t.Context()), m))); n != 0 {
					t.Error("open before it is paid")
				}
				s.pass(25 * time.Hour)
				s.ok(s.office.SettleVisits(t.Context()))
				if r := must[billing.Return](t)(s.office.FinishCheckout(t.Context(), id, m)); r.State != want {
					t.Errorf("%s: %+v", account, r)
				}
				got := must[[]billing.Pending](t)(s.office.PendingPurchases(t.Context(), m))
				if failed := want == billing.ReturnFailed; failed != (len(got) == 1 && got[0].Failed) {
					t.Errorf("%s: %+v", account, got)
				}
			}
		})
		t.Run("not for fewer seats than are sold", func(t *testing.T) {
			in := term(s.member())
			for _, n := range []int64{1, 2, 101} {
				in.Quantity = n
				_, err := s.office.Visit(t.Context(), in)
				refused(t, err, "bad_quantity")
			}
			in.Quantity, in.Months = 0, 12
			_, err := s.office.Visit(t.Context(), in)
			refused(t, err, "interval_not_sold")
		})
	})
}

func TestSeatsByQuantity(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell(team())
		m := s.member()
		id := s.pay(s.visit(billing.CheckoutInput{Member: m, PlanSlug: "team", Interval: billing.Monthly, Quantity: 11}).URL, goodCard)
		must[billing.Return](t)(s.office.FinishCheckout(t.Context(), id, m))
		h := must[[]billing.Holding](t)(s.office.Holdings(owner(t.Context()), m))[0]
		if h.Quantity != 11 || h.Amount*h.Quantity > 54000 || h.Amount*h.Quantity < 53980 {
			t.Errorf("%d seats at %d", h.Quantity, h.Amount)
		}
	})
}

func TestASlowFirstPaymentKeepsItClosed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sub  stripeapi.Subscription
		want bool
	}{
		"on its way":      {stripeapi.Subscription{Status: stripeapi.Active, LatestInvoice: &stripeapi.Invoice{Status: "open", BillingReason: "subscription_create", AmountRemaining: 5}}, true},
		"paid":            {stripeapi.Subscription{Status: stripeapi.Active, LatestInvoice: &stripeapi.Invoice{Status: "paid", BillingReason: "subscription_create"}}, false},
		"a renewal":       {stripeapi.Subscription{Status: stripeapi.Active, LatestInvoice: &stripeapi.Invoice{Status: "open", BillingReason: "subscription_cycle", AmountRemaining: 5}}, false},
		"billed by mail":  {stripeapi.Subscription{Status: stripeapi.Active, SendInvoice: true, LatestInvoice: &stripeapi.Invoice{Status: "open", BillingReason: "subscription_create", AmountRemaining: 5}}, false},
		"nothing to bill": {stripeapi.Subscription{Status: stripeapi.Active}, false},
	} {
		if got := (&c.sub).FirstUnpaid(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTaxesAreAsked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		must[billing.Selling](t)(s.office.ChangeSelling(owner(t.Context()), func(x *billing.Selling) { x.AutomaticTax, x.TaxIDs = true, true }))
		in := monthly()
		for _, in.Member = range []uuid.UUID{s.member(), uuid.Nil} {
			page := s.visit(in).URL
			got := s.call("GET", "/v1/checkout/sessions/"+page[strings.LastIndex(page, "/")+1:])
			auto, _ := got["automatic_tax"].(map[string]any)
			if auto["enabled"] != true || got["tax_id_collection"] == nil {
				t.Errorf("%v %v", auto, got["tax_id_collection"])
			}
		}
		_, err := s.office.ChangeSelling(t.Context(), func(x *billing.Selling) { x.TaxIDs = false })
		if fault.Of(err) == nil {
			t.Error("anybody may decide")
		}
	})
}
