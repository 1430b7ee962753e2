package kit

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Register adds an operation to an API: its documentation, and the handler
// that answers it. in and out are read by their tags, as huma documents them:
//
//   - in: path, query, header and cookie parameters, each with the rules of
//     its schema; Body, a JSON document; or RawBody, a [Form]. Parameters may
//     stand in embedded structs.
//   - out: header fields; Status; Body, which is a JSON document, bytes, or a
//     func(huma.Context) that answers by itself.
//
// What is not supported (pointers as parameters, defaults in bodies,
// resolvers, embedded structs that are not exported) is refused at the start,
// never at a request and never in silence.
//
// Only [Bind] is compiled for each pair of types. huma's own registration is
// compiled as a whole each time, which cost more than three megabytes.
func Register[I, O any](a *API, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	a.Add(&op, Bind(handler))
}

// Bound is a handler of which only reflection still knows the types.
type Bound struct {
	in, out reflect.Type // pointers to them
	call    func(context.Context, any) (any, error)
}

// Bind prepares a handler for [API.Add].
func Bind[I, O any](handler func(context.Context, *I) (*O, error)) Bound {
	return Bound{reflect.TypeOf((*I)(nil)), reflect.TypeOf((*O)(nil)), func(ctx context.Context, in any) (any, error) {
		return handler(ctx, in.(*I))
	}}
}

// Takes tells whether a handler reads a header by itself.
func (h Bound) Takes(header string) (takes bool) {
	fields(h.in.Elem(), nil, func(f reflect.StructField, _ []int) {
		takes = takes || strings.EqualFold(f.Tag.Get(inHeader), header)
	})
	return takes
}

// operation is what is known of an operation before its first request.
type operation struct {
	api    *API
	spec   *huma.Operation
	call   func(context.Context, any) (any, error)
	in     reflect.Type
	params []*param
	known  map[string]bool // names of query parameters
	body   []int           // path to the field; nil: no JSON body
	schema *huma.Schema    // of the body
	form   *form           // nil: no form
	reply  reply
	out    reflect.Type // what the reply is read from
	// parting are the fields that every answer of a deprecated operation carries.
	parting [][2]string
	tag     bool // answers carry an ETag, made of the body
}

// Add is [Register] for a handler that is bound already.
func (a *API) Add(spec *huma.Operation, h Bound) {
	in, out := h.in.Elem(), h.out.Elem()
	o := &operation{api: a, spec: spec, call: h.call, in: in, known: map[string]bool{}}
	o.refuse(in, out)
	o.describeParams()
	o.describeBody()
	o.readReply(out)
	o.readDeprecation()
	a.undescribed = append(a.undescribed, o)
	if !spec.Hidden {
		a.OpenAPI().AddOperation(spec)
	}
	a.operations[spec.Method+" "+spec.Path] = o
	a.Adapter().Handle(spec, a.Middlewares().Handler(spec.Middlewares.Handler(o.serve)))
}

// serve answers one request.
func (o *operation) serve(hc huma.Context) {
	for _, h := range o.parting {
		hc.AppendHeader(h[0], h[1])
	}
	in := reflect.New(o.in)
	if !o.bind(hc, in.Elem()) {
		return // it has been refused
	}
	out, err := o.call(hc.Context(), in.Interface())
	if err != nil {
		o.fail(hc, err)
		return
	}
	if v := reflect.ValueOf(out); !v.IsNil() {
		o.answer(hc, v.Elem())
		return
	}
	hc.SetStatus(o.spec.DefaultStatus)
}

// fail answers with a handler's error.
func (o *operation) fail(hc huma.Context, err error) {
	err = o.point(err)
	if failed, ok := hc.Context().Value(attemptKey{}).(*error); ok {
		*failed = err
		return
	}
	_ = huma.WriteErr(o.api, hc, http.StatusInternalServerError, "unexpected error occurred", err) // a failed write is the client's loss
}

// fields visits the exported fields of a struct and of the structs embedded
// in it, in the order they are written.
func fields(t reflect.Type, at []int, visit func(f reflect.StructField, at []int)) {
	for i := range t.NumField() {
		f := t.Field(i)
		here := append(slices.Clip(at), i)
		switch {
		case !f.IsExported():
		case f.Anonymous:
			if f.Type.Kind() != reflect.Struct {
				panic("kit: only structs can be embedded in " + t.String())
			}
			fields(f.Type, here, visit)
		default:
			visit(f, here)
		}
	}
}
