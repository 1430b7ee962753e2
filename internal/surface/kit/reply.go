package kit

import (
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// reply is what is known of an operation's answers before its first request.
type reply struct {
	body    []int // path to the field; nil: an answer without a body
	status  []int // path to the field; nil: always the operation's own
	headers []outHeader
	// bodyType is that of the body.
	bodyType reflect.Type
}

// outHeader is a field of an output that goes into a header.
type outHeader struct {
	name  string
	at    []int
	field reflect.StructField
}

var callbackType = reflect.TypeFor[func(huma.Context)]()

func newReply(out reflect.Type) reply {
	if out.Kind() != reflect.Struct {
		panic("kit: an output is no struct: " + out.String())
	}
	var r reply
	if f, ok := out.FieldByName("Status"); ok {
		r.status = f.Index
		if f.Type.Kind() != reflect.Int {
			panic("kit: Status is no int in " + out.String())
		}
	}
	if f, ok := out.FieldByName("Body"); ok {
		r.body, r.bodyType = f.Index, f.Type
		if f.Type.Kind() == reflect.Func && f.Type != callbackType {
			panic("kit: Body is not a func(huma.Context) in " + out.String())
		}
	}
	fields(out, nil, func(f reflect.StructField, at []int) {
		if f.Name == "Status" || f.Name == "Body" {
			return
		}
		name := f.Tag.Get("header")
		if name == "" {
			name = f.Name
		}
		r.headers = append(r.headers, newOutHeader(name, f, at))
	})
	return r
}

func newOutHeader(name string, f reflect.StructField, at []int) outHeader {
	switch kind := f.Type.Kind(); {
	case f.Type == timeType, kind == reflect.String, kind == reflect.Bool, reflect.Int <= kind && kind <= reflect.Int64:
		return outHeader{name, at, f}
	default:
		panic("kit: a header cannot be a " + f.Type.String() + ": " + f.Name)
	}
}

// text gives what is written into the header; nothing means no header.
func (h outHeader) text(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Struct:
		if t := v.Interface().(time.Time); !t.IsZero() {
			return t.UTC().Format(http.TimeFormat)
		}
		return ""
	default:
		return strconv.FormatInt(v.Int(), 10)
	}
}

// answer writes a handler's output.
func (o *operation) answer(hc huma.Context, out reflect.Value) {
	for _, h := range o.reply.headers {
		if text := h.text(out.FieldByIndex(h.at)); text != "" {
			hc.SetHeader(h.name, text)
		}
	}
	status := o.spec.DefaultStatus
	if o.reply.status != nil {
		status = int(out.FieldByIndex(o.reply.status).Int())
	}
	if o.reply.body == nil {
		hc.SetStatus(status)
		return
	}
	switch body := out.FieldByIndex(o.reply.body).Interface().(type) {
	case func(huma.Context):
		body(hc)
	case []byte:
		hc.SetStatus(status)
		_, _ = hc.BodyWriter().Write(body) // a failed write is the client's loss
	default:
		if o.tag && !o.setTag(hc, body) {
			return
		}
		o.write(hc, status, body)
	}
}

// setTag says which version of an entity an answer shows.
func (o *operation) setTag(hc huma.Context, body any) bool {
	tag, err := tagOf(body)
	if err != nil {
		o.fail(hc, err)
		return false
	}
	hc.SetHeader("ETag", tag)
	return true
}

// write sends a value in the format that the client prefers.
func (o *operation) write(hc huma.Context, status int, body any) {
	contentType, err := o.api.Negotiate(hc.Header("Accept"))
	if err == nil {
		body, err = o.api.Transform(hc, strconv.Itoa(status), body)
	}
	if err == nil {
		hc.SetHeader("Content-Type", contentType)
		hc.SetStatus(status)
		if status != http.StatusNoContent && status != http.StatusNotModified {
			err = o.api.Marshal(hc.BodyWriter(), contentType, body)
		}
	}
	if err != nil { // nothing has been written: a format writes a whole document or nothing
		o.fail(hc, fmt.Errorf("write the answer of %s: %w", o.spec.OperationID, err))
	}
}
