package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// A lossless picture of at most fewColours colours is a drawing, a chart or a
// screenshot: JPEG would smear its edges. Photographs have more.
const (
	fewColours  = 4096
	jpegQuality = 85
)

// census looks at every pixel of the source once. The zero value is ready.
type census struct {
	transparent bool
	colours     map[[4]uint8]struct{}
}

func (c *census) look(row []uint8) {
	if c.colours == nil {
		c.colours = map[[4]uint8]struct{}{}
	}
	counting := len(c.colours) <= fewColours
	var last [4]uint8 // not a colour: alpha 0
	for ; len(row) >= 4; row = row[4:] {
		p := [4]uint8(row)
		c.transparent = c.transparent || p[3] != 255
		if counting && p != last {
			c.colours[p] = struct{}{}
			last = p
			counting = len(c.colours) <= fewColours
		}
	}
}

// choose picks the format to keep a picture in.
func (c *census) choose(lossless bool) Format {
	if c.transparent || lossless && len(c.colours) <= fewColours {
		return PNG
	}
	return JPEG
}

func encode(img *image.RGBA, f Format) (*Print, error) {
	var out bytes.Buffer
	var err error
	if f == JPEG {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: jpegQuality})
	} else if p := indexed(img); p != nil {
		err = png.Encode(&out, p)
	} else {
		err = png.Encode(&out, img)
	}
	return &Print{Bytes: out.Bytes(), Format: f, Width: img.Rect.Dx(), Height: img.Rect.Dy()}, err
}

// indexed gives the same picture with a palette, which makes a smaller file,
// or nil when it has more than 256 colours.
func indexed(img *image.RGBA) *image.Paletted {
	index := map[[4]uint8]uint8{}
	out := image.NewPaletted(img.Rect, nil)
	var last [4]uint8
	var lastIndex uint8
	for i := range out.Pix {
		p := [4]uint8(img.Pix[4*i:])
		if p != last || i == 0 {
			n, known := index[p]
			if !known {
				if len(index) == 256 {
					return nil
				}
				n = uint8(len(index)) //nolint:gosec // below 256
				index[p] = n
				out.Palette = append(out.Palette, color.RGBA{p[0], p[1], p[2], p[3]})
			}
			last, lastIndex = p, n
		}
		out.Pix[i] = lastIndex
	}
	return out
}
