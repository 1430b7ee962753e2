package billing

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// firm is a stand-in without HTTP: a book, rules and a clock.
type firm struct {
	t     rapid.TB
	book  *book.Book
	rules *Rules
	clock *clock.Manual

	prices, customers, subs []string
}

// tester is a test or one history of a property.
type tester interface {
	rapid.TB
	Cleanup(func())
}

func newFirm(t tester, dir string) *firm {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "books.db")+"?_pragma=synchronous(OFF)&_pragma=journal_mode(WAL)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	b, err := book.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	f := &firm{t: t, book: b, clock: clock.NewManual(time.Date(2024, 1, 31, 10, 0, 0, 0, time.UTC))}
	f.rules = &Rules{Clock: f.clock, BaseURL: "http://127.0.0.1", RetryGaps: []time.Duration{72 * time.Hour, 120 * time.Hour}, AfterRetries: object.Canceled}
	return f
}

// do runs a verb in a transaction. A refusal is an answer; anything else
// fails the test. It tells whether the verb was carried out.
func (f *firm) do(verb func(*Unit) (object.Record, error)) (rec object.Record, done bool) {
	f.t.Helper()
	var refused *wire.Error
	err := f.book.Write(context.Background(), func(tx *book.Tx) error {
		u, err := f.rules.Begin(tx, object.EventRequest{ID: "req_1"})
		if err != nil {
			return err
		}
		rec, err = verb(u)
		if errors.As(err, &refused) && refused.Keep {
			return nil
		}
		return err
	})
	if err != nil && !errors.As(err, &refused) {
		f.t.Fatalf("it broke: %v", err)
	}
	return rec, refused == nil
}

func (f *firm) must(verb func(*Unit) (object.Record, error)) string {
	f.t.Helper()
	rec, done := f.do(verb)
	if !done {
		f.t.Fatal("refused")
	}
	return rec.Header().ID
}

// pass lets time go by and does what becomes due.
func (f *firm) pass(d time.Duration) {
	f.t.Helper()
	f.clock.Advance(d)
	for range 5000 {
		var woken Woken
		err := f.book.Write(context.Background(), func(tx *book.Tx) (err error) {
			woken, err = f.rules.Step(tx, "")
			return err
		})
		if err != nil {
			f.t.Fatalf("time broke at %s: %v", woken.ID, err)
		}
		if woken == (Woken{}) {
			return
		}
	}
	f.t.Fatal("time does not pass")
}

// open makes a catalogue of three monthly and one yearly price.
func (f *firm) open() {
	prod := f.must(func(u *Unit) (object.Record, error) { return u.CreateProduct(wire.Values{"name": "Notes"}) })
	for _, p := range []struct {
		amount   int64
		interval string
	}{{1000, "month"}, {3333, "month"}, {5000, "month"}, {49_999, "year"}} {
		f.prices = append(f.prices, f.must(func(u *Unit) (object.Record, error) {
			return u.CreatePrice(wire.Values{"product": prod, "currency": "usd", "unit_amount": p.amount, "recurring": wire.Values{"interval": p.interval}})
		}))
	}
}

func cards() []string {
	return []string{"pm_card_visa", "pm_card_visa", "pm_card_mastercard", "pm_card_chargeCustomerFail", "pm_card_authenticationRequired"}
}

// TestTheBooksAddUpWhateverHappens plays random histories of a small firm
// and checks after each step that no amount appeared or vanished, that
// statuses changed only along Stripe's arrows, and that every event tells
// exactly what changed.
func TestTheBooksAddUpWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		f := newFirm(rt, t.TempDir())
		f.open()
		actions := map[string]func(*rapid.T){
			"customer": func(rt *rapid.T) {
				f.customers = append(f.customers, f.must(func(u *Unit) (object.Record, error) {
					return u.CreateCustomer(wire.Values{"email": "ann@example.com", "balance": rapid.SampledFrom([]int64{0, 0, -2500}).Draw(rt, "balance")})
				}))
			},
			"card":      f.newCard,
			"subscribe": f.subscribe,
			"change":    f.change,
			"end":       f.end,
			"pay":       f.pay,
			"time": func(rt *rapid.T) {
				f.pass(time.Duration(rapid.IntRange(1, 24*45).Draw(rt, "hours")) * time.Hour)
			},
		}
		f.customers = append(f.customers, f.must(func(u *Unit) (object.Record, error) { return u.CreateCustomer(wire.Values{}) }))
		names := []string{"customer", "card", "card", "subscribe", "subscribe", "change", "change", "end", "pay", "time", "time"}
		for range rapid.IntRange(4, 14).Draw(rt, "steps") {
			actions[rapid.SampledFrom(names).Draw(rt, "action")](rt)
			f.audit()
		}
		f.pass(100 * 24 * time.Hour)
		f.audit()
	})
}

func (f *firm) newCard(rt *rapid.T) {
	who, card := rapid.SampledFrom(f.customers).Draw(rt, "who"), rapid.SampledFrom(cards()).Draw(rt, "card")
	f.do(func(u *Unit) (object.Record, error) {
		return u.UpdateCustomer(who, wire.Values{"invoice_settings": wire.Values{"default_payment_method": card}})
	})
}

func (f *firm) subscribe(rt *rapid.T) {
	who, price := rapid.SampledFrom(f.customers).Draw(rt, "who"), rapid.SampledFrom(f.prices).Draw(rt, "price")
	p := wire.Values{"customer": who, "items": []any{wire.Values{"price": price, "quantity": rapid.Int64Range(1, 5).Draw(rt, "quantity")}}}
	if days := rapid.SampledFrom([]int64{0, 0, 2, 14}).Draw(rt, "trial"); days > 0 {
		p["trial_period_days"] = days
		p["trial_settings"] = wire.Values{"end_behavior": wire.Values{"missing_payment_method": rapid.SampledFrom([]string{"pause", "cancel", "create_invoice"}).Draw(rt, "without")}}
	}
	if share := rapid.SampledFrom([]float64{0, 0, 25, 33.33, 100}).Draw(rt, "discount"); share > 0 {
		p["coupon"] = f.must(func(u *Unit) (object.Record, error) {
			return u.CreateCoupon(wire.Values{"duration": rapid.SampledFrom([]string{"once", "forever"}).Draw(rt, "duration"), "percent_off": share})
		})
	}
	if rec, done := f.do(func(u *Unit) (object.Record, error) { return u.CreateSubscription(p) }); done {
		f.subs = append(f.subs, rec.Header().ID)
	}
}

func (f *firm) change(rt *rapid.T) {
	if len(f.subs) == 0 {
		return
	}
	id := rapid.SampledFrom(f.subs).Draw(rt, "which")
	p := rapid.SampledFrom([]wire.Values{
		{"cancel_at_period_end": true}, {"cancel_at_period_end": false}, {"billing_cycle_anchor": "now"}, {"trial_end": "now"},
		{"pause_collection": wire.Values{"behavior": "void"}}, {"pause_collection": wire.Values{"behavior": "keep_as_draft"}}, {"pause_collection": wire.Values{}},
		{"trial_end": f.clock.Now().Unix() + 10*object.Day}, {"price": ""}, {"price": ""}, {"price": ""},
	}).Draw(rt, "change")
	f.do(func(u *Unit) (object.Record, error) {
		if p.Has("price") {
			s, err := fetch[object.Subscription](u, id, "id")
			if err != nil {
				return nil, err
			}
			p = wire.Values{
				"items": []any{wire.Values{
					"id": s.Items.Data[0].ID, "price": rapid.SampledFrom(f.prices).Draw(rt, "price"), "quantity": rapid.Int64Range(0, 5).Draw(rt, "quantity"),
				}},
				"proration_behavior": rapid.SampledFrom([]string{"create_prorations", "always_invoice", "none"}).Draw(rt, "proration"),
			}
		}
		return u.UpdateSubscription(id, p)
	})
}

func (f *firm) end(rt *rapid.T) {
	if len(f.subs) == 0 {
		return
	}
	id, resume := rapid.SampledFrom(f.subs).Draw(rt, "which"), rapid.Bool().Draw(rt, "resume")
	p := wire.Values{"prorate": rapid.Bool().Draw(rt, "prorate"), "invoice_now": rapid.Bool().Draw(rt, "now")}
	f.do(func(u *Unit) (object.Record, error) {
		if resume {
			return u.ResumeSubscription(id, wire.Values{})
		}
		return u.CancelSubscription(id, p)
	})
}

func (f *firm) pay(rt *rapid.T) {
	card := rapid.SampledFrom(cards()).Draw(rt, "card")
	f.do(func(u *Unit) (object.Record, error) {
		open, err := find[object.Invoice](u, book.Is("status", "open", "draft"))
		if err != nil || len(open) == 0 {
			return nil, err
		}
		return u.PayInvoice(open[0].ID, wire.Values{"payment_method": card})
	})
}

// audit checks everything there is.
func (f *firm) audit() {
	f.t.Helper()
	tx := f.book.Read(context.Background())
	invoices, err := book.All[object.Invoice](tx, book.Query{Object: "invoice"})
	if err != nil {
		f.t.Fatal(err)
	}
	paid, moved := map[string]int64{}, map[string]int64{}
	for _, in := range invoices {
		f.auditInvoice(in)
		paid[in.Customer] += in.AmountPaid
		if in.EndingBalance != nil {
			moved[in.Customer] += *in.EndingBalance - in.StartingBalance
		}
	}
	charges, err := book.All[object.Charge](tx, book.Query{Object: "charge"})
	if err != nil {
		f.t.Fatal(err)
	}
	for _, ch := range charges {
		paid[string(ch.Customer)] -= ch.AmountCaptured
	}
	for who, rest := range paid {
		if rest != 0 {
			f.t.Fatalf("%s: invoices and charges differ by %d", who, rest)
		}
	}
	f.auditCustomers(tx, moved)
	f.auditEvents(tx)
	f.auditDue(tx)
}

func (f *firm) auditInvoice(in *object.Invoice) {
	f.t.Helper()
	lines, off := int64(0), int64(0)
	for _, l := range in.Lines.Data {
		lines += l.Amount
	}
	for _, d := range in.TotalDiscountAmounts {
		off += d.Amount
	}
	wrong := lines != in.Subtotal || in.Total != in.Subtotal-off
	switch in.Status {
	case "draft":
		wrong = wrong || in.AmountPaid != 0 || in.Number != ""
	case "paid":
		wrong = wrong || in.AmountPaid != in.AmountDue || in.AmountRemaining != 0 || !in.Paid
	default:
		wrong = wrong || in.AmountPaid != 0 || in.Paid
	}
	if in.EndingBalance != nil {
		wrong = wrong || in.AmountDue != max(0, in.Total+in.StartingBalance) || *in.EndingBalance != min(0, in.Total+in.StartingBalance)
	}
	if wrong {
		f.t.Fatalf("an invoice does not add up: %+v", in)
	}
}

func (f *firm) auditCustomers(tx *book.Tx, moved map[string]int64) {
	f.t.Helper()
	customers, err := book.All[object.Customer](tx, book.Query{Object: "customer"})
	if err != nil {
		f.t.Fatal(err)
	}
	for _, c := range customers {
		if began := c.Balance - moved[c.ID]; began != 0 && began != -2500 {
			f.t.Fatalf("%s has a balance of %d, its invoices moved %d", c.ID, c.Balance, moved[c.ID])
		}
	}
}

// arrows are the changes of status Stripe documents.
func arrows() map[string][]string {
	return map[string][]string{
		object.Incomplete: {object.Active, object.IncompleteExpired},
		object.Trialing:   {object.Active, object.Paused, object.Canceled, object.PastDue},
		object.Active:     {object.PastDue, object.Canceled, object.Trialing},
		object.PastDue:    {object.Active, object.Unpaid, object.Canceled, object.Trialing},
		object.Unpaid:     {object.Active, object.Canceled},
		object.Paused:     {object.Active, object.Canceled},
	}
}

// auditEvents replays what events tell of each subscription: undoing
// previous_attributes gives what the event before showed.
func (f *firm) auditEvents(tx *book.Tx) {
	f.t.Helper()
	rows, _, err := tx.List(book.Query{Object: "event"})
	if err != nil {
		f.t.Fatal(err)
	}
	slices.Reverse(rows)
	last := map[string]map[string]any{}
	for _, r := range rows {
		var e object.Event
		if err := r.Into(&e); err != nil {
			f.t.Fatal(err)
		}
		if e.Type != "customer.subscription.created" && e.Type != "customer.subscription.updated" && e.Type != "customer.subscription.deleted" {
			continue
		}
		var now, before map[string]any
		if json.Unmarshal(e.Data.Object, &now) != nil {
			f.t.Fatalf("%s holds %s", e.ID, e.Data.Object)
		}
		id, _ := now["id"].(string)
		was := last[id]
		if was != nil && was["status"] != now["status"] && !slices.Contains(arrows()[fmt.Sprint(was["status"])], fmt.Sprint(now["status"])) {
			f.t.Fatalf("%s went from %v to %v", id, was["status"], now["status"])
		}
		if e.Type == "customer.subscription.updated" {
			if json.Unmarshal(e.Data.PreviousAttributes, &before) != nil || was == nil {
				f.t.Fatalf("%s was updated before it was created, or without telling what was", id)
			}
			if undone := undo(now, before); !reflect.DeepEqual(undone, was) {
				f.t.Fatalf("undoing %s gives\n%v\nwant\n%v", e.Data.PreviousAttributes, undone, was)
			}
		}
		last[id] = now
	}
}

// undo puts earlier values in place.
func undo(now, before map[string]any) map[string]any {
	out := map[string]any{}
	for name, v := range now {
		out[name] = v
	}
	for name, v := range before {
		group, isGroup := v.(map[string]any)
		is, both := out[name].(map[string]any)
		if isGroup && both {
			out[name] = undo(is, group)
			continue
		}
		out[name] = v
	}
	return out
}

// auditDue makes sure that nothing waits that should have happened.
func (f *firm) auditDue(tx *book.Tx) {
	f.t.Helper()
	subs, err := book.All[object.Subscription](tx, book.Query{Object: "subscription"})
	if err != nil {
		f.t.Fatal(err)
	}
	for _, s := range subs {
		if due := s.Due(); due != 0 && due < f.clock.Now().Unix()-1 {
			f.t.Fatalf("%s is %s and has been due since %s", s.ID, s.Status, time.Unix(due, 0).UTC())
		}
		running := s.Status == object.Active || s.Status == object.PastDue
		if now := f.clock.Now().Unix(); running && (s.CurrentPeriodEnd < now || s.CurrentPeriodStart > now) {
			f.t.Fatalf("%s is %s outside of its period", s.ID, s.Status)
		}
	}
}

func TestOneUnitChangesOneObject(t *testing.T) {
	t.Parallel()
	f := newFirm(t, t.TempDir())
	id := f.must(func(u *Unit) (object.Record, error) { return u.CreateCustomer(wire.Values{"email": "ann@example.com"}) })
	f.do(func(u *Unit) (object.Record, error) {
		a, errA := fetch[object.Customer](u, id, "id")
		b, errB := fetch[object.Customer](u, id, "id")
		all, errC := find[object.Customer](u, book.Is("email", "ann@example.com"))
		if errA != nil || errB != nil || errC != nil || a != b || len(all) != 1 || all[0] != a {
			t.Errorf("three readings gave %p, %p and %v", a, b, all)
		}
		return nil, nil
	})
}
