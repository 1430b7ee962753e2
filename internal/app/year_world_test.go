package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripelocal"
)

// world is the rooms and the stand-in for Stripe, living by one clock that
// stands still until it is moved. Between them lies a line that loses,
// doubles, delays and shuffles what Stripe tells.
type world struct {
	*rooms
	t     *testing.T
	now   *clock.Manual
	local *stripelocal.Server
	staff context.Context
	rng   *rand.Rand
	key   string

	lastEvent string
	line      []inTransit
	unsure    map[string]bool // customers Stripe told something of that has not arrived
	lost      int
	delivered int
}

// inTransit is one call of Stripe's that will arrive.
type inTransit struct {
	id, customer string
	raw          []byte
	due          time.Time
}

// yearBegins is when the simulation begins, at noon.
var yearBegins = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func newWorld(t *testing.T, e dbtest.Engine, seed uint64) *world {
	t.Helper()
	cfg := houseConfig(t, e)
	w := &world{
		t: t, now: clock.NewManual(yearBegins), unsure: map[string]bool{},
		rng: rand.New(rand.NewPCG(seed, 0x22)),
	}
	var err error
	if w.rooms, err = open(t.Context(), cfg, slog.New(slog.DiscardHandler), w.now); err != nil {
		t.Fatal(err)
	}
	w.staff, w.key = actor.With(t.Context(), actor.Machine("year")), w.rooms.local.secretKey
	w.openStripe()
	t.Cleanup(w.close)
	for slug, amounts := range yearPrices {
		_, err := w.billing.PutPlan(w.staff, billing.PlanInput{Slug: slug, Name: slug, Visible: true, Prices: []billing.PriceInput{
			{Interval: billing.Monthly, Amount: amounts[0], Currency: "eur"}, {Interval: billing.Yearly, Amount: amounts[1], Currency: "eur"},
			{Interval: billing.PaidOnce, Months: 3, Amount: 3 * amounts[0], Currency: "eur"},
		}})
		w.ok(err)
	}
	w.ok(w.billing.MirrorPlans(w.staff))
	w.rules()
	w.call("POST", "/v1/coupons", "id", "quarter", "percent_off", "25", "duration", "forever")
	return w
}

func (w *world) openStripe() {
	w.t.Helper()
	file, err := db.OpenFile(filepath.Join(w.t.TempDir(), "stripe.db"))
	w.ok(err)
	w.local, err = stripelocal.New(stripelocal.Config{
		DB: file, Clock: w.now, PublicURL: w.cfg.DemoURL + stripePrefix, SecretKey: w.key, Tick: 5 * time.Millisecond,
	})
	w.ok(err)
	mux := http.NewServeMux()
	mux.Handle(stripePrefix+"/", w.local.Handler())
	l, err := net.Listen("tcp", w.cfg.DemoAddr)
	w.ok(err)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }()
	w.local.Start()
	w.t.Cleanup(func() {
		_ = server.Close()
		_ = w.local.Close()
		_ = file.Close()
	})
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// pass lets time go on to a moment and waits until Stripe has done what was
// due.
func (w *world) pass(to time.Time) {
	w.t.Helper()
	w.now.Advance(to.Sub(w.now.Now()))
	ctx, stop := context.WithTimeout(w.t.Context(), time.Minute)
	defer stop()
	w.ok(w.local.Settle(ctx))
	w.listen()
}

// call makes one call to Stripe's API, as its own pages and desk do.
func (w *world) call(method, path string, params ...string) map[string]any {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		form.Add(params[i], params[i+1])
	}
	target, body := "http://"+w.cfg.DemoAddr+stripePrefix+path, strings.NewReader(form.Encode())
	if method == http.MethodGet {
		target, body = target+"?"+form.Encode(), strings.NewReader("")
	}
	r, err := http.NewRequestWithContext(w.t.Context(), method, target, body)
	w.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+w.key)
	res, err := http.DefaultClient.Do(r)
	w.ok(err)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	w.ok(err)
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil || res.StatusCode != http.StatusOK {
		w.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	return doc
}

// listen takes up what Stripe tells and lets the line do its worst.
func (w *world) listen() {
	w.t.Helper()
	for {
		params := []string{"limit", "100"}
		if w.lastEvent != "" {
			params = append(params, "ending_before", w.lastEvent)
		}
		page := w.call(http.MethodGet, "/v1/events", params...)
		data := page["data"].([]any)
		for i := len(data) - 1; i >= 0; i-- {
			w.tell(data[i].(map[string]any))
		}
		if len(data) == 0 || page["has_more"] != true {
			return
		}
	}
}

func (w *world) tell(e map[string]any) {
	w.lastEvent = e["id"].(string)
	raw, err := json.Marshal(e)
	w.ok(err)
	object := e["data"].(map[string]any)["object"].(map[string]any)
	customer, _ := object["customer"].(string)
	if object["object"] == "customer" {
		customer = object["id"].(string)
	}
	if customer != "" {
		w.unsure[customer] = true
	}
	if w.rng.IntN(10) == 0 {
		w.lost++
		return
	}
	for range 1 + w.rng.IntN(5)/4 { // one of five comes twice
		delay := time.Duration(0)
		if w.rng.IntN(3) == 0 {
			delay = time.Duration(w.rng.IntN(5*24)) * time.Hour
		}
		w.line = append(w.line, inTransit{w.lastEvent, customer, raw, w.now.Now().Add(delay)})
	}
}

// arrive delivers what is due, in no order.
func (w *world) arrive() {
	w.t.Helper()
	w.rng.Shuffle(len(w.line), func(i, j int) { w.line[i], w.line[j] = w.line[j], w.line[i] })
	var later []inTransit
	for _, x := range w.line {
		if x.due.After(w.now.Now()) {
			later = append(later, x)
			continue
		}
		w.delivered++
		w.ok(w.billing.Receive(w.t.Context(), x.raw, w.sign(x.raw)))
		w.ok(w.billing.Apply(w.staff, x.id))
	}
	w.line = later
}

func (w *world) sign(raw []byte) string {
	at := w.now.Now().Unix()
	mac := hmac.New(sha256.New, []byte(w.rooms.local.webhookSecret))
	_, _ = fmt.Fprintf(mac, "%d.", at)
	mac.Write(raw)
	return fmt.Sprintf("t=%d,v1=%s", at, hex.EncodeToString(mac.Sum(nil)))
}

// pay fills in the payment page; it tells whether the card was taken.
func (w *world) pay(member uuid.UUID, plan string, yearly bool, card string) bool {
	w.t.Helper()
	every := billing.Monthly
	if yearly {
		every = billing.Yearly
	}
	page, err := w.billing.StartCheckout(w.staff, billing.CheckoutInput{Member: member, PlanSlug: plan, Interval: every, ReturnTo: "/notes/of-" + plan})
	w.ok(err)
	return w.fill(page, card) != ""
}

// fill fills in a payment page; "" means that the card was not taken.
func (w *world) fill(page, card string) (session string) {
	w.t.Helper()
	form := url.Values{"name": {"Ada"}, "email": {"ada@example.com"}, "method": {"card"}, "number": {card}, "expiry": {"12/34"}, "cvc": {"123"}}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(page, form)
	w.ok(err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusSeeOther {
		return ""
	}
	to, err := res.Location()
	w.ok(err)
	return to.Query().Get("session_id")
}
