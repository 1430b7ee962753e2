package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// task is one call on its way through.
type task struct {
	api     *API
	call    call
	request *http.Request
	values  wire.Values
	print   string // of the parameters
}

// do runs the call. A GET reads without a transaction; anything else is one
// transaction, remembered under its idempotency key when it is a POST.
func (t *task) do(h http.Header) (int, []byte, error) {
	if t.request.Method == http.MethodGet {
		body, err := t.run(t.api.Book.Read(t.request.Context()), "")
		return http.StatusOK, body, err
	}
	key := ""
	if t.request.Method == http.MethodPost {
		if key = t.request.Header.Get("Idempotency-Key"); len(key) > 255 {
			return 0, nil, wire.Refuse("", "", "An idempotency key takes up to 255 characters.")
		}
	}
	return t.write(h, key)
}

// write runs the call in its transaction. Once begun it is finished, also
// when the client hangs up.
func (t *task) write(h http.Header, key string) (status int, body []byte, err error) {
	ctx := context.WithoutCancel(t.request.Context())
	var replayed *book.Answer
	err = t.api.Book.Write(ctx, func(tx *book.Tx) error {
		if replayed, err = t.recall(tx, key); err != nil || replayed != nil {
			return err
		}
		body, err = t.run(tx, key)
		status = http.StatusOK
		var refused *wire.Error
		if errors.As(err, &refused) && refused.Keep {
			status, body, err = refused.Status, refused.Body(), nil
		}
		if err != nil {
			return err
		}
		return t.remember(tx, key, status, body)
	})
	if replayed != nil {
		h.Set("Idempotent-Replayed", "true")
		h.Set("Original-Request", replayed.Request)
		return replayed.Status, []byte(replayed.Body), nil
	}
	return t.afterRefusal(ctx, key, status, body, err)
}

// afterRefusal remembers a refusal that came after the work had begun.
func (t *task) afterRefusal(ctx context.Context, key string, status int, body []byte, err error) (int, []byte, error) {
	var refused *wire.Error
	if key == "" || !errors.As(err, &refused) || !refused.Checked {
		return status, body, err
	}
	kept := t.api.Book.Write(ctx, func(tx *book.Tx) error { return t.remember(tx, key, refused.Status, refused.Body()) })
	return refused.Status, refused.Body(), kept
}

func (t *task) run(tx *book.Tx, key string) (json.RawMessage, error) {
	cause := object.EventRequest{ID: object.Str(t.request.Header.Get("Request-Id")), IdempotencyKey: object.Str(key)}
	u, err := t.api.Rules.Begin(tx, cause)
	if err != nil {
		return nil, err
	}
	doc, err := t.call.run(u, t.request.PathValue("id"), t.values)
	if err != nil {
		return nil, err
	}
	return expand(u, doc, t.values.Texts("expand"))
}

// recall finds what the key was answered before. The same key with another
// address or other parameters is refused
// (https://docs.stripe.com/api/idempotent_requests).
func (t *task) recall(tx *book.Tx, key string) (*book.Answer, error) {
	if key == "" {
		return nil, nil
	}
	known, ok, err := tx.Recall(key, t.api.Clock.Now())
	if err != nil || !ok {
		return nil, err
	}
	if known.Route != t.route() || known.Fingerprint != hash(t.print) {
		return nil, &wire.Error{
			Status: http.StatusBadRequest, Type: "idempotency_error",
			Message: "Keys for idempotent requests can only be used with the same parameters they were first used with. Use another key.",
		}
	}
	return &known, nil
}

func (t *task) remember(tx *book.Tx, key string, status int, body []byte) error {
	if key == "" {
		return nil
	}
	return tx.Remember(book.Answer{
		Key: key, Route: t.route(), Fingerprint: hash(t.print), Status: status, Body: string(body),
		Request: t.request.Header.Get("Request-Id"),
	}, t.api.Clock.Now())
}

func (t *task) route() string { return t.request.Method + " " + t.request.URL.Path }

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// shown gives an object as its answer.
func shown(u *billing.Unit, rec object.Record, err error) (json.RawMessage, error) {
	if err != nil {
		// A refusal that keeps what was done comes with no object.
		return nil, err
	}
	doc, _, err := u.Doc(rec.Header().ID)
	return doc, err
}

// gone is the answer to a deletion.
func gone(id, kind string, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"id": id, "object": kind, "deleted": true})
}
