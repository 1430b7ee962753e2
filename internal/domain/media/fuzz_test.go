package media_test

import (
	"bytes"
	"image/color"
	"io"
	"testing"
	"time"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// FuzzUpload: whatever is sent, the answer is a fault about it and nothing is
// kept, or a picture that can be found, opened and made smaller.
func FuzzUpload(f *testing.F) {
	for _, raw := range [][]byte{
		small(1), withPlace(small(1)), picturetest.PNG(picturetest.Chart(600, 20)), picturetest.Animation(20, 10, 3, "x"),
		picturetest.WebP(picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(500, 4, color.NRGBA{1, 2, 3, 4})}),
		picturetest.PNGHeader(20_000, 20_000), []byte("<html>"), nil,
	} {
		f.Add("a.jpg", "alt", raw)
	}
	f.Add("..\\Gro\u0308ße\x00\u202egpj.exe", "\xff", []byte("GIF89a"))
	h := setup(f, dbtest.Engine{Name: "sqlite"})
	f.Fuzz(func(t *testing.T, name, alt string, raw []byte) {
		ctx := editor(t.Context())
		h.clock.Advance(time.Millisecond) // the last one under a name counts
		item, fresh, err := h.Upload(ctx, media.Upload{Filename: name, Alt: alt, Body: bytes.NewReader(raw)})
		if err != nil {
			if k := fault.Of(err).Kind; k != fault.Invalid && k != fault.Unsupported || item != nil {
				t.Fatalf("kind %d: %v", k, err)
			}
			return
		}
		if err := h.MakeWidths(ctx, item.ID); err != nil {
			t.Fatal(err)
		}
		found, err := h.ByName(ctx, name)
		if err != nil || found.ID != item.ID || found.State != media.Ready || fresh && found.Filename != item.Filename {
			t.Fatalf("%q: %+v %v", name, found, err)
		}
		for _, width := range []int{0, 480, 960, 1600} {
			file, err := h.OpenAddress(ctx, found.Address(width))
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.Copy(io.Discard, file)
			_ = file.Close()
			if err != nil || n != file.Size || n == 0 || !file.Settled {
				t.Fatalf("%d bytes, %+v, %v", n, file, err)
			}
		}
	})
}
