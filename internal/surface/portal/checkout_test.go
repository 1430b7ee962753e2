package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

const (
	goodCard = "4242424242424242"
	slowBank = "000123456789"
	badBank  = "000111111116"
)

// shop is a stage that sells, with the stand-in for Stripe.
func shop(t *testing.T, e dbtest.Engine) *stage {
	t.Helper()
	s := setup(t, e)
	s.publish()
	s.withStripe()
	if err := s.office.MirrorPlans(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// pay fills in the payment page and returns where it sends the buyer.
func (s *stage) pay(address string, form url.Values) string {
	s.Helper()
	form.Set("name", "Ada Lind")
	form.Set("email", "ada@example.org")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(address, form)
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	back, found := strings.CutPrefix(res.Header.Get("Location"), base)
	if !found {
		s.Fatalf("the payment page answered %d, %q", res.StatusCode, res.Header.Get("Location"))
	}
	return back
}

func (s *stage) payByCard(address string) string {
	return s.pay(address, url.Values{"method": {"card"}, "number": {goodCard}, "expiry": {"12/34"}, "cvc": {"123"}})
}

// buys goes from the plans to the payment page.
func (b *browser) buys(plan, interval, note string) (payment string) {
	b.Helper()
	p := b.send("/checkout", "plan", plan, "interval", interval, "note", note)
	payment = p.header.Get("Location")
	if p.status != 303 || !strings.HasPrefix(payment, b.wire.url) {
		b.Fatalf("%d to %q\n%s", p.status, payment, clip(p.body))
	}
	p.private()
	return payment
}

// TestBuying goes the whole way: a stranger reads, chooses, signs in, pays,
// and reads on.
func TestBuying(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.browser()
		b.get("/notes/the-count").has(`href="/plans?note=the-count"`).lacks(secrets...)
		b.get("/plans?note=the-count").has(`action="/checkout" method="post"`, `name="note" value="the-count"`, `name="plan" value="house"`)
		order := "/checkout?interval=year&note=the-count&plan=house"
		b.send("/checkout", "plan", "house", "interval", "year", "note", "the-count").goesTo(order)
		b.get(order).is(200).has("You need no account to pay", "Log in first").private().checkHTML()
		b.get("/sign-in?next=" + url.QueryEscape(order)).has("Then your order goes on.")
		code, _ := b.asks("jun@example.org", order)
		b.send("/sign-in/code", "code", code).goesTo(order)
		b.get(order).is(200).has("House", "$14,500", "a year", "All of House", "“The count”", `name="interval" value="year"`).private().checkHTML()

		payment := b.buys("house", "year", "the-count")
		if again := b.buys("house", "year", "the-count"); again != payment {
			t.Error("the same wish opened a second payment page")
		}
		session := "/checkout/return?session_id=" + sessionOf(payment)
		b.get(session).is(200).has("Nothing has been paid", "Go on to payment").checkHTML()
		b.get("/notes/the-count").lacks(secrets...)

		back := s.payByCard(payment)
		if back != session {
			t.Fatalf("sent to %q, want %q", back, session)
		}
		stranger, other := s.browser(), s.signedIn("eve@example.org")
		stranger.get(back).goesTo("/sign-in?next=" + url.QueryEscape(back))
		other.get(back).is(200).has("This order is not yours").checkHTML()
		b.get(back).is(200).has("Thank you, you are in", "subscription to House is open", "Read “The count”", `href="/notes/the-count"`).private().checkHTML()
		b.get("/notes/the-count").is(200).has(secrets...).private()
		other.get("/notes/the-count").lacks(secrets...)

		b.get("/plans").is(200).has("Your plan", "Manage", `class="plan mine"`).lacks(">Subscribe<").checkHTML()
		b.send("/checkout", "plan", "reader", "interval", "month").goesTo("/checkout?interval=month&plan=reader")
		b.get("/checkout?interval=month&plan=reader").is(200).has("You have a subscription already", "Yours is House", "Change your plan").lacks("Go to payment").checkHTML()
		b.get("/checkout?interval=month&plan=house").is(200).has("You have House already").checkHTML()
	})
}

// sessionOf takes the session's id out of the address of a payment page.
func sessionOf(payment string) string {
	at := strings.Index(payment, "cs_")
	if at < 0 {
		return ""
	}
	id := payment[at:]
	if end := strings.IndexAny(id, "/?#"); end >= 0 {
		id = id[:end]
	}
	return id
}

// TestASlowPayment waits for the bank.
func TestASlowPayment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.signedIn("jun@example.org")
		payment := b.buys("reader", "month", "twelve-weeks")
		back := s.pay(payment, url.Values{"method": {"bank"}, "account": {slowBank}})
		b.get(back).is(200).has("Your payment is on its way", "Back to the note").checkHTML()
		b.get("/notes/twelve-weeks").has("Your payment is on its way").lacks(secrets...)
		b.get("/account").has("Waiting for payment", "Your first payment has not arrived yet.").checkHTML()
		b.send("/checkout", "plan", "reader", "interval", "month").goesTo("/account?notice=payment_processing")
		b.get("/account?notice=payment_processing").has("A payment of yours is still on its way.")
	})
}

// TestSlowPaymentsOfWhatIsPaidOnce: the account tells of notes, presents and
// terms that are on their way, and of payments that did not arrive.
func TestSlowPaymentsOfWhatIsPaidOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.signedIn("jun@example.org")
		note := uuid.New()
		ok(s.office.PriceNote(s.staff, note, 900, "eur"))
		ok(s.office.ChangeSalesRules(s.staff, func(r *billing.SalesRules) { r.Gifts = true }))
		buy := billing.BuyNoteInput{Member: b.member, Note: note, Title: "Twelve weeks <of> film", ReturnTo: "/notes/twelve-weeks"}
		slow := url.Values{"method": {"bank"}, "account": {slowBank}}
		b.get("/account").lacks("Not paid yet")
		for range 2 {
			back := s.pay(ok(s.office.BuyNote(t.Context(), buy)), slow)
			b.get(back).is(200).has("The note opens by itself")
			buy.Note = uuid.New()
			ok(s.office.PriceNote(s.staff, buy.Note, 900, "eur"))
			slow.Set("account", badBank)
		}
		gift := billing.GiftInput{Giver: b.member, GiverName: "Jun", PlanSlug: "reader", Months: 3, Recipient: "bo@example.com"}
		b.get(s.pay(ok(s.office.BuyGift(t.Context(), gift)), slow)).is(200).has("The present goes out by itself")
		b.get("/account").has("Not paid yet", "Twelve weeks &lt;of&gt; film", "The note opens by itself", "Reader, a present for 3 months", "The present goes out by itself").
			lacks("did not arrive").private().checkHTML()
		s.now.Advance(2 * 24 * time.Hour)
		if err := s.local.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.office.SettleVisits(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.get("/account").has("The payment for Twelve weeks &lt;of&gt; film did not arrive.", `href="/notes/twelve-weeks"`, "The payment for Reader, a present for 3 months did not arrive.", `href="/gift"`).
			lacks("by itself").checkHTML()
		s.signedIn("eve@example.org").get("/account").lacks("Not paid yet", "Twelve weeks &lt;of&gt;")
		s.now.Advance(15 * 24 * time.Hour)
		b.get("/account").lacks("Not paid yet")
	})
}

// TestOddOrders asks for what is not sold.
func TestOddOrders(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		yearly := fixturePlans()[0]
		yearly.Slug, yearly.Name, yearly.Prices = "yearly", "Yearly", yearly.Prices[1:]
		ok(s.office.PutPlan(s.staff, yearly))
		b := s.signedIn("jun@example.org")
		b.send("/checkout", "plan", "none", "interval", "month").is(404)
		b.send("/checkout", "plan", "founder", "interval", "month").is(410).has("is no longer sold", "See the plans").checkHTML()
		b.send("/checkout").is(404)
		b.get("/checkout").is(404)
		b.get("/checkout?plan=founder&interval=month").is(410)
		b.get("/plans/founder").is(410).has("is no longer sold").checkHTML()
		b.get("/plans/quiet").is(200).has("$77").checkHTML()
		b.get("/plans").lacks("$77")
		b.send("/checkout", "plan", "yearly", "interval", "month").goesTo("/checkout?interval=month&plan=yearly")
		b.get("/checkout?interval=month&plan=yearly").is(200).has("$490", `name="interval" value="year"`)
		b.send("/checkout", "plan", "yearly", "interval", "year").is(503).has("This price is being set up.").checkHTML()
		b.get("/checkout?plan=quiet&interval=month").is(200).has("$77")
		b.get("/checkout/return").is(200).has("This order is not yours")
		b.get("/checkout/return?session_id=cs_%00%ff").is(200).has("This order is not yours")
	})
}

// TestWhenThePaymentServiceIsAway shows kind words and changes nothing.
func TestWhenThePaymentServiceIsAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.signedIn("jun@example.org")
		payment := b.buys("reader", "month", "")
		back := s.payByCard(payment)
		b.get(back).has("Thank you, you are in", "Start reading")
		s.wire.cut()
		b.get(back).is(200).has("We cannot see your payment yet", "Look again").checkHTML()
		b.get("/account").is(200).has("Reader", "$49 a month", "The payment service does not answer", "31 August 2026").checkHTML()
		b.get("/notes/twelve-weeks").has(secrets...)
		b.send("/account/billing").goesTo("/account?notice=billing_away")
		b.get("/account?notice=billing_away").has("does not answer at the moment", "Nothing was changed.")
		b.send("/account/cancel", "subscription", b.subscription()).goesTo("/account?notice=billing_away")
		other := s.signedIn("lena@example.org")
		other.send("/checkout", "plan", "reader", "interval", "month").is(503).has("Reader").checkHTML()
		other.get("/plans").is(200).has("$49")
	})
}

// subscription is the id of the member's subscription.
func (b *browser) subscription() string {
	b.Helper()
	for _, h := range ok(b.office.Holdings(b.staff, b.member)) {
		return h.ID.String()
	}
	b.Fatal("no subscription")
	return ""
}
