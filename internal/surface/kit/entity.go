package kit

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/platform/fault"
)

// entityKey stands in an operation's metadata, with the path whose GET shows
// what the operation changes.
const entityKey = "entity"

// EntityTag is how fields are marked that a change does not wait for, such as
// when something was used last: `etag:"-"`.
const entityTag = "etag"

// Of says that an operation changes what GET of a path answers with. The GET
// then carries an ETag, the change may carry If-Match, and answers with the
// new ETag where its answer is of the same type. [API.Link] makes it so when
// all operations are there.
func Of(op *huma.Operation, path string) {
	if op.Metadata == nil {
		op.Metadata = map[string]any{}
	}
	op.Metadata[entityKey] = path
}

// Link connects changes with what they change. It names the changes whose
// entity no GET shows.
func (a *API) Link() (lost []string) {
	for _, o := range a.operations {
		path, ok := o.spec.Metadata[entityKey].(string)
		if !ok {
			continue
		}
		get := a.operations[http.MethodGet+" "+path]
		if get == nil || get.reply.body == nil {
			lost = append(lost, o.spec.OperationID)
			continue
		}
		get.tagged()
		if o.reply.body != nil && o.reply.bodyType == get.reply.bodyType {
			o.tagged()
		}
	}
	slices.Sort(lost)
	return lost
}

// tagged makes an operation answer with an ETag, unless it does already.
func (o *operation) tagged() {
	if o.tag || slices.ContainsFunc(o.reply.headers, isETag) {
		return
	}
	o.tag = true
}

func (o *operation) describeTag() {
	r := o.spec.Responses[strconv.Itoa(o.spec.DefaultStatus)]
	if r.Headers == nil {
		r.Headers = map[string]*huma.Header{}
	}
	r.Headers["ETag"] = &huma.Header{Schema: &huma.Schema{Type: huma.TypeString, Description: "Send it in If-Match with a change"}}
}

func isETag(h outHeader) bool { return strings.EqualFold(h.name, "ETag") }

// Current gives the ETag of what GET of a path answers with at this moment, for
// the path's own parameters of a request.
func (a *API) Current(hc huma.Context, path string) (string, error) {
	o := a.operations[http.MethodGet+" "+path]
	if o == nil {
		return "", errors.New("kit: no GET of " + path)
	}
	in, c := reflect.New(o.in), checks.Get().(*check)
	defer c.release()
	for _, p := range o.params {
		text := p.standard
		if p.in == inPath {
			text = hc.Param(p.name)
		}
		if text == "" {
			continue
		}
		if _, err := p.set(in.Elem().FieldByIndex(p.at), text); err != nil {
			return "", fault.New(fault.NotFound, codeNotFound, "There is nothing at this address.")
		}
	}
	out, err := o.call(hc.Context(), in.Interface())
	if err != nil {
		return "", err
	}
	v := reflect.ValueOf(out).Elem()
	for _, h := range o.reply.headers {
		if isETag(h) {
			return h.text(v.FieldByIndex(h.at)), nil
		}
	}
	return tagOf(v.FieldByIndex(o.reply.body).Interface())
}

// tagOf makes an entity tag of a body, without what is marked etag:"-".
func tagOf(body any) (string, error) {
	raw, err := json.Marshal(atRest(body))
	if err != nil {
		return "", err
	}
	return Tag(raw), nil
}

// atRest copies a struct without what changes by itself.
func atRest(body any) any {
	v := reflect.ValueOf(body)
	if v.Kind() != reflect.Struct || !restless(v.Type()) {
		return body
	}
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	for i := range c.NumField() {
		switch f := c.Type().Field(i); {
		case f.Tag.Get(entityTag) == "-":
			c.Field(i).SetZero()
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && restless(f.Type.Elem()):
			c.Field(i).Set(allAtRest(c.Field(i)))
		}
	}
	return c.Interface()
}

func allAtRest(list reflect.Value) reflect.Value {
	out := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	for i := range list.Len() {
		out.Index(i).Set(reflect.ValueOf(atRest(list.Index(i).Interface())))
	}
	return out
}

// restless tells whether anything of a struct, or of a list in it, changes by
// itself.
func restless(t reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get(entityTag) == "-" || f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && f.Type.Elem() != t && restless(f.Type.Elem()) {
			return true
		}
	}
	return false
}

// Conditions are the preconditions of a change (RFC 9110, section 13.1).
type Conditions struct {
	IfMatch     string
	IfNoneMatch string // only * is for changes
}

// ConditionsOf reads them.
func ConditionsOf(hc huma.Context) Conditions {
	return Conditions{strings.TrimSpace(hc.Header("If-Match")), strings.TrimSpace(hc.Header("If-None-Match"))}
}

// Any tells whether there are any.
func (c Conditions) Any() bool { return cmp.Or(c.IfMatch, c.IfNoneMatch) != "" }

// Hold checks the conditions against what is there; "" is nothing.
func (c Conditions) Hold(current string) error {
	stale := fault.New(fault.PreconditionFailed, "stale_version", "This was changed by somebody else in the meantime.")
	stale.Current = current
	switch {
	case c.IfNoneMatch == "*" && current != "":
		f := fault.New(fault.PreconditionFailed, "exists", "There is something at this address already.")
		f.Current = current
		return f
	case c.IfMatch == "":
		return nil
	case current == "", c.IfMatch != "*" && !strictly(c.IfMatch, current):
		return stale
	default:
		return nil
	}
}

// strictly compares as RFC 9110 wants it for changes: a weak tag is equal to
// none.
func strictly(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		if strings.TrimSpace(candidate) == tag {
			return true
		}
	}
	return false
}
