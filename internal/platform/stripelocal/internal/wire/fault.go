package wire

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Error is a refusal in Stripe's shape
// (https://docs.stripe.com/api/errors). The sentences are our own.
type Error struct {
	Status        int    `json:"-"`
	Type          string `json:"type"` // invalid_request_error, card_error, idempotency_error or api_error
	Code          string `json:"code,omitempty"`
	DeclineCode   string `json:"decline_code,omitempty"`
	Param         string `json:"param,omitempty"`
	Message       string `json:"message"`
	Charge        string `json:"charge,omitempty"`
	DocURL        string `json:"doc_url,omitempty"`
	RequestLogURL string `json:"request_log_url,omitempty"`

	// Keep says that what the request changed stays, although it failed: a
	// declined payment is recorded.
	Keep bool `json:"-"`
	// Checked says that the parameters were fine and the work had begun, so
	// that an idempotency key remembers the answer.
	Checked bool `json:"-"`
}

// Error implements error.
func (e *Error) Error() string {
	return fmt.Sprintf("%d %s %s %s: %s", e.Status, e.Type, e.Code, e.Param, e.Message)
}

// Body is the answer's JSON.
func (e *Error) Body() []byte {
	copied := *e
	if e.Code != "" {
		copied.DocURL = "https://stripe.com/docs/error-codes/" + hyphens(e.Code)
	}
	raw, _ := json.Marshal(map[string]any{"error": copied}) // plain strings cannot fail
	return raw
}

func hyphens(code string) string {
	out := []byte(code)
	for i, c := range out {
		if c == '_' {
			out[i] = '-'
		}
	}
	return string(out)
}

// Refuse makes an invalid_request_error with status 400.
func Refuse(code, param, format string, args ...any) *Error {
	return &Error{
		Status: http.StatusBadRequest, Type: "invalid_request_error", Code: code, Param: param,
		Message: fmt.Sprintf(format, args...),
	}
}

// Missing refuses the id of an object that does not exist: 404 when it is the
// object the address names (param is "id"), else 400.
func Missing(kind, id, param string) *Error {
	e := Refuse("resource_missing", param, "No such %s: '%s'", kind, id)
	if param == "id" {
		e.Status = http.StatusNotFound
	}
	return e
}

// Declined makes a card_error with status 402.
func Declined(code, decline, message string) *Error {
	return &Error{
		Status: http.StatusPaymentRequired, Type: "card_error", Code: code, DeclineCode: decline,
		Message: message, Checked: true,
	}
}
