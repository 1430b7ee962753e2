package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/media/picture/picturetest"
)

func TestWhatAPictureBecomes(t *testing.T) {
	t.Parallel()
	glass := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for i := range glass.Pix {
		glass.Pix[i] = uint8(i * 7)
	}
	deep := image.NewNRGBA64(image.Rect(0, 0, 500, 300))
	draw.Draw(deep, deep.Rect, picturetest.Photo(500, 300, 1), image.Point{}, draw.Src)
	gray16 := image.NewGray16(image.Rect(0, 0, 64, 64))
	for i := range gray16.Pix {
		gray16.Pix[i] = uint8(i)
	}
	one := image.NewRGBA(image.Rect(0, 0, 1, 1))
	one.Set(0, 0, color.RGBA{10, 20, 30, 255})
	still := image.NewPaletted(image.Rect(0, 0, 40, 30), palette.WebSafe)
	var stillGIF bytes.Buffer
	if err := gif.Encode(&stillGIF, still, nil); err != nil {
		t.Fatal(err)
	}

	for name, tt := range map[string]struct {
		raw    []byte
		format Format
		w, h   int
	}{
		"a photo":                       {picturetest.JPEG(picturetest.Photo(300, 200, 1)), JPEG, 300, 200},
		"a photo as PNG":                {picturetest.PNG(picturetest.Photo(300, 200, 1)), JPEG, 300, 200},
		"a wide photo":                  {picturetest.JPEG(picturetest.Photo(3001, 2000, 1)), JPEG, 2400, 1599},
		"a chart":                       {picturetest.PNG(picturetest.Chart(300, 200)), PNG, 300, 200},
		"a wide chart":                  {picturetest.PNG(picturetest.Chart(4800, 200)), PNG, 2400, 100},
		"a chart as JPEG":               {picturetest.JPEG(picturetest.Chart(300, 200)), JPEG, 300, 200},
		"a transparent one":             {picturetest.PNG(glass), PNG, 300, 200},
		"16 bits per channel":           {picturetest.PNG(deep), JPEG, 500, 300},
		"16 bits of gray":               {picturetest.PNG(gray16), PNG, 64, 64},
		"one pixel":                     {picturetest.PNG(one), PNG, 1, 1},
		"one pixel as JPEG":             {picturetest.JPEG(one), JPEG, 1, 1},
		"one pixel high":                {picturetest.PNG(picturetest.Chart(9000, 1)), PNG, 2400, 1},
		"one pixel wide":                {picturetest.PNG(picturetest.Chart(1, 9000)), PNG, 1, 9000},
		"four inks":                     {picturetest.CMYK(0, 255, 255, 0), JPEG, 8, 8},
		"a GIF that stands still":       {stillGIF.Bytes(), PNG, 40, 30},
		"WebP with loss":                {testdata(t, "lossy.webp"), JPEG, 48, 32},
		"WebP with loss, transparent":   {testdata(t, "alpha.webp"), PNG, 48, 32},
		"WebP without loss":             {picturetest.WebP(picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(70, 50, color.NRGBA{1, 2, 3, 255})}), PNG, 70, 50},
		"the last picture small enough": {picturetest.WebP(picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(4096, 4096, color.NRGBA{1, 2, 3, 255})}), PNG, 2400, 2400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := develop(t, tt.raw)
			if p.Format != tt.format || p.Width != tt.w || p.Height != tt.h || p.Moving {
				t.Errorf("a %s of %d × %d, want %s, %d × %d", p.Format, p.Width, p.Height, tt.format, tt.w, tt.h)
			}
			view(t, p)
			if bytes.Equal(p.Bytes, tt.raw) {
				t.Error("the uploaded bytes came back")
			}
		})
	}
}

func TestColoursSurvive(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		raw  []byte
		want color.NRGBA
	}{
		"four inks: red":        {picturetest.CMYK(0, 255, 255, 0), color.NRGBA{255, 0, 0, 255}},
		"four inks: dark green": {picturetest.CMYK(255, 0, 255, 128), color.NRGBA{0, 127, 0, 255}},
		"half transparent":      {picturetest.WebP(picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(9, 9, color.NRGBA{200, 100, 50, 128})}), color.NRGBA{200, 100, 50, 128}},
		"WebP, left edge":       {testdata(t, "lossy.webp"), color.NRGBA{200, 60, 30, 255}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := view(t, develop(t, tt.raw)).At(1, 1); !near(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestASmallPaletteStaysExact(t *testing.T) {
	t.Parallel()
	chart := picturetest.Chart(333, 222)
	img := view(t, develop(t, picturetest.PNG(chart)))
	if _, ok := img.(*image.Paletted); !ok {
		t.Errorf("it is a %T", img)
	}
	for y := range 222 {
		for x := range 333 {
			if got, want := color.RGBAModel.Convert(img.At(x, y)), chart.At(x, y); got != want {
				t.Fatalf("at %d, %d: %v, want %v", x, y, got, want)
			}
		}
	}
}

func TestMovingPicturesKeepMovingAndKeepNothingElse(t *testing.T) {
	t.Parallel()
	raw := append(picturetest.Animation(60, 40, 12, "made by "+picturetest.Secret), "<script>alert(1)</script>"...)
	p := develop(t, raw)
	if p.Format != GIF || !p.Moving || p.Width != 60 || p.Height != 40 {
		t.Fatalf("%+v", p.Format)
	}
	view(t, p)
	before, err := gif.DecodeAll(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	after, err := gif.DecodeAll(bytes.NewReader(p.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before.Delay, after.Delay) || !slices.Equal(before.Disposal, after.Disposal) || before.LoopCount != after.LoopCount {
		t.Errorf("it moves differently: %v %v", before.Delay, after.Delay)
	}
	for i := range before.Image {
		for _, at := range []image.Point{{i % 60, 0}, {59, 39}} {
			if before.Image[i].At(at.X, at.Y) != after.Image[i].At(at.X, at.Y) {
				t.Errorf("frame %d differs at %v", i, at)
			}
		}
	}
	for _, secret := range []string{picturetest.Secret, "script", "made by"} {
		if bytes.Contains(p.Bytes, []byte(secret)) {
			t.Errorf("%q is still in it", secret)
		}
	}
}

func TestReduceMakesSmallerPrints(t *testing.T) {
	t.Parallel()
	d := NewDarkroom()
	for name, img := range map[string]*image.RGBA{"photo": picturetest.Photo(1000, 500, 3), "chart": picturetest.Chart(1000, 500)} {
		master := develop(t, picturetest.PNG(img))
		prints, err := d.Reduce(t.Context(), master.Bytes, []int{100, 480, 1000, 1600})
		if err != nil || len(prints) != 2 {
			t.Fatal(name, len(prints), err)
		}
		for i, w := range []int{100, 480} {
			p := prints[i]
			if p.Width != w || p.Height != w/2 || p.Format != master.Format {
				t.Errorf("%s: a %s of %d × %d", name, p.Format, p.Width, p.Height)
			}
			view(t, p)
		}
		again, err := d.Reduce(t.Context(), master.Bytes, []int{480})
		if err != nil || !bytes.Equal(again[0].Bytes, prints[1].Bytes) {
			t.Errorf("%s: the second time other bytes came out (%v)", name, err)
		}
	}
	if _, err := d.Reduce(t.Context(), []byte(strings.Repeat("x", 99)), []int{10}); err == nil {
		t.Error("rubbish was reduced")
	}
}

func TestFormatsAreNamedByWhatTheyServe(t *testing.T) {
	t.Parallel()
	for _, f := range []Format{JPEG, PNG, GIF} {
		if FormatOf(f.ContentType()) != f {
			t.Errorf("%s: %s", f, f.ContentType())
		}
	}
	for _, s := range []string{"", "image/webp", "image/svg+xml", "text/html", "image/jpg"} {
		if f := FormatOf(s); f != "" {
			t.Errorf("%q is %q", s, f)
		}
	}
}
