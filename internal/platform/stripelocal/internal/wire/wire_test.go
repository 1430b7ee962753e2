package wire_test

import (
	"errors"
	"math"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func fields() wire.Fields {
	return wire.Fields{
		"name": wire.Text(), "items": wire.List(wire.Hash(wire.Fields{"price": wire.Text(), "quantity": wire.Int(), "tags": wire.List(wire.Text())})),
		"metadata": wire.Meta(), "active": wire.Bool(), "share": wire.Number(), "created": wire.Range(), "end": wire.Int().Or("now"), "note": wire.Text().Unset(),
		"colors": wire.List(wire.Enum("red", "blue")).Between(0, 2), "code": wire.Text().Between(2, 4),
	}
}

func read(t *testing.T, raw string) (wire.Values, error) {
	t.Helper()
	form, err := wire.Parse(raw)
	if err != nil {
		return nil, err
	}
	return form.Check(fields())
}

func TestNestedFormsAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		raw  string
		want func(wire.Values) any
		is   any
	}{
		{"name=a+b%26c", func(v wire.Values) any { return v.Text("name") }, "a b&c"},
		{"name=a&name=b", func(v wire.Values) any { return v.Text("name") }, "b"},
		{"name=%ff", func(v wire.Values) any { return v.Text("name") }, "\uFFFD"},
		{"items[0][price]=p&items[1][price]=q", func(v wire.Values) any { return len(v.Hashes("items")) }, 2},
		{"items[1][price]=q&items[0][price]=p", func(v wire.Values) any { return v.Hashes("items")[0].Text("price") }, "p"},
		{"items[10][price]=q&items[9][price]=p", func(v wire.Values) any { return v.Hashes("items")[0].Text("price") }, "p"},
		{"items[][price]=p&items[][quantity]=2&items[][price]=q", func(v wire.Values) any { return v.Hashes("items")[0].Int("quantity") }, int64(2)},
		{"items[][price]=p&items[][quantity]=2&items[][price]=q", func(v wire.Values) any { return v.Hashes("items")[1].Text("price") }, "q"},
		{"items[][tags][]=a&items[][tags][]=b", func(v wire.Values) any { return v.Hashes("items")[0].Texts("tags") }, []string{"a", "b"}},
		{"colors[]=red&colors[]=blue", func(v wire.Values) any { return v.Texts("colors") }, []string{"red", "blue"}},
		{"active=true", func(v wire.Values) any { return v.Bool("active") }, true},
		{"share=12.5", func(v wire.Values) any { return v.Number("share") }, 12.5},
		{"end=now", func(v wire.Values) any { return v.Text("end") }, "now"},
		{"end=5", func(v wire.Values) any { return v.Int("end") }, int64(5)},
		{"note=", func(v wire.Values) any { return v.Blank("note") }, true},
		{"", func(v wire.Values) any { return v.Has("note") }, false},
		{"created[gt]=5&created[lte]=9", func(v wire.Values) any { return v.Range("created") }, wire.Bounds{From: 6, To: 9}},
		{"created=5", func(v wire.Values) any { return v.Range("created") }, wire.Bounds{From: 5, To: 5}},
		{"", func(v wire.Values) any { return v.Range("created").Holds(math.MaxInt64) }, true},
		{"metadata[a]=1", func(v wire.Values) any { m, _ := v.Merge("metadata", map[string]string{"b": "2"}); return m }, map[string]string{"a": "1", "b": "2"}},
		{"metadata[b]=", func(v wire.Values) any { m, _ := v.Merge("metadata", map[string]string{"b": "2"}); return m }, map[string]string{}},
		{"metadata=", func(v wire.Values) any { m, _ := v.Merge("metadata", map[string]string{"b": "2"}); return m }, map[string]string{}},
		{"", func(v wire.Values) any { m, _ := v.Merge("metadata", map[string]string{"b": "2"}); return m }, map[string]string{"b": "2"}},
	} {
		v, err := read(t, c.raw)
		if err != nil {
			t.Errorf("%s: %v", c.raw, err)
			continue
		}
		if diff := cmp.Diff(c.is, c.want(v)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.raw, diff)
		}
	}
}

func TestWhatDoesNotFitNamesItsParameter(t *testing.T) {
	t.Parallel()
	for raw, param := range map[string]string{
		"colour=red":                             "colour",
		"items[0][colour]=red":                   "items[0][colour]",
		"items=1":                                "items",
		"items[a][price]=1":                      "items",
		"items[-1][price]=1":                     "items",
		"items[0][quantity]=one":                 "items[0][quantity]",
		"colors[]=green":                         "colors[0]",
		"colors[]=red&colors[]=red&colors[]=red": "colors",
		"name[a]=1":                              "name",
		"name=1&name[a]=2":                       "name[a]",
		"name[a]=1&name=2":                       "name",
		"active=TRUE":                            "active",
		"share=NaN":                              "share",
		"share=Inf":                              "share",
		"created[near]=1":                        "created[near]",
		"created=soon":                           "created",
		"end=later":                              "end",
		"code=a":                                 "code",
		"code=abcde":                             "code",
		"metadata[a][b]=1":                       "metadata[a]",
		"[a]=1":                                  "[a]",
		"a[b=1":                                  "a[b",
	} {
		_, err := read(t, raw)
		var refused *wire.Error
		if !errors.As(err, &refused) || refused.Status != 400 || refused.Param != param || refused.Message == "" {
			t.Errorf("%s: %+v, want a refusal of %s", raw, err, param)
		}
	}
}

func TestTheOrderOfParametersDoesNotChangeTheFingerprint(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOfN(rapid.StringMatching(`[a-c]=[x-z&=%]{0,3}`), 1, 6).Draw(t, "pairs")
		escaped := make([]string, len(pairs))
		for i, p := range pairs {
			k, v, _ := strings.Cut(p, "=")
			escaped[i] = url.QueryEscape(k) + "=" + url.QueryEscape(v)
		}
		shuffled := rapid.Permutation(escaped).Draw(t, "shuffled")
		a, errA := wire.Parse(strings.Join(escaped, "&"))
		b, errB := wire.Parse(strings.Join(shuffled, "&"))
		if errA != nil || errB != nil || a.Fingerprint() != b.Fingerprint() {
			t.Fatalf("%v and %v differ", escaped, shuffled)
		}
	})
}

func TestASampleFitsItsOwnFields(t *testing.T) {
	t.Parallel()
	form, err := wire.Parse(fields().Sample().Encode())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := form.Check(fields()); err != nil {
		t.Error(err)
	}
}

// FuzzParse makes sure that no body breaks the reader, and that what is taken
// stays within its limits.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a=b", "items[][price]=1", "metadata[a]=", "items[0][tags][]=x&items[0][tags][1]=y", "%zz", "a[[]]=1", "[]=", "items[][]=&items[]", strings.Repeat("a[", 50)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		form, err := wire.Parse(raw)
		if err != nil {
			return
		}
		v, err := form.Check(fields())
		if err != nil {
			var refused *wire.Error
			if !errors.As(err, &refused) || refused.Status != 400 {
				t.Fatalf("%q: %v", raw, err)
			}
			return
		}
		if len(v.Hashes("items")) > 100 || len(v.Texts("colors")) > 2 {
			t.Fatalf("%q passed its limits", raw)
		}
		for name, value := range func() map[string]string { m, _ := v.Merge("metadata", nil); return m }() {
			if name == "" || value == "" {
				t.Fatalf("%q made empty metadata", raw)
			}
		}
	})
}
