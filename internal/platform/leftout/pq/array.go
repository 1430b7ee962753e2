// Package pq stands in for the Postgres driver of the same import path. The job
// queue names it for one thing: how a list is written as, and read from, the
// text of a Postgres array. The database is spoken to by another driver. The
// replace directive in go.mod keeps a second one out of the binary. What is used
// of it works here; any other kind of list fails and says why.
//
// The text: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
package pq

import (
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// ErrLeftOut is the answer to lists of other kinds.
var ErrLeftOut = errors.New("lists of this kind are left out of this build")

// Array writes a list as an array, and reads one into a pointer to a list of
// strings.
func Array(list any) interface {
	driver.Valuer
	sql.Scanner
} {
	return array{list}
}

type array struct{ list any }

// Value implements driver.Valuer.
func (a array) Value() (driver.Value, error) {
	v := reflect.ValueOf(a.list)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Slice {
		return nil, fmt.Errorf("%w: %T", ErrLeftOut, a.list)
	}
	if v.IsNil() {
		return nil, nil
	}
	parts := make([]string, v.Len())
	for i := range parts {
		text, err := element(v.Index(i))
		if err != nil {
			return nil, err
		}
		parts[i] = text
	}
	return "{" + strings.Join(parts, ",") + "}", nil
}

// instant is how a moment stands in an array, to its last digit and with its zone.
const instant = "2006-01-02 15:04:05.999999999Z07:00:00"

func element(v reflect.Value) (string, error) {
	switch x := v.Interface().(type) {
	case time.Time:
		return quoted(x.Format(instant)), nil
	case []byte:
		if x == nil {
			return "NULL", nil
		}
		return quoted(`\x` + hex.EncodeToString(x)), nil
	}
	switch {
	case v.Kind() == reflect.String:
		return quoted(v.String()), nil
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), nil
	default:
		return "", fmt.Errorf("%w: of %s", ErrLeftOut, v.Type())
	}
}

var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func quoted(s string) string { return `"` + escape.Replace(s) + `"` }

// Scan implements sql.Scanner.
func (a array) Scan(from any) error {
	to, ok := a.list.(*[]string)
	if !ok {
		return fmt.Errorf("%w: %T", ErrLeftOut, a.list)
	}
	switch text := from.(type) {
	case nil:
		*to = nil
		return nil
	case string:
		return read(text, to)
	case []byte:
		return read(string(text), to)
	default:
		return fmt.Errorf("pq: a list cannot be read from %T", from)
	}
}

// read takes an array of one dimension apart.
func read(text string, to *[]string) error {
	inner, opens := strings.CutPrefix(text, "{")
	inner, closes := strings.CutSuffix(inner, "}")
	if !opens || !closes {
		return fmt.Errorf("pq: %q is no array of strings", text)
	}
	list := []string{}
	for rest := inner; rest != ""; {
		one, after, err := next(rest)
		if err != nil {
			return err
		}
		list, rest = append(list, one), after
	}
	*to = list
	return nil
}

// next is the first element, and what follows its comma.
func next(s string) (one, after string, err error) {
	if s[0] != '"' {
		one, after, _ = strings.Cut(s, ",")
		if one == "NULL" || strings.ContainsAny(one, "{}") {
			return "", "", errors.New("pq: only plain lists of strings can be read")
		}
		return one, after, nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		case '"':
			return b.String(), strings.TrimPrefix(s[i+1:], ","), nil
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errors.New("pq: an element of a list does not end")
}
