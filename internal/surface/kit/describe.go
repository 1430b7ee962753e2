package kit

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// The documentation of an operation says what huma's own registration says: the
// documents of this house are read by generated clients. What requests are held
// against is made at the start, and what only readers of the document want to
// know when the first of them comes: it takes megabytes, and most servers are
// never asked for it.

const jsonType = "application/json"

// schemaOf gives the schema of a field; hint names it when its type has no
// name.
func (o *operation) schemaOf(f reflect.StructField, hint string) *huma.Schema {
	return huma.SchemaFromField(o.api.OpenAPI().Components.Schemas, f, hint)
}

// hint names the schema of a field whose own type has no name.
func hint(owner reflect.Type, name, other string) string {
	if owner.Name() == "" {
		return other
	}
	return owner.Name() + name
}

func (o *operation) describeParams() {
	fields(o.in, nil, func(f reflect.StructField, at []int) {
		p := newParam(f, at)
		if p == nil {
			return
		}
		p.schema = o.schemaOf(f, "")
		o.params = append(o.params, p)
		doc := &huma.Param{Name: p.name, In: p.in, Required: p.required, Schema: p.schema, Description: p.schema.Description}
		if p.in == inQuery {
			o.known[p.name] = true
			doc.Explode = new(bool) // lists are written with commas
		}
		if !slices.ContainsFunc(o.spec.Parameters, func(q *huma.Param) bool { return q.Name == p.name && q.In == p.in }) {
			o.spec.Parameters = append(o.spec.Parameters, doc)
		}
	})
}

func (o *operation) describeBody() {
	if f, ok := o.in.FieldByName("Body"); ok {
		o.body = f.Index
		o.schema = o.schemaOf(f, hint(o.in, f.Name, o.spec.OperationID+"Request"))
		required := f.Type.Kind() != reflect.Pointer && f.Type.Kind() != reflect.Interface
		o.spec.RequestBody = &huma.RequestBody{Required: required, Content: map[string]*huma.MediaType{jsonType: {Schema: o.schema}}}
		o.schema.PrecomputeMessages()
		if o.spec.MaxBodyBytes == 0 {
			o.spec.MaxBodyBytes = 1 << 20
		}
	}
	if f, ok := o.in.FieldByName("RawBody"); ok {
		o.form = o.newForm(f)
		o.spec.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{"multipart/form-data": o.form.describe()}}
	}
}

func (o *operation) readReply(out reflect.Type) {
	o.reply, o.out = newReply(out), out
	if o.spec.DefaultStatus == 0 {
		o.spec.DefaultStatus = http.StatusNoContent
		if o.reply.body != nil || o.spec.Method == http.MethodHead {
			o.spec.DefaultStatus = http.StatusOK
		}
	}
}

// describe writes what answers are like.
func (o *operation) describe() {
	o.describeReply()
	o.describeErrors()
	o.describeParting()
	if o.tag {
		o.describeTag()
	}
}

func (o *operation) describeReply() {
	out, spec := o.out, o.spec
	spec.Responses = maps.Clone(spec.Responses)
	if spec.Responses == nil {
		spec.Responses = map[string]*huma.Response{}
	}
	status := strconv.Itoa(spec.DefaultStatus)
	r := spec.Responses[status]
	if r == nil {
		r = &huma.Response{}
		spec.Responses[status] = r
	}
	if r.Description == "" {
		r.Description = http.StatusText(spec.DefaultStatus)
	}
	if f, ok := out.FieldByName("Body"); ok && f.Type.Kind() != reflect.Func {
		o.describeReplyBody(r, out, f)
	}
	for _, h := range o.reply.headers {
		if r.Headers == nil {
			r.Headers = map[string]*huma.Header{}
		}
		r.Headers[h.name] = &huma.Header{Schema: o.schemaOf(h.field, hint(out, h.field.Name, spec.OperationID+status+h.name))}
	}
}

// describeReplyBody leaves a description that was given by hand.
func (o *operation) describeReplyBody(r *huma.Response, out reflect.Type, f reflect.StructField) {
	schema := o.schemaOf(f, hint(out, f.Name, o.spec.OperationID+"Response"))
	if len(r.Content) == 0 {
		r.Content = map[string]*huma.MediaType{jsonType: {}}
	}
	if m := r.Content[jsonType]; m != nil && m.Schema == nil {
		m.Schema = schema
	}
}

// describeErrors names the statuses that an operation refuses with: those it
// states, and what any input and any server can come to.
func (o *operation) describeErrors() {
	problem := reflect.TypeFor[Problem]()
	content := map[string]*huma.MediaType{problemType: {Schema: o.api.OpenAPI().Components.Schemas.Schema(problem, true, problem.Name())}}
	statuses := slices.Clone(o.spec.Errors)
	if len(statuses) > 0 {
		if len(o.params) > 0 || o.body != nil || o.form != nil || !o.api.strict { // a parameter that is not known
			statuses = append(statuses, http.StatusUnprocessableEntity)
		}
		if o.body != nil || o.form != nil {
			statuses = append(statuses, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
		}
		if slices.ContainsFunc(o.params, func(p *param) bool { return p.name == "If-Match" }) {
			statuses = append(statuses, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
		}
		statuses = append(statuses, http.StatusInternalServerError)
	}
	for _, status := range statuses {
		o.spec.Responses[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status), Content: content}
	}
	if len(statuses) == 0 && len(o.spec.Responses) <= 1 {
		o.spec.Responses["default"] = &huma.Response{Description: "Error", Content: content}
	}
	o.spec.Errors = statuses
}
