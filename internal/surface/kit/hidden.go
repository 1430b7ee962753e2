package kit

import (
	"encoding"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// tags say that a field is part of a request or of an answer.
var tags = []string{"json", inPath, inQuery, inHeader, inCookie, "form"}

// hidden finds a field that the program means to fill or to tell, and that
// neither the binder nor the documentation can see: one that is not exported,
// or that stands in an embedded struct that is not. encoding/json does see the
// latter, so such a body would differ from what is documented. "" is none.
func hidden(t reflect.Type, seen map[reflect.Type]bool) string {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return hidden(t.Elem(), seen)
	case reflect.Struct:
	default:
		return ""
	}
	if seen[t] || speaksForItself(t) {
		return ""
	}
	seen[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			if f.Anonymous || tagged(f) {
				return t.String() + "." + f.Name
			}
			continue
		}
		if name := hidden(f.Type, seen); name != "" {
			return name
		}
	}
	return ""
}

func tagged(f reflect.StructField) bool {
	for _, tag := range tags {
		if _, ok := f.Tag.Lookup(tag); ok {
			return true
		}
	}
	return false
}

var ownWords = []reflect.Type{
	reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler](), reflect.TypeFor[huma.SchemaProvider](), reflect.TypeFor[huma.SchemaTransformer](),
}

// speaksForItself tells types whose fields are nobody's business: they write
// and describe themselves, as times do. A file of a form is filled by hand.
func speaksForItself(t reflect.Type) bool {
	if t == fileType {
		return true
	}
	for _, i := range ownWords {
		if t.Implements(i) || reflect.PointerTo(t).Implements(i) {
			return true
		}
	}
	return false
}
