package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of failure happened. Surfaces map it to a status.
type Kind uint8

// The kinds, with the HTTP status surfaces answer for each.
const (
	Internal             Kind = iota // 500: our fault; the message is generic
	BadRequest                       // 400: the request could not be understood
	Invalid                          // 422: understood, but fields break a rule
	Unauthenticated                  // 401: nobody is signed in
	Forbidden                        // 403: signed in, but not allowed
	NotFound                         // 404
	NotAllowed                       // 405: the address exists, the method does not
	NotAcceptable                    // 406
	Timeout                          // 408: the client was too slow, or the deadline passed
	Conflict                         // 409: the state does not allow it
	Gone                             // 410: was here, was withdrawn
	PreconditionFailed               // 412: If-Match names an older version
	TooLarge                         // 413
	HeadersTooLarge                  // 431
	Unsupported                      // 415: a content type we do not take
	PreconditionRequired             // 428: If-Match is missing
	TooMany                          // 429: a limit was reached; RetryAfter says when to come back
	Unavailable                      // 503: a part we need is down
)

// Field is one broken rule of an input.
type Field struct {
	Path    string `json:"pointer"` // JSON Pointer (RFC 6901) or the name of a form field or parameter
	Code    string `json:"code"`    // stable, such as "required" or "too_long"
	Message string `json:"detail"`  // a sentence for people
}

// Error is a failure with everything a surface needs to answer well.
type Error struct {
	Kind       Kind
	Code       string // stable and documented, such as "note_not_found"
	Message    string // safe to show
	Fields     []Field
	RetryAfter time.Duration // for TooMany and Unavailable
	Current    string        // for PreconditionFailed and Conflict: the version that is there now
	Choices    []string      // for Conflict: what the caller may mean, to be asked again with one of them
	cause      error
}

// Error implements error. The text is for logs: it includes the cause.
func (e *Error) Error() string {
	s := e.Code + ": " + e.Message
	for _, f := range e.Fields {
		s += fmt.Sprintf(" [%s: %s]", f.Path, f.Code)
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// Is makes two faults equal when their codes are equal, so that a fault made
// at the top of a file can be compared with errors.Is.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// New makes a fault with a stable code and a message that is safe to show.
func New(kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message}
}

// Wrap makes a fault that keeps its cause for the log.
func Wrap(cause error, kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message, cause: cause}
}

// Because returns a copy of the fault with a cause for the log.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// Of finds the fault in an error. Anything that is not a fault is Internal,
// with the original kept as its cause.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Internal, Code: "internal", Message: "Something went wrong on our side. Please try again.", cause: err}
}

// HasCode tells whether the error is a fault with this code.
func HasCode(err error, code string) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}
