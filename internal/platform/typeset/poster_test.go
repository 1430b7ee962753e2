package typeset_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"lighttrends/internal/platform/typeset"
)

// inked counts the pixels of a part that are not paper.
func inked(img image.Image, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r>>8 != 0xfb || g>>8 != 0xfa || b>>8 != 0xf7 {
				n++
			}
		}
	}
	return n
}

func TestAPosterFitsWhateverItSays(t *testing.T) {
	t.Parallel()
	press, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, title := range map[string]string{
		"short": "Twelve weeks", "long": strings.Repeat("What the market for switched heat buys ", 8), "one word": strings.Repeat("Wärmepumpen", 20),
		"accents": "Ångström, Łódź, Škoda: où çà? ½ × €5", "greek and cyrillic": "Θερμότητα и тепло", "none": "", "no letters of ours": "市場調査レポート",
	} {
		raw, err := press.Poster(typeset.Poster{Masthead: "Cold Side Research", Kicker: "Letter, 10 November 2026", Title: title, Byline: "Hanne Dreyer"})
		if err != nil {
			t.Fatal(name, err)
		}
		img, err := png.Decode(bytes.NewReader(raw))
		if err != nil || img.Bounds() != image.Rect(0, 0, 1200, 630) {
			t.Fatal(name, err, img.Bounds())
		}
		title := inked(img, image.Rect(0, 215, 1200, 530))
		if empty := name == "none" || name == "no letters of ours"; empty != (title == 0) {
			t.Errorf("%s: %d pixels of the title", name, title)
		}
		for what, part := range map[string]image.Rectangle{
			"left": image.Rect(0, 30, 70, 630), "right": image.Rect(1130, 30, 1200, 630), "foot": image.Rect(0, 580, 1200, 630), "above the byline": image.Rect(0, 525, 1200, 534),
		} {
			if n := inked(img, part); n > 0 {
				t.Errorf("%s: the title runs over the %s (%d)", name, what, n)
			}
		}
		if len(raw) > 60_000 {
			t.Errorf("%s: %d bytes", name, len(raw))
		}
		if dir := os.Getenv("POSTERS"); dir != "" {
			_ = os.WriteFile(dir+"/"+strings.ReplaceAll(name, " ", "-")+".png", raw, 0o600)
		}
	}
}

func TestAPosterHasTheColourOfItsPublication(t *testing.T) {
	t.Parallel()
	press, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	top := func(accent string) [3]uint32 {
		raw, err := press.Poster(typeset.Poster{Title: "T", Accent: accent})
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		r, g, b, _ := img.At(600, 5).RGBA()
		return [3]uint32{r >> 8, g >> 8, b >> 8}
	}
	if got := top("#A3261f"); got != [3]uint32{0xa3, 0x26, 0x1f} {
		t.Errorf("%x", got)
	}
	house := top("")
	for _, nonsense := range []string{"red", "#12", "#zzzzzz"} {
		if got := top(nonsense); got != house {
			t.Errorf("%s: %x", nonsense, got)
		}
	}
}

func BenchmarkPoster(b *testing.B) {
	press, err := typeset.New()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := press.Poster(typeset.Poster{Masthead: "Cold Side Research", Kicker: "Letter", Title: "What the market for switched heat buys", Byline: "Hanne Dreyer"}); err != nil {
			b.Fatal(err)
		}
	}
}
