package billing

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// Rules are what an account's settings decide at Stripe.
type Rules struct {
	Clock clock.Clock
	// BaseURL is where the hosted pages are reached, without a slash at its end.
	BaseURL string
	// RetryGaps are the waits between the tries of a failed payment.
	RetryGaps []time.Duration
	// AfterRetries is what becomes of a subscription when all tries failed:
	// object.Canceled, object.Unpaid or object.PastDue.
	AfterRetries string
	// World is the id of the clock under which everything lives that names no
	// clock of its own; empty means real time.
	World string
}

// Unit is one transaction at one moment. Its verbs are the calls of the API
// and the buttons of the pages.
type Unit struct {
	*book.Tx
	rules     *Rules
	now       int64  // Unix seconds under the clock
	clock     string // what the objects made now live under
	cause     object.EventRequest
	endpoints []*object.WebhookEndpoint
	asked     bool // endpoints were read
	// held are the objects this unit has read or made, so that everybody in
	// the unit changes the same one.
	held map[string]object.Record
}

// Begin starts a unit at the present moment.
func (r *Rules) Begin(tx *book.Tx, cause object.EventRequest) (*Unit, error) {
	u := &Unit{Tx: tx, rules: r, cause: cause, held: map[string]object.Record{}}
	return u, u.under(r.World)
}

// Now is the unit's moment in Unix seconds.
func (u *Unit) Now() int64 { return u.now }

// under moves the unit below a clock: its time counts from here on.
func (u *Unit) under(id string) error {
	u.clock = id
	real := u.rules.Clock.Now().Unix()
	if id == "" {
		u.now = real
		return nil
	}
	c, err := fetch[object.TestClock](u, id, "test_clock")
	if err != nil {
		return err
	}
	u.now = c.FrozenTime
	if c.Hide.Follow {
		u.now = real + c.Hide.Offset
	}
	return nil
}

// enter moves the unit to the clock an object lives under.
func (u *Unit) enter(rec object.Record) error {
	if c := rec.Header().Clock; c != u.clock {
		return u.under(c)
	}
	return nil
}

// shownClock is the test clock as objects show it: the one everything lives
// under is not shown, so that objects look as they do at Stripe.
func (u *Unit) shownClock() object.Str {
	if u.clock == u.rules.World {
		return ""
	}
	return object.Str(u.clock)
}

// kindOf tells Stripe's name for a Go type.
func kindOf(rec object.Record) string {
	switch rec.(type) {
	case *object.Product:
		return "product"
	case *object.Price:
		return "price"
	case *object.Coupon:
		return "coupon"
	case *object.PromotionCode:
		return "promotion_code"
	case *object.Customer:
		return "customer"
	case *object.PaymentMethod:
		return "payment_method"
	case *object.Subscription:
		return "subscription"
	case *object.Invoice:
		return "invoice"
	case *object.InvoiceItem:
		return "invoiceitem"
	case *object.PaymentIntent:
		return "payment_intent"
	case *object.Charge:
		return "charge"
	case *object.Refund:
		return "refund"
	case *object.Dispute:
		return "dispute"
	case *object.Session:
		return "checkout.session"
	case *object.PortalSession:
		return "billing_portal.session"
	case *object.Event:
		return "event"
	case *object.WebhookEndpoint:
		return "webhook_endpoint"
	case *object.TestClock:
		return "test_helpers.test_clock"
	}
	return ""
}

// fetch reads an object by its id. param is where the id came from: "id" when
// the address names it, which makes a missing one a 404.
func fetch[T any, P interface {
	*T
	object.Record
}](u *Unit, id, param string) (P, error) {
	if rec, ok := u.held[id].(P); ok {
		return rec, nil
	}
	rec := P(new(T))
	rec.Header().Object = kindOf(rec)
	err := u.Get(id, rec)
	if errors.Is(err, book.ErrNone) {
		return nil, wire.Missing(strings.TrimPrefix(kindOf(rec), "test_helpers."), id, param)
	}
	if err != nil {
		return nil, err
	}
	u.held[id] = rec
	return rec, nil
}

// find reads the objects a query finds, newest first.
func find[T any, P interface {
	*T
	object.Record
}](u *Unit, filters ...book.Filter) ([]P, error) {
	rows, _, err := u.List(book.Query{Object: kindOf(P(new(T))), Filters: filters})
	if err != nil {
		return nil, err
	}
	out := make([]P, 0, len(rows))
	for _, r := range rows {
		rec, held := u.held[r.ID].(P)
		if !held {
			rec = P(new(T))
			if err := r.Into(rec); err != nil {
				return nil, err
			}
			u.held[r.ID] = rec
		}
		out = append(out, rec)
	}
	return out, nil
}

// create stores a new object and tells of it. Of the head, id may be set.
func (u *Unit) create(rec object.Record, prefix, event string) error {
	h := rec.Header()
	if h.ID == "" {
		h.ID = newID(prefix)
	}
	h.Object, h.Created, h.Clock = kindOf(rec), u.now, u.clock
	u.held[h.ID] = rec
	doc, _, err := u.Put(rec)
	if err != nil || event == "" {
		return err
	}
	return u.tell(event, doc, nil)
}

// update stores a changed object. When what is shown has changed, the event
// tells what it was before; without an event it is stored quietly.
func (u *Unit) update(rec object.Record, event string) error {
	doc, before, err := u.Put(rec)
	if err != nil || event == "" {
		return err
	}
	previous, err := difference(before, doc)
	if err != nil || previous == nil {
		return err
	}
	return u.tell(event, doc, previous)
}

// show gives an object as an answer or an event shows it.
func (u *Unit) show(rec object.Record) (json.RawMessage, error) {
	doc, _, err := u.Doc(rec.Header().ID)
	return doc, err
}

const idLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// newID makes an id with one of Stripe's prefixes.
func newID(prefix string) string {
	length := map[string]int{"cus_": 14, "prod_": 14, "si_": 14, "cs_test_": 58, "": 8}[prefix]
	if length == 0 {
		length = 24
	}
	return prefix + letters(length)
}

func letters(n int) string {
	var b strings.Builder
	for range n {
		i, _ := rand.Int(rand.Reader, big.NewInt(int64(len(idLetters)))) // never fails since Go 1.24
		b.WriteByte(idLetters[i.Int64()])
	}
	return b.String()
}
