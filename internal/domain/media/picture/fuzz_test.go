package picture

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"testing"

	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/fault"
)

// FuzzDevelop: whatever is sent, there is a fault about it, or a print that is
// well formed, of a sane size and holds nothing but pixels.
func FuzzDevelop(f *testing.F) {
	jpeg := picturetest.JPEG(picturetest.Photo(40, 30, 1))
	for _, raw := range [][]byte{
		jpeg, picturetest.JPEGWithExif(jpeg, picturetest.Exif(6, binary.LittleEndian)),
		picturetest.CMYK(0, 255, 255, 0), picturetest.Passes(64, 64, 3),
		picturetest.PNG(picturetest.Chart(40, 30)), picturetest.PNG(picturetest.Photo(20, 20, 1)), picturetest.PNGHeader(20_000, 20_000),
		picturetest.Animation(20, 10, 1, "one"), picturetest.Animation(20, 10, 4, "four"),
		testdata(f, "lossy.webp"), testdata(f, "alpha.webp"),
		picturetest.WebP(picturetest.VP8X(1<<4, 9, 9), picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(9, 9, color.NRGBA{1, 2, 3, 4})}),
		[]byte("<svg/>"), nil,
	} {
		f.Add(raw)
	}
	d := NewDarkroom()
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		p, err := d.Develop(t.Context(), raw)
		if !bytes.Equal(before, raw) {
			t.Fatal("the upload was changed")
		}
		if err != nil {
			if k := fault.Of(err).Kind; k != fault.Invalid && k != fault.Unsupported {
				t.Fatalf("kind %d: %v", k, err)
			}
			return
		}
		view(t, p)
		if p.Width < 1 || p.Height < 1 || p.Width > MaxWidth || p.Height > MaxSide {
			t.Fatalf("%d × %d", p.Width, p.Height)
		}
		if p.Moving {
			counted, _ := countFrames(raw)
			if kept, err := countFrames(p.Bytes); kept != counted || err != nil {
				t.Fatalf("%d frames of %d: %v", kept, counted, err)
			}
			return
		}
		if _, err := d.Reduce(t.Context(), p.Bytes, []int{p.Width / 2}); p.Width > 1 && err != nil {
			t.Fatal(err)
		}
	})
}
