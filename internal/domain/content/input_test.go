package content_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lighttrends/internal/domain/content"
)

func TestSlugify(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"AT&T's 5G":                     "at-and-ts-5g",
		"The count: fourth quarter":     "the-count-fourth-quarter",
		"  Größe & Søn — über alles!  ": "grosse-and-son-uber-alles",
		"Łódź, İzmir, Đà Nẵng":          "lodz-izmir-da-nang",
		"2026–2030":                     "2026-2030",
		"日本の光":                          "",
		"":                              "",
		"---":                           "",
		"ﬁlm ①":                         "film-1",
	} {
		if got := content.Slugify(title); got != want {
			t.Errorf("%q gives %q, want %q", title, got, want)
		}
	}
	if got := content.Slugify(strings.Repeat("ab ", 90)); len(got) > 96 || strings.HasSuffix(got, "-") {
		t.Errorf("%q", got)
	}
}

func TestAnySlugIsAnAddress(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.String().Draw(t, "title")
		in := content.Input{Title: title, Slug: content.Slugify(title), Kind: content.Data, Gate: "paid"}
		if in.Slug == "" {
			return
		}
		if err := in.Validate(); err != nil && strings.Contains(err.Error(), "bad_slug") {
			t.Fatalf("%q gives %q", title, in.Slug)
		}
		if again := content.Slugify(in.Slug); again != in.Slug {
			t.Fatalf("%q becomes %q", in.Slug, again)
		}
	})
}
