package kit

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// adapter stands between huma and Fiber v2. huma's own would bring a second
// Fiber (v3) into the binary, and would leave its body deadline of five
// seconds on a kept-alive connection.
type adapter struct {
	app *fiber.App
	api *API
}

// Handle implements huma.Adapter. A GET also answers HEAD.
func (a *adapter) Handle(op *huma.Operation, handler func(huma.Context)) {
	path := strings.NewReplacer("{", ":", "}", "").Replace(op.Path)
	serve := func(c *fiber.Ctx) error {
		if err := take(c, a.api.before); err != nil {
			return err
		}
		r := &request{op: op, c: c, call: calling{c.UserContext(), c, a.api.server}}
		r.ctx = &r.call
		handler(r)
		return nil
	}
	a.app.Add(op.Method, path, serve)
	if op.Method == http.MethodGet {
		a.app.Add(http.MethodHead, path, serve)
	}
}

// ServeHTTP implements huma.Adapter.
func (a *adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	resp, err := a.app.Test(r, -1)
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	for k, v := range resp.Header {
		w.Header()[k] = v
	}
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body)
}

type (
	fiberKey  struct{}
	serverKey struct{}
)

// calling is the context of an operation that is called. It holds both values in
// one.
type calling struct {
	context.Context
	c *fiber.Ctx
	s *Server
}

// Value implements context.Context.
func (o *calling) Value(key any) any {
	switch key.(type) {
	case fiberKey:
		return o.c
	case serverKey:
		return o.s
	}
	return o.Context.Value(key)
}

// With is the context of a request that no operation of an API answers, so that
// what is made for those can be asked from there as well.
func With(c *fiber.Ctx) context.Context { return context.WithValue(c.UserContext(), fiberKey{}, c) }

// Ctx gives the Fiber context of a huma handler's context.
func Ctx(ctx context.Context) *fiber.Ctx {
	c, _ := ctx.Value(fiberKey{}).(*fiber.Ctx)
	return c
}

// request implements huma.Context over a Fiber context.
type request struct {
	op     *huma.Operation
	c      *fiber.Ctx
	ctx    context.Context
	call   calling
	status int
}

func (r *request) Operation() *huma.Operation { return r.op }

func (r *request) Context() context.Context { return r.ctx }

// WithContext lets huma's middleware hand values on.
func (r *request) WithContext(ctx context.Context) huma.Context {
	return &request{op: r.op, c: r.c, ctx: ctx, status: r.status}
}

func (r *request) TLS() *tls.ConnectionState { return r.c.Context().TLSConnectionState() }

func (r *request) Version() huma.ProtoVersion {
	return huma.ProtoVersion{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
}

func (r *request) Method() string { return r.c.Method() }

func (r *request) Host() string { return r.c.Hostname() }

func (r *request) RemoteAddr() string { return r.c.Context().RemoteAddr().String() }

func (r *request) URL() url.URL {
	if uri := r.c.Request().URI(); len(uri.QueryString()) == 0 { // most requests: nothing to take apart
		return url.URL{Path: r.c.Path()}
	}
	u, err := url.Parse(r.c.OriginalURL())
	if err != nil {
		return url.URL{Path: r.c.Path()}
	}
	return *u
}

func (r *request) Param(name string) string { return r.c.Params(name) }

func (r *request) Query(name string) string { return r.c.Query(name) }

func (r *request) Header(name string) string { return r.c.Get(name) }

func (r *request) EachHeader(cb func(name, value string)) {
	for k, v := range r.c.Request().Header.All() {
		cb(string(k), string(v))
	}
}

// BodyReader gives the body as it was sent, packed if it was: bodies are read by
// bindBody, which bounds what they unpack to.
func (r *request) BodyReader() io.Reader { return bytes.NewReader(r.c.Request().Body()) }

func (r *request) GetMultipartForm() (*multipart.Form, error) { return r.c.MultipartForm() }

// SetReadDeadline does nothing: the body has been read when a handler runs,
// within the server's own read timeout.
func (r *request) SetReadDeadline(time.Time) error { return nil }

func (r *request) SetStatus(code int) {
	r.status = code
	r.c.Status(code)
}

func (r *request) Status() int { return r.status }

func (r *request) SetHeader(name, value string) { r.c.Set(name, value) }

func (r *request) AppendHeader(name, value string) { r.c.Response().Header.Add(name, value) }

func (r *request) BodyWriter() io.Writer { return r.c.Response().BodyWriter() }
