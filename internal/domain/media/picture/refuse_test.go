package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"image/color"
	"image/gif"
	"testing"
	"time"

	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/fault"
)

func TestOnlyPicturesAreTaken(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"HTML":                 "<!doctype html><script>alert(1)</script>",
		"SVG":                  `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`,
		"SVG with a prolog":    `<?xml version="1.0"?><svg/>`,
		"PDF":                  "%PDF-1.7",
		"BMP":                  "BM\x00\x00\x00\x00",
		"TIFF":                 "II*\x00\x08\x00\x00\x00",
		"HEIC":                 "\x00\x00\x00\x18ftypheic",
		"a program":            "\x7fELF",
		"a sound":              "RIFF\x10\x00\x00\x00WAVEfmt ",
		"the beginning of one": "RIFF",
		"one byte":             "\xff",
		"space before a JPEG":  " \xff\xd8\xff\xe0",
		"a mark before a PNG":  "\xef\xbb\xbf\x89PNG\r\n\x1a\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, []byte(raw), "media_type_refused")
		})
	}
	refused(t, nil, "media_empty")
	refused(t, []byte{}, "media_empty")
}

func TestTooManyPixelsAreRefusedByTheHeader(t *testing.T) {
	t.Parallel()
	jpeg := picturetest.JPEG(picturetest.Photo(16, 16, 1))
	at := bytes.Index(jpeg, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(jpeg[at+5:], 60_000)
	binary.BigEndian.PutUint16(jpeg[at+7:], 60_000)
	huge := picturetest.Animation(10, 10, 2, "x")
	binary.LittleEndian.PutUint16(huge[6:], 65_535)
	binary.LittleEndian.PutUint16(huge[8:], 65_535)
	pixel := picturetest.VP8L(1, 1, color.NRGBA{A: 255})
	for name, raw := range map[string][]byte{
		"a PNG of 20,000 × 20,000":          picturetest.PNGHeader(20_000, 20_000),
		"a PNG of 1 × 16,385":               picturetest.PNGHeader(1, MaxSide+1),
		"a PNG of 16,385 × 1":               picturetest.PNGHeader(MaxSide+1, 1),
		"a PNG with a row too many":         picturetest.PNGHeader(4096, 4097),
		"a JPEG":                            jpeg,
		"a GIF":                             huge,
		"a WebP of 16,384 × 16,384":         picturetest.WebP(picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(16_384, 16_384, color.NRGBA{A: 255})}),
		"a WebP that is large only outside": picturetest.WebP(picturetest.VP8X(0, 1<<14, 1<<14), picturetest.Chunk{Kind: "VP8L", Data: pixel}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, raw, "media_too_many_pixels")
		})
	}
	t.Run("a WebP that is large only inside", func(t *testing.T) {
		t.Parallel()
		refused(t, picturetest.WebP(picturetest.VP8X(0, 1, 1), picturetest.Chunk{Kind: "VP8L", Data: picturetest.VP8L(16_384, 16_384, color.NRGBA{A: 255})}), "media_unreadable")
	})
}

func TestDamagedPicturesAreRefused(t *testing.T) {
	t.Parallel()
	whole := map[string][]byte{
		"jpeg": picturetest.JPEG(picturetest.Photo(64, 64, 1)),
		"png":  picturetest.PNG(picturetest.Photo(64, 64, 1)),
		"gif":  picturetest.Animation(20, 20, 3, "x"),
		"webp": testdata(t, "lossy.webp"),
	}
	for name, raw := range whole {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			develop(t, raw)
			for _, n := range []int{12, 13, 20, 40, len(raw) / 2, len(raw) * 9 / 10} {
				if n >= len(raw) {
					continue
				}
				_, err := NewDarkroom().Develop(t.Context(), raw[:n])
				if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || f.Message != errUnreadable.Message {
					t.Errorf("the first %d bytes: %v", n, err)
				}
			}
		})
	}
	// Half an animation whose first frame is whole is no still picture.
	raw := whole["gif"]
	first := bytes.IndexByte(raw[13:], 0x2c) + 13
	second := bytes.IndexByte(raw[first+1:], 0x21) + first + 1
	refused(t, raw[:second], "media_unreadable")
	refused(t, raw[:second+5], "media_unreadable")
	refused(t, append(bytes.Clone(raw[:second]), 0x99), "media_unreadable")
	refused(t, picturetest.PNGHeader(100, 100), "media_unreadable")
	refused(t, picturetest.PNGHeader(0, 100), "media_unreadable")
	refused(t, picturetest.PNGHeader(1<<31-1, 1<<31-1), "media_unreadable")
	refused(t, []byte("\xff\xd8\xff"), "media_unreadable")
	refused(t, []byte("GIF89a"), "media_unreadable")
}

func TestAnimationsAreLimited(t *testing.T) {
	t.Parallel()
	develop(t, picturetest.Animation(10, 10, maxFrames, "x"))
	refused(t, picturetest.Animation(10, 10, maxFrames+1, "x"), "media_animation_too_large")
	refused(t, picturetest.Animation(MaxWidth+1, 2, 2, "x"), "media_animation_too_large")
	// 200 frames of 1000 × 1000 take hardly any bytes, and 200 MB of memory.
	refused(t, bombGIF(1000, 1000, 200), "media_animation_too_large")
}

// A scanner that believes other size bytes than the decoder would not see the
// second frame of these.
func TestNoFrameHidesFromTheCount(t *testing.T) {
	t.Parallel()
	one := picturetest.Animation(10, 10, 1, "x")
	start := bytes.IndexByte(one[13:], 0x2c) + 13
	head, frame := one[:start], one[start:len(one)-1]
	for name, between := range map[string][]byte{
		"nothing":               {},
		"a plain text block":    append([]byte{0x21, 0x01, 0xff}, make([]byte, 13)...),
		"a nameless program's":  append([]byte{0x21, 0xff, 0x00, 0x3b}, make([]byte, 60)...),
		"a program's, 200 long": append([]byte{0x21, 0xff, 200}, make([]byte, 201)...),
	} {
		raw := bytes.Join([][]byte{head, frame, between, frame, {0x3b}}, nil)
		g, err := gif.DecodeAll(bytes.NewReader(raw))
		if err != nil || len(g.Image) != 2 {
			t.Fatalf("%s: the decoder disagrees: %v", name, err)
		}
		if n, err := countFrames(raw); n != 2 || err != nil {
			t.Errorf("%s: %d frames, %v", name, n, err)
		}
	}
}

// bombGIF repeats one frame.
func bombGIF(w, h, frames int) []byte {
	raw := picturetest.Animation(w, h, 1, "x")
	start := bytes.IndexByte(raw[13:], 0x2c) + 13
	frame := bytes.Clone(raw[start : len(raw)-1])
	out := bytes.Clone(raw[:start])
	for range frames {
		out = append(out, frame...)
	}
	return append(out, 0x3b)
}

func TestAPictureThatTakesForeverIsGivenUp(t *testing.T) {
	t.Parallel()
	d := NewDarkroom()
	d.patience = 20 * time.Millisecond
	raw := picturetest.Passes(4096, 4096, 4000) // 100 KB, many seconds
	if _, err := d.Develop(t.Context(), raw); !fault.HasCode(err, "media_too_complex") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := NewDarkroom().Develop(ctx, raw); !fault.HasCode(err, "interrupted") {
		t.Errorf("got %v", err)
	}
	if _, err := NewDarkroom().Develop(t.Context(), picturetest.Passes(64, 64, 3)); err != nil {
		t.Errorf("a few passes: %v", err)
	}
}

func TestTheDarkroomTakesOneAtATime(t *testing.T) {
	t.Parallel()
	d := NewDarkroom()
	leave, err := d.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw := picturetest.PNG(picturetest.Chart(10, 10))
	for name, work := range map[string]func(context.Context) error{
		"develop": func(ctx context.Context) error { _, err := d.Develop(ctx, raw); return err },
		"animate": func(ctx context.Context) error {
			_, err := d.Develop(ctx, picturetest.Animation(9, 9, 2, "x"))
			return err
		},
		"reduce": func(ctx context.Context) error { _, err := d.Reduce(ctx, raw, []int{5}); return err },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		result := make(chan error)
		go func() { result <- work(ctx) }()
		select {
		case err := <-result:
			t.Fatalf("%s did not wait: %v", name, err)
		case <-time.After(20 * time.Millisecond):
		}
		cancel()
		if err := <-result; !fault.HasCode(err, "interrupted") {
			t.Errorf("%s: %v", name, err)
		}
	}
	leave()
	for range 2 { // and it is free again after good and bad work
		if _, err := d.Develop(t.Context(), raw); err != nil {
			t.Error(err)
		}
		if _, err := d.Develop(t.Context(), raw[:40]); err == nil {
			t.Error("half a picture was developed")
		}
	}
}

func TestADecoderThatPanicsIsABadPicture(t *testing.T) {
	t.Parallel()
	do := func() (err error) {
		defer unreadable(&err)
		panic("index out of range")
	}
	if err := do(); !fault.HasCode(err, "media_unreadable") {
		t.Errorf("got %v", err)
	}
}
