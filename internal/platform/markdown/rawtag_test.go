package markdown

import (
	"testing"

	"pgregory.net/rapid"
)

func TestKeptTagsAreBalanced(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tags := rapid.SliceOf(rapid.Custom(func(t *rapid.T) *rawTag {
			return &rawTag{name: rapid.SampledFrom([]string{"sub", "sup", "mark", "br"}).Draw(t, "name"), close: rapid.Bool().Draw(t, "close")}
		})).Draw(t, "tags")
		most := rapid.IntRange(1, 5).Draw(t, "most")
		all := pair(tags, most)
		var stack []string
		kept := 0
		for _, tag := range tags {
			switch {
			case !tag.keep:
				continue
			case tag.name == "br":
			case !tag.close:
				stack = append(stack, tag.name)
			case len(stack) == 0 || stack[len(stack)-1] != tag.name:
				t.Fatalf("</%s> closes %v", tag.name, stack)
			default:
				stack = stack[:len(stack)-1]
			}
			if len(stack) > most {
				t.Fatalf("%d deep, at most %d are allowed", len(stack), most)
			}
			kept++
		}
		if len(stack) > 0 {
			t.Fatalf("left open: %v", stack)
		}
		dropped := 0
		for _, tag := range tags {
			if !tag.keep && tag.name != "br" {
				dropped++
			}
		}
		if all != (dropped == 0) {
			t.Fatalf("%d tags were dropped, but pair says %v", dropped, all)
		}
	})
}

func TestInlineTags(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]*rawTag{
		"<sub>":                    {name: "sub"},
		"<SUB class=\"x\">":        {name: "sub"},
		"</sub >":                  {name: "sub", close: true},
		"<br/>":                    {name: "br"},
		"<sub-x>":                  {name: "sub-x"},
		"<abbr title='a \"b\"' x>": {name: "abbr", title: "a \"b\""},
		"<abbr\ntitle=\"a\x01\">":  {name: "abbr", title: "a"},
		"</abbr>":                  {name: "abbr", close: true},
		"<!-- sub -->":             nil,
		"<?sub?>":                  nil,
		"<!SUB>":                   nil,
		"<![CDATA[<sub>]]>":        nil,
	} {
		got := inlineTagOf([]byte(src))
		if (got == nil) != (want == nil) || got != nil && *got != *want {
			t.Errorf("%q: %+v, want %+v", src, got, want)
		}
	}
}
