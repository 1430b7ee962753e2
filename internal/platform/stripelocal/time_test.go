package stripelocal_test

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal"
)

// TestABrokenObjectHoldsUpNobody puts an object into the tables that nothing
// can be done with. Time passes for everybody else.
func TestABrokenObjectHoldsUpNobody(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i, text := range []string{`{"id":"sub_broken","object":"subscription","status":"active"}`, `no JSON`} {
		_, err := b.db.Exec(`INSERT INTO stripelocal_objects (id, object, created, clock, due, doc) VALUES (?, 'subscription', 1, '', 1, ?)`, fmt.Sprint("sub_broken", i), text)
		if err != nil {
			t.Fatal(err)
		}
	}
	id, _ := b.visit(b.price(100, "month"))
	b.clock.Advance(25 * time.Hour)
	b.settle()
	if got := b.must("GET", "/v1/checkout/sessions/"+id).str("status"); got != "expired" {
		t.Errorf("the session behind it is %s", got)
	}
	if log := b.log.String(); !strings.Contains(log, "sub_broken") {
		t.Errorf("the log does not name it: %s", log)
	}
}

// TestAWorldThatWasMovedStaysMoved restarts the stand-in, with the world's
// clock and without: those under it keep their time.
func TestAWorldThatWasMovedStaysMoved(t *testing.T) {
	t.Parallel()
	path, now := filepath.Join(t.TempDir(), "local.db"), clock.NewManual(midnight)
	var sub string
	run := func(world bool, use func(*bench)) {
		db := openDB(t, path)
		defer db.Close()
		front := httptest.NewUnstartedServer(nil)
		url := "http://" + front.Listener.Addr().String()
		s, err := stripelocal.New(stripelocal.Config{DB: db, Clock: now, PublicURL: url, SecretKey: secretKey, WorldClock: world, Tick: 5 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		front.Config.Handler = s.Handler()
		front.Start()
		defer front.Close()
		s.Start()
		defer s.Close()
		use(&bench{t: t, url: url, local: s, db: db, clock: now})
	}
	run(true, func(b *bench) {
		id, page := b.visit(b.price(4900, "month"))
		b.browse("POST", page, card("4242424242424242")...)
		sub = b.must("GET", "/v1/checkout/sessions/"+id).str("subscription")
		b.browse("POST", "/clocks/clock_world/advance", "by", "renewal").leads("/")
		b.settle()
	})
	periods := func(b *bench) string {
		s := b.must("GET", "/v1/subscriptions/"+sub)
		return time.Unix(s.int("current_period_start"), 0).UTC().Format("Jan 2") + " to " + time.Unix(s.int("current_period_end"), 0).UTC().Format("Jan 2")
	}
	run(true, func(b *bench) {
		if got := periods(b); got != "Feb 29 to Mar 31" {
			t.Errorf("after a restart: %s", got)
		}
		if got := time.Unix(b.must("GET", "/v1/test_helpers/test_clocks/clock_world").int("frozen_time"), 0).UTC(); !got.Equal(midnight.AddDate(0, 0, 29).Add(time.Hour + time.Minute)) {
			t.Errorf("the world's clock shows %s", got)
		}
	})
	run(false, func(b *bench) {
		now.Advance(32 * 24 * time.Hour)
		b.settle()
		if got := periods(b); got != "Mar 31 to Apr 30" {
			t.Errorf("a month later, without a world for new ones: %s", got)
		}
		if c := b.must("POST", "/v1/customers"); c.int("created") != now.Now().Unix() {
			t.Error("a new customer does not live in real time")
		}
	})
}

// TestTimeMissedIsCaughtUpInOrder leaves the stand-in off for three months.
func TestTimeMissedIsCaughtUpInOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	cus := b.must("POST", "/v1/customers", "payment_method", "pm_card_visa", "invoice_settings[default_payment_method]", "pm_card_visa").str("id")
	sub := b.must("POST", "/v1/subscriptions", "customer", cus, "items[0][price]", b.price(2000, "month")).str("id")
	b.clock.Set(midnight.AddDate(0, 0, 91).Add(2 * time.Hour)) // 1 May
	b.settle()
	list := b.must("GET", "/v1/invoices", "subscription", sub)
	var dates []string
	for i := range list.list("data") {
		dates = append(dates, time.Unix(list.int(fmt.Sprintf("data.%d.created", i)), 0).UTC().Format("2 Jan")+" "+list.str(fmt.Sprintf("data.%d.status", i)))
	}
	if got := strings.Join(dates, ", "); got != "30 Apr paid, 31 Mar paid, 29 Feb paid, 31 Jan paid" {
		t.Errorf("invoices of %s", got)
	}
	var last int64
	for _, e := range b.must("GET", "/v1/events", "limit", "100", "types[]", "invoice.created", "types[]", "invoice.paid").list("data") {
		at := doc(e.(map[string]any)).int("created")
		if last != 0 && at > last {
			t.Error("events are not in the order of time")
		}
		last = at
	}
}

// TestTwoClocksDoNotTouchEachOther moves one of two clocks.
func TestTwoClocksDoNotTouchEachOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, two := begin(t, b, "pm_card_visa"), begin(t, b, "pm_card_visa")
	one.when(70, 0)
	if got := two.must("GET", "/v1/subscriptions/"+two.sub).int("current_period_start"); got != midnight.Unix() {
		t.Error("the other clock's subscription was renewed")
	}
	if got := b.must("GET", "/v1/test_helpers/test_clocks/"+two.clockID).int("frozen_time"); got != midnight.Unix() {
		t.Error("the other clock has moved")
	}
	ids := b.must("GET", "/v1/test_helpers/test_clocks").ids()
	if len(ids) != 2 {
		t.Errorf("%d clocks are listed", len(ids))
	}
}
