package picturetest

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
)

// Photo draws something with many colours, a different one for each seed.
func Photo(w, h int, seed uint64) *image.RGBA {
	random := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // pixels
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			n := uint8(random.UintN(24))                                                                           //nolint:gosec // below 24
			img.SetRGBA(x, y, color.RGBA{uint8(x*200/w) + n, uint8(y*200/h) + n, uint8((x+y)*200/(w+h)) + n, 255}) //nolint:gosec // below 224
		}
	}
	return img
}

// Chart draws bars in five colours.
func Chart(w, h int) *image.RGBA {
	palette := []color.RGBA{{255, 255, 255, 255}, {20, 60, 120, 255}, {200, 80, 40, 255}, {90, 150, 90, 255}, {0, 0, 0, 255}}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			bar := x * 9 / w
			if y*9 < h*bar {
				bar = 0
			}
			img.SetRGBA(x, y, palette[bar%len(palette)])
		}
	}
	return img
}

// JPEG encodes a picture.
func JPEG(img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// PNG encodes a picture.
func PNG(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Animation makes a GIF of frames with a comment, which tests look for later,
// in front of the trailer.
func Animation(w, h, frames int, comment string) []byte {
	g := &gif.GIF{LoopCount: 3}
	palette := color.Palette{color.White, color.Black, color.RGBA{200, 30, 30, 255}}
	for i := range frames {
		img := image.NewPaletted(image.Rect(0, 0, w, h), palette)
		img.SetColorIndex(i%w, i/w%h, 2)
		g.Image, g.Delay, g.Disposal = append(g.Image, img), append(g.Delay, 10+i%5), append(g.Disposal, gif.DisposalNone)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		panic(err)
	}
	out := bytes.TrimSuffix(b.Bytes(), []byte{0x3b})
	out = append(out, 0x21, 0xfe, byte(len(comment))) //nolint:gosec // comments of tests are short
	return append(append(out, comment...), 0x00, 0x3b)
}
