// Package leftout_test holds what stands in for left-out libraries to what is
// used of them.
package leftout_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/lib/pq"
	exact "github.com/segmentio/encoding/json"
	"github.com/tinylib/msgp/msgp"
	"github.com/valyala/fasthttp"
)

type state string

func TestListsAreWrittenAsPostgresReadsThem(t *testing.T) {
	t.Parallel()
	at := time.Date(2021, 7, 13, 9, 30, 0, 123456000, time.UTC)
	for _, tt := range []struct {
		list any
		want any
	}{
		{[]string{"plain", `a "quoted" \ one`, "with, comma", "", "NULL"}, `{"plain","a \"quoted\" \\ one","with, comma","","NULL"}`},
		{[]string{}, "{}"},
		{[]string(nil), nil},
		{[]int16{1, -2}, "{1,-2}"},
		{[]int64{1 << 40}, "{1099511627776}"},
		{[]bool{true, false}, "{true,false}"},
		{[]state{"available"}, `{"available"}`},
		{[]time.Time{at}, `{"2021-07-13 09:30:00.123456Z"}`},
		{[][]byte{{0xde, 0xad}, nil}, `{"\\xdead",NULL}`},
	} {
		got, err := pq.Array(tt.list).Value()
		if err != nil || got != tt.want {
			t.Errorf("%#v is written as %v (%v), not as %v", tt.list, got, err, tt.want)
		}
	}
	if _, err := pq.Array([]float64{1}).Value(); !errors.Is(err, pq.ErrLeftOut) {
		t.Errorf("a list of another kind: %v", err)
	}
}

func TestListsOfStringsAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		`{}`:                               {},
		`{one,two}`:                        {"one", "two"},
		`{"a \"b\" \\ c","d, e",f,"NULL"}`: {`a "b" \ c`, "d, e", "f", "NULL"},
		`{"{\"error\": \"x\"}"}`:           {`{"error": "x"}`},
	} {
		var got []string
		if err := pq.Array(&got).Scan([]byte(text)); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s is read as %q (%v)", text, got, err)
		}
	}
	for _, bad := range []string{"", "one", "{NULL}", "{{a},{b}}", `{"a`} {
		var got []string
		if err := pq.Array(&got).Scan(bad); err == nil {
			t.Errorf("%s is read as %q", bad, got)
		}
	}
}

func TestBodiesAreUnpackedByTheStandardLibrary(t *testing.T) {
	t.Parallel()
	text := []byte(strings.Repeat("Orders fell by a fifth. ", 200))
	for name, c := range map[string]struct {
		pack   func(dst, src []byte, level int) []byte
		unpack func(dst, src []byte) ([]byte, error)
	}{
		"gzip":    {fasthttp.AppendGzipBytesLevel, fasthttp.AppendGunzipBytes},
		"deflate": {fasthttp.AppendDeflateBytesLevel, fasthttp.AppendInflateBytes},
	} {
		packed := c.pack(nil, text, fasthttp.CompressBestCompression)
		got, err := c.unpack(nil, packed)
		if err != nil || !cmp.Equal(got, text) || len(packed) > len(text)/10 {
			t.Errorf("%s: %d bytes came back of %d packed ones (%v)", name, len(got), len(packed), err)
		}
	}
	if _, err := fasthttp.AppendUnzstdBytes(nil, []byte{0x28, 0xb5, 0x2f, 0xfd}); err == nil {
		t.Error("Zstandard is unpacked")
	}
}

func TestKeysCountAsTheyAreSpelled(t *testing.T) {
	t.Parallel()
	type inner struct {
		Name string `json:"name"`
	}
	type message struct {
		Method string           `json:"method"`
		Plain  string           // by its own name
		Hidden string           `json:"-"`
		Inner  *inner           `json:"inner"`
		List   []inner          `json:"list"`
		Map    map[string]inner `json:"map"`
		Any    any              `json:"any"`
		At     time.Time        `json:"at"`
		inner
	}
	const text = `{"Method":"a","method":"b","METHOD":"c","Plain":"p","plain":"q","Hidden":"h","-":"h","inner":{"Name":"x","name":"y"},
		"list":[{"NAME":"x"},{"name":"y"}],"map":{"Key":{"Name":"x","name":"z"}},"any":{"Free":[1]},"at":"2021-07-13T00:00:00Z","name":"n"}`
	var got message
	d := exact.NewDecoder(strings.NewReader(text))
	d.DontMatchCaseInsensitiveStructFields()
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Method != "b" || got.Plain != "p" || got.Hidden != "" || got.Inner.Name != "y" || got.List[0].Name != "" || got.List[1].Name != "y" || got.Map["Key"].Name != "z" || got.At.Year() != 2021 {
		t.Errorf("%+v", got)
	}
	if free, _ := got.Any.(map[string]any); free["Free"] == nil {
		t.Errorf("%+v", got.Any)
	}
	for _, bad := range []string{"", "{", `{"method":7}`, `[]`, `{"inner":"x"}`} {
		d := exact.NewDecoder(strings.NewReader(bad))
		d.DontMatchCaseInsensitiveStructFields()
		if err := d.Decode(&message{}); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestTheRestRefuses(t *testing.T) {
	t.Parallel()
	if _, err := jsonschema.For[string](nil); !errors.Is(err, jsonschema.ErrLeftOut) {
		t.Error(err)
	}
	if _, _, err := msgp.ReadStringBytes(nil); !errors.Is(err, msgp.ErrLeftOut) {
		t.Error(err)
	}
}
