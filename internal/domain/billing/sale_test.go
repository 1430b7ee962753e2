package billing_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// payOnce fills in the payment page of something that is paid once; it returns
// the session's id, or "" when the payment was refused.
func (s *shop) payOnce(page, with string) string {
	s.t.Helper()
	form := url.Values{"name": {"Ada Lind"}, "email": {"ada@example.com"}, "method": {"card"}, "number": {with}, "expiry": {"12/34"}, "cvc": {"123"}}
	if account, ok := strings.CutPrefix(with, "bank:"); ok {
		form = url.Values{"name": {"Ada Lind"}, "email": {"ada@example.com"}, "method": {"bank"}, "account": {account}}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(page, form)
	s.ok(err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusSeeOther {
		return ""
	}
	to, err := res.Location()
	s.ok(err)
	return to.Query().Get("session_id")
}

func (s *shop) bought(m uuid.UUID) int {
	s.t.Helper()
	return len(must[[]uuid.UUID](s.t)(s.office.BoughtNotes(s.t.Context(), m)))
}

func TestANoteIsBoughtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		m, note := s.member(), uuid.New()
		in := billing.BuyNoteInput{Member: m, Note: note, Title: "Film capacity", ReturnTo: "/notes/film"}
		_, err := s.office.BuyNote(t.Context(), in)
		refused(t, err, "not_for_sale")
		_, err = s.office.PriceNote(t.Context(), note, 900, "eur")
		refused(t, err, "sign_in_required")
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 900, "EUR"))

		pages := make([]string, 4)
		var all sync.WaitGroup
		for i := range pages {
			all.Go(func() {
				var err error
				if pages[i], err = s.office.BuyNote(t.Context(), in); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if pages[0] != pages[1] || pages[1] != pages[2] || pages[2] != pages[3] {
			t.Fatalf("several pages: %v", pages)
		}
		if s.bought(m) != 0 {
			t.Fatal("an open page grants something")
		}
		if s.payOnce(pages[0], noCard) != "" || s.bought(m) != 0 {
			t.Fatal("a declined card bought something")
		}
		session := s.payOnce(pages[0], goodCard)
		if s.bought(m) != 0 {
			t.Fatal("bought before anybody looked")
		}
		if got := must[billing.SaleReturn](t)(s.office.FinishSale(t.Context(), session, billing.OfMember(s.member()))); got.State != billing.ReturnNotYours {
			t.Errorf("somebody else is told %+v", got)
		}
		for range 2 {
			got := must[billing.SaleReturn](t)(s.office.FinishSale(t.Context(), session, billing.OfMember(m)))
			if got.State != billing.ReturnActive || got.Note != note.String() {
				t.Fatalf("%+v", got)
			}
		}
		if s.bought(m) != 1 || s.members.epoch(m) != 1 || s.number("SELECT COUNT(*) FROM journal WHERE verb = 'purchase.paid'") != 1 {
			t.Errorf("bought %d, epoch %d", s.bought(m), s.members.epoch(m))
		}
		_, err = s.office.BuyNote(t.Context(), in)
		refused(t, err, "already_bought")

		// Another price closes the page that was opened at the old one.
		next := s.member()
		in.Member = next
		old := must[string](t)(s.office.BuyNote(t.Context(), in))
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 1500, "eur"))
		dear := must[string](t)(s.office.BuyNote(t.Context(), in))
		if old == dear || s.payOnce(old, goodCard) != "" {
			t.Error("the page with the old price can still be paid")
		}
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 0, ""))
		_, err = s.office.BuyNote(t.Context(), in)
		refused(t, err, "not_for_sale")
	})
}

func TestASlowPaymentOpensWhenItArrives(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		note := uuid.New()
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 900, "eur"))
		for _, bank := range []string{slowBank, badBank} {
			m := s.member()
			in := billing.BuyNoteInput{Member: m, Note: note, Title: "Film", ReturnTo: "/"}
			session := s.payOnce(must[string](t)(s.office.BuyNote(t.Context(), in)), bank)
			got := must[billing.SaleReturn](t)(s.office.FinishSale(t.Context(), session, billing.OfMember(m)))
			if got.State != billing.ReturnProcessing || s.bought(m) != 0 {
				t.Fatalf("%+v", got)
			}
			_, err := s.office.BuyNote(t.Context(), in)
			refused(t, err, "payment_processing")
			s.pass(2 * day)
			if bank == slowBank {
				s.deliver(s.the(arrived, session))
			} else {
				s.deliver(s.the(bounced, session))
			}
			if want := map[string]int{slowBank: 1, badBank: 0}[bank]; s.bought(m) != want {
				t.Errorf("%s: bought %d", bank, s.bought(m))
			}
			pending := func() []billing.Pending { return must[[]billing.Pending](t)(s.office.PendingPurchases(t.Context(), m)) }
			if bank == slowBank {
				if got := pending(); len(got) != 0 {
					t.Errorf("%+v", got)
				}
				continue
			}
			if got := pending(); len(got) != 1 || !got[0].Failed || got[0].Note != note || got[0].Back != "/" {
				t.Errorf("%+v", got)
			}
			if got := must[billing.SaleReturn](t)(s.office.FinishSale(t.Context(), session, billing.OfMember(m))); got.State != billing.ReturnFailed {
				t.Errorf("%+v", got)
			}
			again := s.payOnce(must[string](t)(s.office.BuyNote(t.Context(), in)), goodCard) // they may try again
			must[billing.SaleReturn](t)(s.office.FinishSale(t.Context(), again, billing.OfMember(m)))
			if got := pending(); len(got) != 0 || s.bought(m) != 1 {
				t.Errorf("after another try: %+v", got)
			}
		}
	})
}

func TestARefundTakesBackByTheOwnersChoice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		note := uuid.New()
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 900, "eur"))
		buy := func() (m uuid.UUID, invoice string) {
			t.Helper()
			m = s.member()
			session := s.payOnce(must[string](t)(s.office.BuyNote(t.Context(), billing.BuyNoteInput{Member: m, Note: note, Title: "Film", ReturnTo: "/"})), goodCard)
			must[billing.SaleReturn](t)(s.office.FinishSale(t.Context(), session, billing.OfMember(m)))
			s.ok(s.db.Read(t.Context()).Raw("SELECT invoice_id FROM sales WHERE session_id = ?", session).Scan(&invoice).Error)
			return m, invoice
		}
		m, _ := buy()
		charge := s.call(http.MethodGet, "/v1/charges", "customer", s.customerOf(m))["data"].([]any)[0].(map[string]any)["id"].(string)
		s.call(http.MethodPost, "/v1/refunds", "charge", charge, "amount", "100")
		s.deliver(s.the("charge.refunded", charge))
		if s.bought(m) != 1 {
			t.Fatal("a part that was paid back takes everything back")
		}
		s.call(http.MethodPost, "/v1/refunds", "charge", charge)
		for range 2 {
			s.deliver(s.the("charge.refunded", charge))
		}
		if s.bought(m) != 0 || s.members.epoch(m) != 2 {
			t.Errorf("bought %d, epoch %d", s.bought(m), s.members.epoch(m))
		}
		s.rules(func(r *billing.SalesRules) { r.RefundCloses = false })
		m, invoice := buy()
		s.ok(billing.SaleRefunded(s.office, t.Context(), invoice))
		if s.bought(m) != 1 {
			t.Error("the refund took back what the owner lets them keep")
		}
	})
}

// gift buys a present and pays for it.
func (s *shop) gift(giver uuid.UUID, change ...func(*billing.GiftInput)) (invoice string) {
	s.t.Helper()
	in := billing.GiftInput{Giver: giver, GiverName: "Ada", PlanSlug: "research", Months: 3, Recipient: "bo@example.com", RecipientName: "Bo", Words: "Read on!"}
	for _, c := range change {
		c(&in)
	}
	session := s.payOnce(must[string](s.t)(s.office.BuyGift(s.t.Context(), in)), goodCard)
	got := must[billing.SaleReturn](s.t)(s.office.FinishSale(s.t.Context(), session, billing.OfMember(giver)))
	if got.State != billing.ReturnActive || got.Gift == "" {
		s.t.Fatalf("%+v", got)
	}
	s.ok(s.db.Read(s.t.Context()).Raw("SELECT invoice_id FROM sales WHERE session_id = ?", session).Scan(&invoice).Error)
	return invoice
}

func (s *shop) codeOf(giver uuid.UUID) string {
	s.t.Helper()
	gifts := must[[]*billing.Present](s.t)(s.office.GiftsOf(owner(s.t.Context()), giver))
	_, code, err := s.office.GiftLetter(owner(s.t.Context()), gifts[0].ID)
	s.ok(err)
	return code
}

func TestAPresentIsDeliveredOnItsDayAndRedeemedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		ada, bo, cy := s.member(), s.member(), s.member()
		_, err := s.office.BuyGift(t.Context(), billing.GiftInput{Giver: ada})
		refused(t, err, "gifts_not_sold")
		s.rules(func(r *billing.SalesRules) { r.Gifts = true })
		for _, bad := range []func(*billing.GiftInput){
			func(in *billing.GiftInput) { in.Recipient = "nobody" },
			func(in *billing.GiftInput) { in.Recipient = "Bo <bo@example.com>" },
			func(in *billing.GiftInput) { in.Months = 5 },
			func(in *billing.GiftInput) { in.GiverName = "a\nb" },
			func(in *billing.GiftInput) { in.DeliverAt = s.clock.Now().AddDate(2, 0, 0) },
		} {
			in := billing.GiftInput{Giver: ada, GiverName: "Ada", PlanSlug: "research", Months: 3, Recipient: "bo@example.com"}
			bad(&in)
			_, err := s.office.BuyGift(t.Context(), in)
			refused(t, err, "invalid_input")
		}
		s.gift(ada, func(in *billing.GiftInput) { in.DeliverAt = s.clock.Now().Add(5 * day) })
		delivered := func() int64 { return s.number("SELECT COUNT(*) FROM journal WHERE verb = 'gift.delivered'") }
		s.ok(s.office.DeliverGifts(t.Context()))
		if delivered() != 0 {
			t.Fatal("delivered before its day")
		}
		s.clock.Advance(5 * day)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := s.office.DeliverGifts(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if delivered() != 1 {
			t.Fatalf("delivered %d times", delivered())
		}
		_, _, err = s.office.GiftLetter(t.Context(), uuid.New())
		refused(t, err, "system_only")

		code := s.codeOf(ada)
		if len(code) != 19 || s.number("SELECT COUNT(*) FROM gifts WHERE code_hash LIKE ?", "%"+strings.ReplaceAll(code, "-", "")+"%") != 0 {
			t.Fatalf("the code %q is in the database", code)
		}
		_, err = s.office.RedeemGift(t.Context(), "AAAA-BBBB-CCCC-DDDD", bo)
		refused(t, err, "gift_not_found")

		before := s.give(bo, "research", 10) // the present begins when this ends
		var won, lost int
		var mu sync.Mutex
		for _, m := range []uuid.UUID{bo, cy, bo, cy} {
			all.Go(func() {
				_, err := s.office.RedeemGift(t.Context(), strings.ToLower(strings.ReplaceAll(code, "-", " ")), m)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if refused(t, err, "gift_redeemed"); true {
					lost++
				}
			})
		}
		all.Wait()
		terms := s.number("SELECT COUNT(*) FROM terms WHERE source = 'gift'")
		if terms != 1 || won < 1 || won > 2 || won+lost != 4 { // the winner may ask again
			t.Fatalf("%d terms, %d won, %d lost", terms, won, lost)
		}
		var got billing.Term
		s.ok(s.db.Read(t.Context()).Where("source = 'gift'").Take(&got).Error)
		if got.Owner.ID == bo && !got.StartsAt.Equal(before.EndsAt) || got.Owner.ID == cy && !got.StartsAt.Equal(s.clock.Now()) {
			t.Errorf("begins at %s", got.StartsAt)
		}
		if !got.EndsAt.Equal(billing.AddMonths(got.StartsAt, 3)) {
			t.Errorf("ends at %s", got.EndsAt)
		}
	})
}

func TestAPresentThatIsPaidBackOrForgottenIsLost(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		s.rules(func(r *billing.SalesRules) { r.Gifts, r.GiftKeeps = true, 1 })
		ada, bo := s.member(), s.member()

		invoice := s.gift(ada)
		code := s.codeOf(ada)
		s.ok(billing.SaleRefunded(s.office, t.Context(), invoice))
		_, err := s.office.RedeemGift(t.Context(), code, bo)
		refused(t, err, "gift_not_found")

		giver := s.member()
		invoice = s.gift(giver)
		must[*billing.Term](t)(s.office.RedeemGift(t.Context(), s.codeOf(giver), bo)) // before it was delivered
		s.ok(s.office.DeliverGifts(t.Context()))
		if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'gift.delivered'"); n != 0 {
			t.Error("delivered although it was redeemed, or paid back")
		}
		s.ok(billing.SaleRefunded(s.office, t.Context(), invoice))
		if got := s.termStandings(bo); len(got) != 0 {
			t.Errorf("the refund left %+v", got)
		}

		late := s.member()
		s.gift(late, func(in *billing.GiftInput) { in.Months = 12 })
		if n := s.number("SELECT amount FROM sales WHERE owner_id = ?", late); n != 49000 {
			t.Errorf("a year costs %d", n)
		}
		s.ok(s.office.DeliverGifts(t.Context()))
		s.clock.Advance(32 * day)
		_, err = s.office.RedeemGift(t.Context(), s.codeOf(late), bo)
		refused(t, err, "gift_expired")
		if gifts := must[[]*billing.Present](t)(s.office.GiftsOf(owner(t.Context()), late)); !gifts[0].Expired(s.clock.Now()) {
			t.Error("the giver does not see that it expired")
		}
	})
}
