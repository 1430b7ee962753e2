package kit

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestJSONIsReadStrictly(t *testing.T) {
	t.Parallel()
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for in, want := range map[string]error{
		`{"a":1,"b":{"a":[1,2,{"a":"x"}]},"c":null}`: nil, " [ ] ": nil, `"a"`: nil, `{"a":"\\"}`: nil, `{"a":"\\u0000 is how it is written"}`: nil, `[{"a":1},{"a":1}]`: nil,
		`{"a":1,"a":2}`: errTwice, `{"a":1,"\u0061":2}`: errTwice, "{\"\xff\":1,\"\xfe\":2}": errTwice, `[{"b":{"x":1, "y":[] ,"x":3}}]`: errTwice,
		`{"a":"x\u0000"}`: errNull, `{"\u0000":1}`: errNull, `["\\\u0000"]`: errNull,
		`{"a":1} 2`: errTrailing, `[]]`: errTrailing, `{"a":1}{}`: errTrailing,
		``: errJSON, `{`: errJSON, `{"a"}`: errJSON, `{"a":}`: errJSON, `[1,]`: errJSON, `"`: errJSON, `"\`: errJSON, `{"a":1,}`: errJSON, `]`: errJSON, "\x00": errJSON, `nul`: errJSON, "[\"\x00\"]": errJSON,
		deep(maxDepth): nil, deep(maxDepth + 1): errDepth, strings.Repeat(`{"a":`, 100000): errDepth, `"` + strings.Repeat("[", 100) + `"`: nil,
	} {
		if err := checkJSON([]byte(in)); !errors.Is(err, want) {
			t.Errorf("%.80s: %v, not %v", in, err, want)
		}
	}
}

// FuzzJSON holds the reading to that of the standard library's tokens.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{"b":"\u0000"}],"a":2}`, `[]`, `{"a":1} x`, `"\\"`, `[1.5e3,true,null,"é"]`, "{\"\xff\":1,\"\xfe\":2}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := checkJSON(data)
		var v any
		dec := json.NewDecoder(bytes.NewReader(data))
		bad := dec.Decode(&v) != nil
		if !bad {
			_, err := dec.Token()
			bad = !errors.Is(err, io.EOF)
		}
		want := bad || twice(json.NewDecoder(bytes.NewReader(data))) || null(v)
		if deep := errors.Is(got, errDepth); !deep && want != (got != nil) {
			t.Errorf("%q: %v", data, got)
		}
	})
}

// twice tells whether an object has two members of one name.
func twice(dec *json.Decoder) bool {
	tok, _ := dec.Token()
	open, is := tok.(json.Delim)
	if !is {
		return false
	}
	seen, found := map[string]bool{}, false
	for dec.More() {
		if open == '{' {
			name, _ := dec.Token()
			found = found || seen[name.(string)]
			seen[name.(string)] = true
		}
		found = twice(dec) || found
	}
	_, _ = dec.Token()
	return found
}

// null tells whether a text holds U+0000.
func null(v any) (found bool) {
	switch v := v.(type) {
	case string:
		return strings.ContainsRune(v, 0)
	case []any:
		for _, x := range v {
			found = found || null(x)
		}
	case map[string]any:
		for name, x := range v {
			found = found || null(name) || null(x)
		}
	}
	return found
}
