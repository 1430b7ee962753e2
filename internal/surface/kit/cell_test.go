package kit_test

import (
	"testing"

	"lighttrends/internal/surface/kit"
)

// TestACellIsNoFormula also for what a spreadsheet takes for one after a
// control character; numbers and plain words stay what they are.
func TestACellIsNoFormula(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "Ada": "Ada", "-3.5": "-3.5", "+12": "+12",
		"=1+1": "'=1+1", "+1;2": "'+1;2", "-a": "'-a", "@sum": "'@sum", "\tx": "'\tx", "|x": "'|x", "%x": "'%x",
	} {
		if got := kit.Cell(text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
}
