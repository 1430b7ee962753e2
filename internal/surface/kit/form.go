package kit

import (
	"mime/multipart"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// Form is the RawBody of an operation that takes multipart/form-data. The
// fields of T carry the tag form; they are texts, or files of type
// [huma.FormFile]. required:"false" lets a field be left out.
type Form[T any] struct{ Fields T }

// form is what is known of a form before its first request.
type form struct {
	at     []int // path to the struct
	fields []formField
}

type formField struct {
	name     string
	index    int
	required bool
	file     bool
	schema   *huma.Schema
}

var fileType = reflect.TypeFor[huma.FormFile]()

func (o *operation) newForm(raw reflect.StructField) *form {
	t := raw.Type
	if t.Kind() != reflect.Struct || t.NumField() != 1 || t.Field(0).Name != "Fields" {
		panic("kit: RawBody of " + o.spec.OperationID + " is no Form")
	}
	frm := &form{at: append(slices.Clip(raw.Index), 0)}
	t = t.Field(0).Type
	for i := range t.NumField() {
		f := t.Field(i)
		ff := formField{name: f.Tag.Get("form"), index: i, required: f.Tag.Get("required") != "false", file: f.Type == fileType}
		switch {
		case ff.name == "":
			panic("kit: a field of a form has no name: " + f.Name)
		case ff.file:
			ff.schema = &huma.Schema{Type: huma.TypeString, Format: "binary", ContentEncoding: "binary", Description: f.Tag.Get("doc")}
		case f.Type.Kind() == reflect.String:
			ff.schema = o.schemaOf(f, ff.name)
		default:
			panic("kit: a field of a form is a text or a file: " + f.Name)
		}
		frm.fields = append(frm.fields, ff)
	}
	return frm
}

func (frm *form) describe() *huma.MediaType {
	m := &huma.MediaType{
		Schema:   &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, Required: []string{}},
		Encoding: map[string]*huma.Encoding{},
	}
	for _, f := range frm.fields {
		m.Schema.Properties[f.name] = f.schema
		m.Encoding[f.name] = &huma.Encoding{ContentType: "text/plain"}
		if f.file {
			m.Encoding[f.name].ContentType = "application/octet-stream"
		}
		if f.required {
			m.Schema.Required = append(m.Schema.Required, f.name)
		}
	}
	m.Schema.PrecomputeMessages()
	return m
}

// bindForm fills the form's struct. What is wrong with the files is told at
// once; what is wrong with the texts is collected with the rest. Files are
// opened only for a request that will be answered, so that the handler can
// close them all.
func (o *operation) bindForm(hc huma.Context, c *check, in reflect.Value) []error {
	sent, err := hc.GetMultipartForm()
	if err != nil {
		c.stand("body")
		c.found.Add(c.at, nil, "cannot read multipart form: "+err.Error())
		return nil
	}
	var wrong []error
	for _, f := range o.form.fields {
		if err := f.checkFile(sent); err != nil {
			wrong = append(wrong, err)
		}
	}
	if wrong != nil {
		return wrong
	}
	into := in.FieldByIndex(o.form.at)
	for _, f := range o.form.fields {
		if !f.file {
			o.bindText(f, sent, c, into)
		}
	}
	for _, f := range o.form.fields {
		if f.file && len(c.found.Errors) == 0 && len(sent.File[f.name]) == 1 {
			f.open(sent.File[f.name][0], c, into)
		}
	}
	return nil
}

func (f *formField) checkFile(sent *multipart.Form) error {
	switch n := len(sent.File[f.name]); {
	case !f.file:
		return nil
	case n > 1:
		return &huma.ErrorDetail{Message: "Multiple files received but only one was expected", Location: f.name}
	case n == 0 && f.required:
		return &huma.ErrorDetail{Message: "File required", Location: f.name}
	default:
		return nil
	}
}

func (o *operation) bindText(f formField, sent *multipart.Form, c *check, into reflect.Value) {
	values := sent.Value[f.name]
	c.stand("form", f.name)
	switch {
	case len(values) == 0 || values[0] == "":
		if f.required && len(sent.File[f.name]) == 0 {
			c.found.Add(c.at, nil, "required form parameter is missing")
		}
	case len(values) > 1:
		c.found.Add(c.at, nil, "expected at most one value, but received multiple values")
	default:
		into.Field(f.index).SetString(values[0])
		o.validate(c, f.schema, values[0])
	}
}

// open opens a file. Its content type is what the client says; whoever stores
// it looks at the content.
func (f *formField) open(sent *multipart.FileHeader, c *check, into reflect.Value) {
	opened, err := sent.Open()
	if err != nil {
		c.stand("form", f.name)
		c.found.Add(c.at, nil, "failed to open file")
		return
	}
	into.Field(f.index).Set(reflect.ValueOf(huma.FormFile{
		File: opened, ContentType: sent.Header.Get("Content-Type"), IsSet: true, Size: sent.Size, Filename: sent.Filename,
	}))
}
