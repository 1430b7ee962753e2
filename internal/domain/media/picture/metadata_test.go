package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"

	"lighttrends/internal/domain/media/picture/picturetest"
)

// The scene, upright: 48 × 32 pixels, each quarter in a colour of its own.
const sceneW, sceneH = 48, 32

func scene(x, y int) color.NRGBA {
	switch {
	case x < sceneW/2 && y < sceneH/2:
		return color.NRGBA{230, 20, 20, 255}
	case y < sceneH/2:
		return color.NRGBA{20, 200, 20, 255}
	case x < sceneW/2:
		return color.NRGBA{20, 20, 230, 255}
	}
	return color.NRGBA{240, 240, 40, 255}
}

// taken gives the scene as a camera writes it. The standard says of each value
// which side of the scene the first row and the first column show.
func taken(orientation int) *image.NRGBA {
	sides := [9][2]string{
		{}, {"top", "left"}, {"top", "right"}, {"bottom", "right"}, {"bottom", "left"},
		{"left", "top"}, {"right", "top"}, {"right", "bottom"}, {"left", "bottom"},
	}[orientation]
	w, h := sceneW, sceneH
	if sides[0] == "left" || sides[0] == "right" {
		w, h = h, w
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for row := range h {
		for column := range w {
			var x, y int
			for i, side := range sides {
				n := []int{row, column}[i]
				switch side {
				case "top":
					y = n
				case "bottom":
					y = sceneH - 1 - n
				case "left":
					x = n
				case "right":
					x = sceneW - 1 - n
				}
			}
			img.SetNRGBA(column, row, scene(x, y))
		}
	}
	return img
}

func TestPicturesComeOutUprightAndWithoutThePlace(t *testing.T) {
	t.Parallel()
	orders := map[string]binary.AppendByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian}
	for o := 1; o <= 8; o++ {
		for endian, order := range orders {
			exif := picturetest.Exif(uint16(o), order)
			for kind, raw := range map[string][]byte{
				"jpeg": picturetest.JPEGWithExif(picturetest.JPEG(taken(o)), exif),
				"png":  picturetest.PNGWithExif(picturetest.PNG(taken(o)), exif),
			} {
				t.Run(fmt.Sprintf("%s, %d, %s endian", kind, o, endian), func(t *testing.T) {
					t.Parallel()
					checkScene(t, raw)
				})
			}
		}
	}
}

func checkScene(t *testing.T, raw []byte) {
	t.Helper()
	if !bytes.Contains(raw, []byte(picturetest.Secret)) {
		t.Fatal("the test picture holds no place")
	}
	p := develop(t, raw)
	if p.Width != sceneW || p.Height != sceneH {
		t.Fatalf("%d × %d", p.Width, p.Height)
	}
	img := view(t, p)
	for _, at := range []image.Point{{5, 5}, {40, 5}, {5, 27}, {40, 27}} {
		if got := img.At(at.X, at.Y); !near(got, scene(at.X, at.Y)) {
			t.Errorf("at %v: %v, want %v", at, got, scene(at.X, at.Y))
		}
	}
	for _, secret := range []string{picturetest.Secret, "Exif", "eXIf"} {
		if bytes.Contains(p.Bytes, []byte(secret)) {
			t.Errorf("%q is still in it", secret)
		}
	}
}

func TestWebPIsTurnedToo(t *testing.T) {
	t.Parallel()
	exif := picturetest.Exif(6, binary.LittleEndian)
	for _, block := range [][]byte{exif, append([]byte("Exif\x00\x00"), exif...)} {
		p := develop(t, picturetest.WebP(
			picturetest.VP8X(1<<3|1<<4, 40, 20),
			picturetest.Chunk{Kind: "odd ", Data: []byte("x")},
			picturetest.Chunk{Kind: "EXIF", Data: block},
			picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(40, 20, color.NRGBA{9, 9, 9, 255})},
		))
		if p.Width != 20 || p.Height != 40 {
			t.Errorf("%d × %d", p.Width, p.Height)
		}
		view(t, p)
	}
}

func TestAWideSidewaysPhotoIsMadeSmallerByItsUprightWidth(t *testing.T) {
	t.Parallel()
	exif := picturetest.Exif(8, binary.BigEndian)
	p := develop(t, picturetest.JPEGWithExif(picturetest.JPEG(picturetest.Photo(1000, 3000, 1)), exif))
	if p.Width != 2400 || p.Height != 800 {
		t.Errorf("%d × %d", p.Width, p.Height)
	}
}

func TestNothingHiddenComesThrough(t *testing.T) {
	t.Parallel()
	const hidden = "<script>alert(1)</script>"
	jpeg, png := picturetest.JPEG(picturetest.Photo(64, 48, 1)), picturetest.PNG(picturetest.Chart(64, 48))
	gif := picturetest.Animation(20, 20, 1, hidden)
	program := picturetest.Animation(0x2a2f, 2, 1, "*/=1;"+hidden) // its width reads "/*", and GIF89a=1 is a statement
	if !bytes.HasPrefix(program, []byte("GIF89a/*")) {
		t.Fatalf("it begins with %q", program[:8])
	}
	for name, raw := range map[string][]byte{
		"behind a JPEG":       append(bytes.Clone(jpeg), hidden...),
		"in a JPEG comment":   picturetest.JPEGSegment(jpeg, 0xfe, []byte(hidden)),
		"in an ICC profile":   picturetest.JPEGSegment(jpeg, 0xe2, []byte("ICC_PROFILE\x00\x01\x01"+hidden)),
		"in XMP":              picturetest.JPEGSegment(jpeg, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+hidden)),
		"behind a PNG":        append(bytes.Clone(png), hidden...),
		"in a PNG text":       append(append(bytes.Clone(png[:33]), picturetest.PNGChunk("tEXt", []byte("a\x00"+hidden))...), png[33:]...),
		"in a GIF comment":    gif,
		"behind a GIF":        append(bytes.Clone(gif), hidden...),
		"a GIF and a program": program,
		"behind a WebP":       append(testdata(t, "lossy.webp"), hidden...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := develop(t, raw)
			view(t, p)
			if bytes.Contains(p.Bytes, []byte("script")) || bytes.HasPrefix(p.Bytes, []byte("GIF89a/*")) {
				t.Error("it is still in it")
			}
		})
	}
}

func TestBrokenExifIsNoReasonToRefuse(t *testing.T) {
	t.Parallel()
	jpeg := picturetest.JPEG(picturetest.Photo(30, 20, 1))
	rapid.Check(t, func(rt *rapid.T) {
		block := picturetest.Exif(6, binary.LittleEndian)
		for range rapid.IntRange(0, 6).Draw(rt, "changes") {
			block[rapid.IntRange(0, len(block)-1).Draw(rt, "at")] = rapid.Byte().Draw(rt, "byte")
		}
		block = block[:rapid.IntRange(0, len(block)).Draw(rt, "length")]
		if o := readTIFF(block); o > 8 {
			rt.Fatalf("orientation %d", o)
		}
		p, err := NewDarkroom().Develop(t.Context(), picturetest.JPEGWithExif(jpeg, block))
		if err != nil || p.Width*p.Height != 600 {
			rt.Fatalf("%v", err)
		}
	})
}
