package search

import (
	"strconv"
	"strings"
	"testing"
)

func TestATextBecomesATsvector(t *testing.T) {
	t.Parallel()
	if got, want := vector([]string{inTitle + "a", fieldEnd, "film", "a", "film", fieldEnd, "film"}), "'"+inTitle+"a':1 'film':3,5,7 'a':4 "; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	if got := vector(nil); got != "" {
		t.Errorf("%q", got)
	}
	long := make([]string, 20_000)
	for i := range long {
		long[i] = "w" + strconv.Itoa(i%40)
	}
	long[19_999] = "end"
	got := vector(long)
	if first, _, _ := strings.Cut(got, " "); strings.Count(first, ",") != 254 || !strings.HasPrefix(first, "'w0':1,41,81,") {
		t.Errorf("a word has 255 places: %.60s", first)
	}
	if !strings.HasSuffix(got, " 'end' ") {
		t.Errorf("what stands behind the last place has none: %q", got[len(got)-20:])
	}
}
