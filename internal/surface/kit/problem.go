package kit

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
)

// Problem is a fault on the wire, as application/problem+json (RFC 9457). Code
// is the part that programs may rely on.
type Problem struct {
	Type      string        `json:"type" format:"uri" doc:"The page that explains the code" example:"https://notes.example.com/docs/errors/#note_not_found"`
	Title     string        `json:"title" doc:"The status in words" example:"Not Found"`
	Status    int           `json:"status" doc:"The HTTP status" example:"404"`
	Detail    string        `json:"detail" doc:"A sentence for people"`
	Code      string        `json:"code" doc:"What went wrong, stable" example:"note_not_found"`
	Errors    []fault.Field `json:"errors,omitempty" doc:"The broken rules of the input"`
	Current   string        `json:"current,omitempty" doc:"The ETag that is there now, with stale_version"`
	Choices   []string      `json:"choices,omitempty" doc:"What may be meant, with ambiguous_time: both moments"`
	RequestID string        `json:"request_id,omitempty" doc:"Name this when you write to us"`

	header map[string]string
}

// Error implements error.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

// GetHeaders gives the headers that go with the problem.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{fiber.HeaderCacheControl: {"private, no-store"}}
	for k, v := range p.header {
		h.Set(k, v)
	}
	return h
}

const problemType = "application/problem+json"

// statuses is the one map from kinds of fault to HTTP.
var statuses = map[fault.Kind]int{
	fault.Internal:             http.StatusInternalServerError,
	fault.BadRequest:           http.StatusBadRequest,
	fault.Invalid:              http.StatusUnprocessableEntity,
	fault.Unauthenticated:      http.StatusUnauthorized,
	fault.Forbidden:            http.StatusForbidden,
	fault.NotFound:             http.StatusNotFound,
	fault.NotAllowed:           http.StatusMethodNotAllowed,
	fault.NotAcceptable:        http.StatusNotAcceptable,
	fault.Timeout:              http.StatusRequestTimeout,
	fault.Conflict:             http.StatusConflict,
	fault.Gone:                 http.StatusGone,
	fault.PreconditionFailed:   http.StatusPreconditionFailed,
	fault.TooLarge:             http.StatusRequestEntityTooLarge,
	fault.HeadersTooLarge:      http.StatusRequestHeaderFieldsTooLarge,
	fault.Unsupported:          http.StatusUnsupportedMediaType,
	fault.PreconditionRequired: http.StatusPreconditionRequired,
	fault.TooMany:              http.StatusTooManyRequests,
	fault.Unavailable:          http.StatusServiceUnavailable,
}

// ErrorsPage is where every code is explained, below an anchor of its name.
const ErrorsPage = "/docs/errors/"

// problemOf writes a fault for the wire. An internal fault says nothing about
// the inside.
func problemOf(f *fault.Error, requestID, baseURL string) *Problem {
	status, ok := statuses[f.Kind]
	if !ok {
		status = http.StatusInternalServerError
	}
	p := &Problem{
		Type: baseURL + ErrorsPage + "#" + f.Code, Title: http.StatusText(status), Status: status, Detail: f.Message, Code: f.Code,
		Errors: f.Fields, Current: f.Current, Choices: f.Choices, RequestID: requestID, header: map[string]string{},
	}
	if f.RetryAfter > 0 {
		p.header[fiber.HeaderRetryAfter] = strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds())))
	}
	if f.Kind == fault.Unauthenticated {
		p.header[fiber.HeaderWWWAuthenticate] = `Bearer realm="lighttrends"`
	}
	return p
}

func writeProblem(c *fiber.Ctx, p *Problem) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, problemType)
	return c.Send(append(body, '\n'))
}
