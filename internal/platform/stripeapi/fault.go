package stripeapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"

	"lighttrends/internal/platform/fault"
)

// Codes of the faults this package returns; doc.go says what each one means.
const (
	CodeCardDeclined   = "card_declined"
	CodeInvalidRequest = "stripe_invalid_request"
	CodeNotFound       = "stripe_not_found"
	CodeRateLimited    = "stripe_rate_limited"
	CodeAuthentication = "stripe_authentication"
	CodeIdempotency    = "stripe_idempotency_conflict"
	CodeUnavailable    = "stripe_unavailable"
	CodeKeyRequired    = "stripe_key_required"
)

// refusal is the cause a fault keeps for the log: Stripe's words with every
// secret taken out. It does not wrap stripe-go's error, so that no vendor type
// leaks out with it.
type refusal struct {
	status        int
	kind, code    string
	param, detail string
	request       string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("stripe answered %d %s/%s param=%q request=%s: %s", r.status, r.kind, r.code, r.param, r.request, r.detail)
}

// Retryable tells whether the same call with the same idempotency key may
// succeed later without anybody changing anything.
func Retryable(err error) bool {
	return fault.HasCode(err, CodeUnavailable) || fault.HasCode(err, CodeRateLimited)
}

// fault turns what stripe-go returned into a fault. Nil stays nil.
func (c *Client) fault(err error) error {
	if err == nil {
		return nil
	}
	var h *held
	if errors.As(err, &h) {
		return heldBack(h)
	}
	var se *stripe.Error
	if !errors.As(err, &se) {
		return c.unreachable(err)
	}
	cause := &refusal{
		status: se.HTTPStatusCode, kind: string(se.Type), code: string(se.Code),
		param: se.Param, detail: c.scrub(se.Msg), request: se.RequestID,
	}
	f := classify(se, cause)
	if f.Code == CodeRateLimited || f.Code == CodeUnavailable {
		f.RetryAfter = retryAfter(se)
	}
	return f
}

func classify(se *stripe.Error, cause *refusal) *fault.Error {
	status := se.HTTPStatusCode
	switch {
	case se.Type == stripe.ErrorTypeCard:
		return cardFault(cause, string(se.DeclineCode))
	case se.Type == stripe.ErrorTypeIdempotency && status != http.StatusConflict:
		return fault.Wrap(cause, fault.Conflict, CodeIdempotency, "This was already sent with other details.")
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fault.Wrap(cause, fault.Internal, CodeAuthentication, "The payment service did not accept our key.")
	case status == http.StatusTooManyRequests:
		return fault.Wrap(cause, fault.TooMany, CodeRateLimited, "The payment service is busy. Please try again shortly.")
	case status == http.StatusNotFound || se.Code == stripe.ErrorCodeResourceMissing && se.Param == "id":
		return fault.Wrap(cause, fault.NotFound, CodeNotFound, "The payment service does not know this object.")
	case status == http.StatusConflict || status >= 500 || se.Type == stripe.ErrorTypeAPI:
		return fault.Wrap(cause, fault.Unavailable, CodeUnavailable, "The payment service cannot be reached. Please try again.")
	default:
		return invalid(cause)
	}
}

// cardFault passes Stripe's message on: messages of card errors are written
// for the payer (https://docs.stripe.com/error-handling#payment-errors).
func cardFault(cause *refusal, decline string) *fault.Error {
	message := cause.detail
	if message == "" {
		message = "The card was declined."
	}
	f := fault.Wrap(cause, fault.Invalid, CodeCardDeclined, message)
	code := cause.code
	if decline != "" {
		code = decline
	}
	f.Fields = []fault.Field{{Path: "card", Code: code, Message: message}}
	return f
}

// invalid names the parameter and Stripe's code; Stripe's sentence stays in
// the cause, because it may speak of our internals.
func invalid(cause *refusal) *fault.Error {
	f := fault.Wrap(cause, fault.Invalid, CodeInvalidRequest, "The payment service did not accept this request.")
	if cause.param != "" {
		code := cause.code
		if code == "" {
			code = "invalid"
		}
		f.Fields = []fault.Field{{Path: cause.param, Code: code, Message: "The payment service did not accept this value."}}
	}
	return f
}

// unreachable covers everything that is no answer of Stripe's API: no
// connection, a timeout, an answer that is no JSON.
func (c *Client) unreachable(err error) error {
	cause := error(&refusal{kind: "network", detail: c.scrub(err.Error())})
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			cause = errors.Join(known, cause)
		}
	}
	f := fault.Wrap(cause, fault.Unavailable, CodeUnavailable, "The payment service cannot be reached. Please try again.")
	f.RetryAfter = 5 * time.Second
	return f
}

func retryAfter(se *stripe.Error) time.Duration {
	if se.LastResponse != nil {
		if s, err := strconv.Atoi(se.LastResponse.Header.Get("Retry-After")); err == nil && s > 0 && s <= 3600 {
			return time.Duration(s) * time.Second
		}
	}
	return 2 * time.Second
}

// scrub removes the key, whole or as Stripe shortens it (sk_test_****1234),
// and anything else that looks like a secret.
func (c *Client) scrub(s string) string {
	s = strings.ReplaceAll(s, c.key, "[key]")
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n\"',;()<>", r) })
	for _, w := range words {
		if looksSecret(w) {
			s = strings.ReplaceAll(s, w, "[key]")
		}
	}
	return s
}

func looksSecret(word string) bool {
	for _, prefix := range []string{"sk_", "rk_", "whsec_", "Bearer"} {
		if strings.Contains(word, prefix) {
			return true
		}
	}
	return strings.Contains(word, "_secret_") || strings.Contains(word, "****")
}

// write makes the common part of a write: context and idempotency key. ids
// are those the address will name.
func write(ctx context.Context, key string, ids ...string) (stripe.Params, error) {
	key = strings.TrimSpace(key)
	if key == "" || len(key) > 255 {
		return stripe.Params{}, fault.New(fault.Internal, CodeKeyRequired, "A write to the payment service needs an idempotency key of 1 to 255 characters.")
	}
	common, err := read(ctx, ids...)
	common.IdempotencyKey = &key
	return common, err
}

// read makes the common part of any request. An empty id is nobody's: the
// address without it would be the whole list.
func read(ctx context.Context, ids ...string) (stripe.Params, error) {
	for _, id := range ids {
		if id == "" {
			return stripe.Params{}, fault.New(fault.NotFound, CodeNotFound, "The payment service does not know this object.")
		}
	}
	return stripe.Params{Context: ctx}, nil
}
