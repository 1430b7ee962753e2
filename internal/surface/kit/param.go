package kit

import (
	"encoding"
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Where a parameter stands in a request.
const (
	inPath   = "path"
	inQuery  = "query"
	inHeader = "header"
	inCookie = "cookie"
)

// param is one parameter of an operation.
type param struct {
	in, name string
	at       []int // path to the field
	required bool
	standard string // taken when the request has none
	schema   *huma.Schema
	set      setter
}

// setter reads a text into a field. It gives the value that the schema's
// rules are held against.
type setter func(field reflect.Value, text string) (any, error)

// newParam reads a field's tags; nil says that it is no parameter.
func newParam(f reflect.StructField, at []int) *param {
	if f.Name == "Body" || f.Name == "RawBody" {
		return nil
	}
	for _, in := range []string{inPath, inQuery, inHeader, inCookie} {
		name := f.Tag.Get(in)
		if name == "" {
			continue
		}
		if strings.Contains(name, ",") {
			panic("kit: options of a parameter are not supported: " + f.Name)
		}
		return &param{
			in: in, name: name, at: at, required: in == inPath || f.Tag.Get("required") == "true",
			standard: f.Tag.Get("default"), set: setterOf(f, in),
		}
	}
	return nil
}

// value gives what the request says, or else the standard value. A parameter
// without a value is one that is not there.
func (p *param) value(hc huma.Context) (text string) {
	switch p.in {
	case inPath:
		text = hc.Param(p.name)
	case inQuery:
		text = hc.Query(p.name)
	case inHeader:
		text = hc.Header(p.name)
	case inCookie:
		if c, err := huma.ReadCookie(hc, p.name); err == nil {
			text = c.Value
		}
	}
	if text == "" {
		return p.standard
	}
	return text
}

var (
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	timeType = reflect.TypeFor[time.Time]()
)

// setterOf chooses by type. What it does not know is a mistake in the program,
// found when that starts.
func setterOf(f reflect.StructField, in string) setter {
	switch {
	case f.Type == timeType:
		return setTime(f, in)
	case reflect.PointerTo(f.Type).Implements(textType) && f.Type.Kind() != reflect.Pointer:
		return setText
	case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.String:
		return setList
	}
	switch f.Type.Kind() {
	case reflect.String:
		return setString
	case reflect.Bool:
		return setBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return setInt
	case reflect.Float32, reflect.Float64:
		return setFloat
	default:
		panic("kit: a parameter cannot be a " + f.Type.String() + ": " + f.Name)
	}
}

func setString(field reflect.Value, text string) (any, error) {
	field.SetString(text)
	return text, nil
}

func setBool(field reflect.Value, text string) (any, error) {
	v, err := strconv.ParseBool(text)
	if err != nil {
		return nil, errors.New("invalid boolean")
	}
	field.SetBool(v)
	return v, nil
}

func setInt(field reflect.Value, text string) (any, error) {
	v, err := strconv.ParseInt(text, 10, field.Type().Bits())
	if err != nil {
		return nil, errors.New("invalid integer")
	}
	field.SetInt(v)
	return v, nil
}

func setFloat(field reflect.Value, text string) (any, error) {
	v, err := strconv.ParseFloat(text, field.Type().Bits())
	if err != nil {
		return nil, errors.New("invalid float")
	}
	field.SetFloat(v)
	return v, nil
}

// setTime reads RFC 3339, in a header what HTTP writes, or what the field's
// tag timeFormat says.
func setTime(f reflect.StructField, in string) setter {
	layout := time.RFC3339Nano
	if in == inHeader {
		layout = http.TimeFormat
	}
	if given := f.Tag.Get("timeFormat"); given != "" {
		layout = given
	}
	return func(field reflect.Value, text string) (any, error) {
		t, err := time.Parse(layout, text)
		if err != nil {
			return nil, errors.New("invalid date/time for format " + layout)
		}
		field.Set(reflect.ValueOf(t))
		return text, nil
	}
}

func setText(field reflect.Value, text string) (any, error) {
	if err := field.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)); err != nil {
		return nil, errors.New("invalid value: " + err.Error())
	}
	return text, nil
}

// setList takes texts apart at commas.
func setList(field reflect.Value, text string) (any, error) {
	parts := strings.Split(text, ",")
	list := reflect.MakeSlice(field.Type(), len(parts), len(parts))
	for i, part := range parts {
		list.Index(i).SetString(part)
	}
	field.Set(list)
	return parts, nil
}
