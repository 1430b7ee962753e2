package api

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// maxBody is the largest request that is read, in bytes.
const maxBody = 1 << 20

// API is the handler for everything under /v1/.
type API struct {
	Book  *book.Book
	Rules *billing.Rules
	Clock clock.Clock
	Key   string // the one key that is taken
	Log   *slog.Logger
	// Moved is called after a call that may have sent a clock on its way.
	Moved func()

	mux *http.ServeMux
}

// work is what a call does in its transaction. id is what the address names,
// if it names anything. The answer is the object as it is shown.
type work func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error)

// call is one line of the tables: an address, what it takes, what it does.
type call struct {
	route  string // "POST /v1/products/{id}"
	fields wire.Fields
	run    work
}

// Routes builds the table of addresses. It is called once.
func (a *API) Routes() {
	a.mux = http.NewServeMux()
	for _, table := range [][]call{
		catalogCalls(), promotionCalls(), customerCalls(), subscriptionCalls(), invoiceCalls(), checkoutCalls(), paymentCalls(), refundCalls(), systemCalls(), listCalls(),
	} {
		for _, c := range table {
			a.mux.HandleFunc(c.route, a.answer(c))
		}
	}
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		e := wire.Refuse("", "", "Unrecognized request URL (%s: %s).", r.Method, r.URL.Path)
		e.Status = http.StatusNotFound
		send(w, e.Status, e.Body())
	})
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request := "req_" + randomHex(7)
	h := w.Header()
	h.Set("Request-Id", request)
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-cache, no-store")
	h.Set("Stripe-Version", object.Version)
	r.Header.Set("Request-Id", request)
	if err := a.admit(r); err != nil {
		a.fail(w, r, err)
		return
	}
	a.mux.ServeHTTP(w, r)
}

// answer runs one call from its parameters to its answer.
func (a *API) answer(c call) http.HandlerFunc {
	fields := c.fields.With(wire.Fields{"expand": wire.List(wire.Text())})
	return func(w http.ResponseWriter, r *http.Request) {
		form, err := readForm(w, r)
		if err != nil {
			a.fail(w, r, err)
			return
		}
		p, err := form.Check(fields)
		if err != nil {
			a.fail(w, r, err)
			return
		}
		t := task{api: a, call: c, request: r, values: p, print: form.Fingerprint()}
		status, body, err := t.do(w.Header())
		if err != nil {
			a.fail(w, r, err)
			return
		}
		send(w, status, body)
		if r.Method != http.MethodGet && a.Moved != nil {
			a.Moved()
		}
	}
}

// readForm takes parameters from the query of a GET and the body of anything
// else; stripe-go sends the parameters of a DELETE in its body too.
func readForm(w http.ResponseWriter, r *http.Request) (*wire.Form, error) {
	if r.Method == http.MethodGet {
		return wire.Parse(r.URL.RawQuery)
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		e := wire.Refuse("", "", "The request is larger than %d bytes.", maxBody)
		e.Status = http.StatusRequestEntityTooLarge
		return nil, e
	}
	if err != nil {
		return nil, wire.Refuse("", "", "The request could not be read.")
	}
	kind := r.Header.Get("Content-Type")
	if len(raw) > 0 && kind != "" && !strings.HasPrefix(kind, "application/x-www-form-urlencoded") {
		return nil, wire.Refuse("", "", "Invalid request: the API takes bodies of the type application/x-www-form-urlencoded.")
	}
	joined := r.URL.RawQuery
	if joined != "" && len(raw) > 0 {
		joined += "&"
	}
	return wire.Parse(joined + string(raw))
}

// fail writes a refusal, or a 500 that tells nothing when something broke.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	var refused *wire.Error
	if !errors.As(err, &refused) {
		a.Log.Error("stripelocal: call failed", "method", r.Method, "path", r.URL.Path, "request", r.Header.Get("Request-Id"), "error", err)
		refused = &wire.Error{Status: http.StatusInternalServerError, Type: "api_error", Message: "Something went wrong in the local stand-in. See its log."}
	}
	send(w, refused.Status, refused.Body())
}

func send(w http.ResponseWriter, status int, body []byte) {
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) //nolint:gosec // JSON under a JSON content type; the client may be gone; what was done is kept
}

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return hex.EncodeToString(b)
}
