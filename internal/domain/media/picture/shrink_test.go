package picture

import (
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/draw"
	"pgregory.net/rapid"

	"lighttrends/internal/domain/media/picture/picturetest"
)

// The same filter from golang.org/x/image is the judge.
func TestShrinkDrawsWhatTheReferenceDraws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(1, 90).Draw(rt, "w"), rapid.IntRange(1, 90).Draw(rt, "h")
		tw, th := rapid.IntRange(1, w).Draw(rt, "to w"), rapid.IntRange(1, h).Draw(rt, "to h")
		src := image.NewNRGBA(image.Rect(3, 5, 3+w, 5+h))
		copy(src.Pix, rapid.SliceOfN(rapid.Byte(), len(src.Pix), len(src.Pix)).Draw(rt, "pixels"))
		got := shrink(src, tw, th, nil)
		want := image.NewRGBA(image.Rect(0, 0, tw, th))
		draw.CatmullRom.Scale(want, want.Rect, src, src.Rect, draw.Src, nil)
		for i := range want.Pix {
			if d := int(got.Pix[i]) - int(want.Pix[i]); d < -3 || d > 3 {
				rt.Fatalf("byte %d: %d, want %d (%d × %d → %d × %d)", i, got.Pix[i], want.Pix[i], w, h, tw, th)
			}
		}
	})
}

func TestShrinkKeepsColoursAndAlphaInBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(1, 60).Draw(rt, "w"), rapid.IntRange(1, 60).Draw(rt, "h")
		c := color.NRGBA{rapid.Byte().Draw(rt, "r"), 99, 7, rapid.Byte().Draw(rt, "a")}
		src := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := 0; i < len(src.Pix); i += 4 {
			src.SetNRGBA(i/4%w, i/4/w, c)
		}
		var seen census
		got := shrink(src, max(1, w/2), max(1, h/3), &seen)
		want, _ := color.RGBAModel.Convert(c).(color.RGBA)
		for i := 0; i < len(got.Pix); i += 4 {
			p := got.Pix[i : i+4]
			for j, v := range []uint8{want.R, want.G, want.B, want.A} {
				if d := int(p[j]) - int(v); d < -1 || d > 1 || p[j] > p[3] {
					rt.Fatalf("%v, want %v", p, want)
				}
			}
		}
		if seen.transparent != (c.A < 255) {
			rt.Fatalf("transparent: %v, alpha %d", seen.transparent, c.A)
		}
	})
}

func TestTheCensusSeesEveryRow(t *testing.T) {
	t.Parallel()
	img := picturetest.Photo(64, 4000, 1)
	img.Pix[len(img.Pix)-1] = 254 // the last pixel is not quite opaque
	var seen census
	shrink(img, 2, 125, &seen)
	if !seen.transparent || len(seen.colours) != fewColours+1 {
		t.Errorf("transparent %v, %d colours", seen.transparent, len(seen.colours))
	}
}
