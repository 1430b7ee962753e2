package stripeapi

import (
	"net/http"

	"lighttrends/internal/platform/fault"
)

// Call is one attempt to reach Stripe, as it is about to leave.
type Call struct {
	Method, Path string
	Key          string // idempotency key; only of writes
}

// Writes tells whether the call changes something at Stripe.
func (c Call) Writes() bool { return c.Method != http.MethodGet }

// CodeHeldBack is the code of a call that Config.Before did not let go.
const CodeHeldBack = "stripe_call_held_back"

// held says that a call never left.
type held struct{ why error }

func (h *held) Error() string { return "the call was held back: " + h.why.Error() }

func (h *held) Unwrap() error { return h.why }

// letGo asks Config.Before whether an attempt may be made. Every call of this
// package passes here, whatever made it.
func (t *transport) letGo(r *http.Request) error {
	if t.before == nil {
		return nil
	}
	call := Call{Method: r.Method, Path: r.URL.Path, Key: r.Header.Get("Idempotency-Key")}
	if err := t.before(r.Context(), call); err != nil {
		return &held{err}
	}
	return nil
}

func heldBack(h *held) error {
	return fault.Wrap(h, fault.Internal, CodeHeldBack, "Something went wrong on our side. Please try again.")
}
