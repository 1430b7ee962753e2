package picture

import (
	"testing"

	"lighttrends/internal/domain/media/picture/picturetest"
)

// A photo of 12 megapixels, as telephones take them.
func BenchmarkDevelop(b *testing.B) {
	raw := picturetest.JPEG(picturetest.Photo(4000, 3000, 1))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		develop(b, raw)
	}
}

func BenchmarkReduce(b *testing.B) {
	master := develop(b, picturetest.JPEG(picturetest.Photo(4000, 3000, 1)))
	d := NewDarkroom()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Reduce(b.Context(), master.Bytes, []int{480, 960, 1600}); err != nil {
			b.Fatal(err)
		}
	}
}
