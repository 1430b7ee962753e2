// Package jsonschema stands in for the JSON Schema library of the same import
// path. The kit for assistants' protocol names it to make schemas of Go types
// and to hold arguments to them, and a client of that kit to judge forms. The
// server writes the schemas of its few tools itself and checks what they get
// itself, so none of it is asked for. The replace directive in go.mod keeps the
// real one out of the binary. Whoever wants it after all takes the directive
// away; until then every use fails and says why.
package jsonschema

import (
	"encoding/json"
	"errors"
	"reflect"
)

// ErrLeftOut is the answer to every use.
var ErrLeftOut = errors.New("this JSON Schema library is left out of this build")

// Schema has the fields that are named somewhere.
type Schema struct {
	Type                 string             `json:"type,omitempty"`
	Types                []string           `json:"-"`
	Title                string             `json:"title,omitempty"`
	Description          string             `json:"description,omitempty"`
	Format               string             `json:"format,omitempty"`
	Default              json.RawMessage    `json:"default,omitempty"`
	Enum                 []any              `json:"enum,omitempty"`
	Const                *any               `json:"const,omitempty"`
	OneOf                []*Schema          `json:"oneOf,omitempty"`
	AnyOf                []*Schema          `json:"anyOf,omitempty"`
	Not                  *Schema            `json:"not,omitempty"`
	Items                *Schema            `json:"items,omitempty"`
	Properties           map[string]*Schema `json:"properties,omitempty"`
	AdditionalProperties *Schema            `json:"additionalProperties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	PropertyOrder        []string           `json:"-"`
	MinLength            *int               `json:"minLength,omitempty"`
	MaxLength            *int               `json:"maxLength,omitempty"`
	Minimum              *float64           `json:"minimum,omitempty"`
	Maximum              *float64           `json:"maximum,omitempty"`
	Extra                map[string]any     `json:"-"`
}

// Resolved is never made.
type Resolved struct{}

// Schema returns none.
func (*Resolved) Schema() *Schema { return &Schema{} }

// Validate fails with ErrLeftOut.
func (*Resolved) Validate(any) error { return ErrLeftOut }

// ApplyDefaults fails with ErrLeftOut.
func (*Resolved) ApplyDefaults(any) error { return ErrLeftOut }

// ForOptions is read by nobody.
type ForOptions struct{ IgnoreInvalidTypes bool }

// ResolveOptions is read by nobody.
type ResolveOptions struct{ ValidateDefaults bool }

// Resolve fails with ErrLeftOut.
func (*Schema) Resolve(*ResolveOptions) (*Resolved, error) { return nil, ErrLeftOut }

// For fails with ErrLeftOut.
func For[T any](*ForOptions) (*Schema, error) { return nil, ErrLeftOut }

// ForType fails with ErrLeftOut.
func ForType(reflect.Type, *ForOptions) (*Schema, error) { return nil, ErrLeftOut }
