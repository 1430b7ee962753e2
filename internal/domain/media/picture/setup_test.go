package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"slices"
	"testing"

	"lighttrends/internal/platform/fault"
)

func develop(t testing.TB, raw []byte) *Print {
	t.Helper()
	p, err := NewDarkroom().Develop(context.Background(), raw)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func refused(t testing.TB, raw []byte, code string) {
	t.Helper()
	if p, err := NewDarkroom().Develop(context.Background(), raw); !fault.HasCode(err, code) {
		t.Errorf("want %s, got %+v, %v", code, p != nil, err)
	}
}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// view decodes a print and checks that it is what it says.
func view(t testing.TB, p *Print) image.Image {
	t.Helper()
	var img image.Image
	var err error
	r := bytes.NewReader(p.Bytes)
	switch p.Format {
	case JPEG:
		img, err = jpeg.Decode(r)
	case PNG:
		img, err = png.Decode(r)
	case GIF:
		img, err = gif.Decode(r)
	}
	if err != nil {
		t.Fatalf("the %s does not decode: %v", p.Format, err)
	}
	if b := img.Bounds(); !p.Moving && (b.Dx() != p.Width || b.Dy() != p.Height) {
		t.Errorf("it is %v, and says %d × %d", b, p.Width, p.Height)
	}
	if why := extras(p); why != "" {
		t.Errorf("the print carries %s", why)
	}
	return img
}

// extras finds any part of a print that holds something else than pixels.
func extras(p *Print) string {
	switch p.Format {
	case JPEG:
		return extrasOfJPEG(p.Bytes)
	case PNG:
		return extrasOfPNG(p.Bytes)
	}
	return extrasOfGIF(p.Bytes)
}

func extrasOfJPEG(raw []byte) string {
	allowed := []byte{0xdb, 0xc0, 0xc4, 0xda}
	for raw = raw[2:]; len(raw) > 4; raw = raw[2+int(binary.BigEndian.Uint16(raw[2:])):] {
		if !slices.Contains(allowed, raw[1]) {
			return "a segment of kind " + string("0123456789abcdef"[raw[1]>>4]) + string("0123456789abcdef"[raw[1]&15])
		}
		if raw[1] == 0xda {
			break
		}
	}
	if end := bytes.Index(raw, []byte{0xff, 0xd9}); end != len(raw)-2 {
		return "bytes behind its end"
	}
	return ""
}

func extrasOfPNG(raw []byte) string {
	allowed := []string{"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}
	kind := ""
	for raw = raw[8:]; len(raw) >= 12; raw = raw[12+int(binary.BigEndian.Uint32(raw)):] {
		if kind = string(raw[4:8]); !slices.Contains(allowed, kind) {
			return "a chunk " + kind
		}
	}
	if kind != "IEND" || len(raw) != 0 {
		return "bytes behind its end"
	}
	return ""
}

func extrasOfGIF(raw []byte) string {
	b := &blocks{rest: raw}
	b.skip(6)
	b.skipTable(b.take(7)[4])
	for {
		switch kind := b.take(1); {
		case kind == nil:
			return "no end"
		case kind[0] == 0x3b:
			if len(b.rest) > 0 {
				return "bytes behind its end"
			}
			return ""
		case kind[0] == 0x2c:
			b.skipTable(b.take(9)[8])
			b.skip(1)
			b.skipData()
		default:
			if label := b.take(1)[0]; label != 0xf9 && (label != 0xff || !bytes.HasPrefix(b.rest, []byte("\x0bNETSCAPE2.0"))) {
				return "an extension"
			}
			b.skipData()
		}
	}
}

// near tells whether a pixel has about this colour.
func near(got color.Color, want color.NRGBA) bool {
	c, _ := color.NRGBAModel.Convert(got).(color.NRGBA)
	d := func(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }
	return d(c.R, want.R) < 28 && d(c.G, want.G) < 28 && d(c.B, want.B) < 28 && d(c.A, want.A) < 8
}
