package phrase

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestPluralForms(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]string{ // of 0 1 2 3 5 11 12 21 22 25 100 101 102 103 111
		"none":      "other other other other other other other other other other other other other other other",
		"one-other": "other one other other other other other other other other other other other other other",
		"zero-one":  "one one other other other other other other other other other other other other other",
		"slavic":    "many one few few many many many one few many many one few few many",
		"arabic":    "zero one two few few many many many many many other other other few many",
	} {
		var got []string
		for _, n := range []int{0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 100, 101, 102, 103, 111} {
			got = append(got, rules[rule](n))
			if !slices.Contains(pluralForms[rule], rules[rule](n)) {
				t.Errorf("%s: the form of %d is not asked of catalogues", rule, n)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s:\n got %s\nwant %s", rule, s, want)
		}
	}
}

// TestTheProgramHasTheCatalogues as they are written.
func TestTheProgramHasTheCatalogues(t *testing.T) {
	t.Parallel()
	written, err := filepath.Glob("catalogue/*.json")
	if err != nil || len(written) != len(Shipped()) {
		t.Fatal(written, err)
	}
	for _, name := range written {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := unpacked(files, name+".gz")
		if err != nil || string(got) != string(want) {
			t.Errorf("%s is not as it is packed (make api packs it): %v", name, err)
		}
	}
}

// TestABrokenCatalogueIsNamed shows each fault of one being found.
func TestABrokenCatalogueIsNamed(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile("catalogue/en.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string][2]string{
		"no JSON":          {`"either":`, `either:`},
		"no direction":     {`"dir": "ltr"`, `"dir": "down"`},
		"no rule":          {`"one-other"`, `"two-three"`},
		"eleven months":    {`"January", `, ``},
		"no decimal":       {`"decimal": "."`, `"decimal": ""`},
		"a form too few":   {`{"one": "note", "other": "notes"}`, `{"one": "note"}`},
		"a number as text": {`"Free"`, `7`},
	} {
		_, err := load(fstest.MapFS{"catalogue/en.json": {Data: []byte(strings.Replace(string(good), tt[0], tt[1], 1))}})
		if err == nil || !strings.Contains(err.Error(), "en") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := load(fstest.MapFS{"catalogue/de.json": {Data: good}}); err == nil {
		t.Error("there is no fallback, and nobody says so")
	}
	half := `{"_language": ` + strings.SplitN(strings.SplitN(string(good), `"_language": `, 2)[1], "},", 2)[0] + `}, "nav.notes": "N"}`
	all, err := load(fstest.MapFS{"catalogue/en.json": {Data: good}, "catalogue/aa.json": {Data: []byte(half)}})
	if err != nil || all[1].Text("nav.notes") != "N" || all[1].Text("nav.issues") != "Issues" || all[1].Count("notes", 2) != "2 notes" {
		t.Error(err)
	}
}
