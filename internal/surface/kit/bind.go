package kit

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/valyala/fasthttp"

	"lighttrends/internal/platform/fault"
)

// check collects what is wrong with a request.
type check struct {
	at    *huma.PathBuffer
	found huma.ValidateResult
}

var checks = sync.Pool{New: func() any { return &check{at: huma.NewPathBuffer(make([]byte, 0, 128), 0)} }}

// release gives a check back, without what it found.
func (c *check) release() {
	if cap(c.found.Errors) > 128 {
		return // grown by one bad request; not kept for all that follow
	}
	clear(c.found.Errors)
	c.found.Reset()
	checks.Put(c)
}

// stand says what is looked at, such as "query" and "limit".
func (c *check) stand(place ...string) {
	c.at.Reset()
	for _, step := range place {
		c.at.Push(step)
	}
}

// bind reads a request into in. It says false when it has refused it: first
// for parameters that nobody asked for, then for all else that is wrong.
func (o *operation) bind(hc huma.Context, in reflect.Value) bool {
	c := checks.Get().(*check)
	defer c.release()
	if o.unknown(hc, c) {
		return o.misasked(hc, c, "unknown", fault.New(fault.BadRequest, "unknown_parameter", "There is no such parameter here."))
	}
	if repeated(hc, c) {
		return o.misasked(hc, c, "repeated", fault.New(fault.BadRequest, "repeated_parameter", "A parameter stands in the query more than once."))
	}
	for _, p := range o.params {
		o.bindParam(hc, c, p, in)
	}
	status := http.StatusUnprocessableEntity
	switch {
	case o.form != nil:
		if errs := o.bindForm(hc, c, in); errs != nil {
			_ = huma.WriteErr(o.api, hc, status, invalid, errs...) // a failed write is the client's loss
			return false
		}
	case o.body != nil:
		var done bool
		if status, done = o.bindBody(hc, c, in); done {
			return false
		}
	}
	if len(c.found.Errors) > 0 {
		return o.refused(hc, status, c)
	}
	return true
}

const invalid = "validation failed"

func (o *operation) refused(hc huma.Context, status int, c *check) bool {
	_ = huma.WriteErr(o.api, hc, status, invalid, c.found.Errors...) // a failed write is the client's loss
	return false
}

// unknown finds query parameters that the operation does not have.
func (o *operation) unknown(hc huma.Context, c *check) bool {
	asked := Ctx(hc.Context()).Request().URI().QueryArgs()
	for name := range asked.All() {
		if !o.known[string(name)] {
			c.stand(inQuery, string(name))
			c.found.Add(c.at, nil, "unknown query parameter")
		}
	}
	c.once()
	return len(c.found.Errors) > 0
}

// repeated finds query parameters that stand there more than once. None takes
// several: lists are parted by commas. Which one counts would be a guess.
func repeated(hc huma.Context, c *check) bool {
	asked := Ctx(hc.Context()).Request().URI().QueryArgs()
	if asked.Len() < 2 {
		return false
	}
	seen := make([][]byte, 0, 8)
	for name := range asked.All() {
		if slices.ContainsFunc(seen, func(b []byte) bool { return bytes.Equal(b, name) }) {
			c.stand(inQuery, string(name))
			c.found.Add(c.at, nil, "query parameter given more than once")
		}
		seen = append(seen, name)
	}
	c.once()
	return len(c.found.Errors) > 0
}

// once leaves each error once, in an order that does not depend on the request.
func (c *check) once() {
	slices.SortFunc(c.found.Errors, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	c.found.Errors = slices.CompactFunc(c.found.Errors, func(a, b error) bool { return a.Error() == b.Error() })
}

// misasked refuses a query, by a fault of its own where an API is strict, and
// names the parameters.
func (o *operation) misasked(hc huma.Context, c *check, each string, f *fault.Error) bool {
	if !o.api.strict {
		return o.refused(hc, http.StatusUnprocessableEntity, c)
	}
	for _, err := range c.found.Errors {
		if d, ok := err.(*huma.ErrorDetail); ok { //nolint:errorlint // made by Add, which wraps nothing
			f.Fields = append(f.Fields, fault.Field{Path: pointer(d.Location), Code: each, Message: sentence(d.Message)})
		}
	}
	o.fail(hc, f)
	return false
}

func (o *operation) bindParam(hc huma.Context, c *check, p *param, in reflect.Value) {
	text := p.value(hc)
	if text == "" && !p.required {
		return
	}
	c.stand(p.in, p.name)
	if text == "" {
		c.found.Add(c.at, nil, "required "+p.in+" parameter is missing")
		return
	}
	v, err := p.set(in.FieldByIndex(p.at), text)
	if err != nil {
		c.found.Add(c.at, nil, err.Error())
		return
	}
	o.validate(c, p.schema, v)
}

func (o *operation) validate(c *check, s *huma.Schema, v any) {
	huma.Validate(o.api.OpenAPI().Components.Schemas, s, c.at, huma.ModeWriteToServer, v, &c.found)
}

// bindBody reads the JSON body: first as plain values, which the schema is
// held against, then into the field. done says that it has been refused; status
// is what it is to be refused with when something has been found.
func (o *operation) bindBody(hc huma.Context, c *check, in reflect.Value) (status int, done bool) {
	raw, err := unpacked(Ctx(hc.Context()), o.spec.MaxBodyBytes)
	if errors.Is(err, errPacking) {
		_ = huma.WriteErr(o.api, hc, http.StatusUnsupportedMediaType, "request bodies may be packed with gzip or deflate, once", c.found.Errors...)
		return 0, true
	}
	if err != nil && !errors.Is(err, fasthttp.ErrBodyTooLarge) {
		_ = huma.WriteErr(o.api, hc, http.StatusBadRequest, "the request body cannot be unpacked", c.found.Errors...)
		return 0, true
	}
	if err != nil || int64(len(raw)) >= o.spec.MaxBodyBytes {
		text := fmt.Sprintf("request body is too large limit=%d bytes", o.spec.MaxBodyBytes)
		_ = huma.WriteErr(o.api, hc, http.StatusRequestEntityTooLarge, text, c.found.Errors...)
		return 0, true
	}
	status = http.StatusUnprocessableEntity
	if len(raw) == 0 {
		if o.spec.RequestBody.Required {
			_ = huma.WriteErr(o.api, hc, http.StatusBadRequest, "request body is required", c.found.Errors...)
		}
		return status, o.spec.RequestBody.Required
	}
	contentType := cmp.Or(hc.Header("Content-Type"), jsonType)
	c.stand("body")
	var plain any
	if err := o.api.Unmarshal(contentType, raw, &plain); err != nil {
		c.found.Add(c.at, nil, err.Error())
		if errors.Is(err, huma.ErrUnknownContentType) {
			return http.StatusUnsupportedMediaType, false
		}
		return http.StatusBadRequest, false
	}
	before := len(c.found.Errors)
	o.api.describing.RLock()
	o.validate(c, o.schema, plain)
	o.api.describing.RUnlock()
	if len(c.found.Errors) > before {
		return status, false
	}
	if err := o.api.Unmarshal(contentType, raw, in.FieldByIndex(o.body).Addr().Interface()); err != nil {
		c.stand("body")
		c.found.Add(c.at, nil, err.Error())
	}
	return status, false
}

// refuse panics over what other registrations know and this one would pass
// over in silence.
func (o *operation) refuse(in, out reflect.Type) {
	if in.Kind() != reflect.Struct {
		panic("kit: the input of " + o.spec.OperationID + " is no struct")
	}
	for _, t := range []reflect.Type{in, out} {
		if name := hidden(t, map[reflect.Type]bool{}); name != "" {
			panic("kit: " + name + " must be exported to be part of " + o.spec.OperationID)
		}
	}
	if _, ok := reflect.New(in).Interface().(huma.Resolver); ok {
		panic("kit: resolvers are not supported: " + o.spec.OperationID)
	}
	if f, ok := in.FieldByName("Body"); ok && hasDefault(f.Type, map[reflect.Type]bool{}) {
		panic("kit: defaults in a body are not supported: " + o.spec.OperationID)
	}
}

func hasDefault(t reflect.Type, seen map[reflect.Type]bool) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return hasDefault(t.Elem(), seen)
	case reflect.Struct:
	default:
		return false
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("default") != "" || hasDefault(f.Type, seen) {
			return true
		}
	}
	return false
}
