package kit

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"lighttrends/internal/platform/fault"
)

// API is one of the house's JSON APIs: its operations and its OpenAPI document.
type API struct {
	huma.API
	server *Server
	before []Step
	config huma.Config
	prefix string
	strict bool // refuses unknown parameters with 400

	prepare          []func(*huma.OpenAPI) error
	undescribed      []*operation // whose answers the document does not tell of yet
	describing       sync.RWMutex // writes the schemas, which bodies are held against
	finish, pressing sync.Once
	unfinished       error // why the document cannot be had
	pressed          *Pressed
	// operations are known by method and path.
	operations map[string]*operation
}

// Config lets huma find its settings again behind this wrapper; without it
// unknown parameters would pass.
func (a *API) Config() huma.Config { return a.config }

// APIInfo describes an API.
type APIInfo struct {
	Prefix      string // "/api/content/v1"
	Title       string
	Description string
	Version     string
	Security    map[string]*huma.SecurityScheme
	// UnknownIsBad refuses a parameter that an operation does not have with 400
	// rather than 422.
	UnknownIsBad bool
}

// NewAPI opens an API on the server. Each operation begins with before, for
// instance to find out who asks. The OpenAPI 3.1 document is served at
// {prefix}/openapi.json.
func (s *Server) NewAPI(info APIInfo, before ...Step) *API {
	speakProblem()
	cfg := huma.DefaultConfig(info.Title, info.Version)
	cfg.Info.Description = info.Description
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "", "", "" // sendDocument and the reference pages stand in for them
	cfg.CreateHooks = nil                                       // no $schema links in bodies
	cfg.RejectUnknownQueryParameters = true
	cfg.NoFormatFallback = false
	cfg.DefaultFormat = "application/json"
	cfg.Formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}
	cfg.Servers = []*huma.Server{{URL: cmp.Or(s.opts.BaseURL, "/")}} // "/" is where the document itself is
	cfg.Components.SecuritySchemes = info.Security
	a := &API{server: s, before: before, config: cfg, prefix: info.Prefix, strict: info.UnknownIsBad}
	a.operations = map[string]*operation{}
	a.API = huma.NewAPI(cfg, &adapter{app: s.App, api: a})
	s.App.Get(a.DocumentPath(), a.sendDocument)
	return a
}

var strictJSON = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	},
	Unmarshal: decodeStrict,
}

// speakProblem makes huma answer with our faults. huma keeps this in package
// variables, so it is done once.
var speakProblem = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false // lists are empty, never null
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		f := faultFrom(status, msg, errs)
		if ctx == nil || Ctx(ctx.Context()) == nil {
			return problemOf(f, "", "")
		}
		if f.Kind == fault.Internal {
			logInternal(ctx.Context(), f)
		}
		p := problemOf(f, RequestID(Ctx(ctx.Context())), baseOf(ctx.Context()))
		for name, values := range p.GetHeaders() { // huma looks for them on the handler's own error only
			ctx.SetHeader(name, values[0])
		}
		return p
	}
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return problemOf(faultFrom(status, msg, errs), "", "")
	}
})

// baseOf is the origin that readers know the server by.
func baseOf(ctx context.Context) string {
	if s, ok := ctx.Value(serverKey{}).(*Server); ok {
		return s.opts.BaseURL
	}
	return ""
}

func logInternal(ctx context.Context, f *fault.Error) {
	if s, ok := ctx.Value(serverKey{}).(*Server); ok {
		c := Ctx(ctx)
		s.opts.Log.ErrorContext(ctx, "request failed", "error", f.Error(), "route", routeOf(c), "request_id", RequestID(c))
	}
}

// faultFrom reads what huma found, or what a handler returned. Values that the
// client sent are never repeated.
func faultFrom(status int, msg string, errs []error) *fault.Error {
	var details []fault.Field
	for _, err := range errs {
		var f *fault.Error
		if errors.As(err, &f) {
			return f
		}
		var d *huma.ErrorDetail
		if errors.As(err, &d) {
			if status == http.StatusBadRequest && d.Location == "body" { // from decodeStrict
				return fault.New(fault.BadRequest, "bad_json", d.Message)
			}
			details = append(details, detail(d.Location, d.Message))
		}
	}
	if kindOf(status) == fault.Internal {
		return fault.Of(errors.Join(append(errs, errors.New(msg))...))
	}
	return &fault.Error{Kind: kindOf(status), Code: codeOf(status), Message: wording(status, msg), Fields: details}
}

func sentence(s string) string {
	if s == "" {
		return "This value is not valid."
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func kindOf(status int) fault.Kind {
	for k, s := range statuses {
		if s == status {
			return k
		}
	}
	if status >= http.StatusInternalServerError {
		return fault.Internal
	}
	return fault.BadRequest
}

func codeOf(status int) string {
	switch status {
	case http.StatusUnprocessableEntity:
		return "invalid_input"
	case http.StatusUnsupportedMediaType:
		return "unsupported_type"
	case http.StatusNotAcceptable:
		return "not_acceptable"
	case http.StatusRequestEntityTooLarge:
		return "body_too_large"
	default:
		return "bad_request"
	}
}

func wording(status int, msg string) string {
	if status == http.StatusUnprocessableEntity {
		return "Some fields need another look."
	}
	return sentence(msg)
}
