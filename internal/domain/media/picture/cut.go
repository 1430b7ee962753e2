package picture

import (
	"context"
	"image"
)

// Cut makes a print in the proportions of w × h, at most so large, of one that
// Develop made. As much of the picture as fits is kept; x and y, in per cent,
// say which part, as object-position does in CSS.
func (d *Darkroom) Cut(ctx context.Context, raw []byte, w, h, x, y int) (*Print, error) {
	format, err := sniff(raw)
	if err != nil {
		return nil, err
	}
	leave, err := d.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	img, err := d.decode(ctx, format, raw)
	if err != nil {
		return nil, err
	}
	whole, ok := img.(interface {
		SubImage(r image.Rectangle) image.Image
	})
	if !ok {
		return nil, errUnreadable
	}
	part := frame(img.Bounds(), w, h, x, y)
	return encode(shrink(whole.SubImage(part), min(w, part.Dx()), min(h, part.Dy()), nil), format)
}

// frame is the largest part of a picture in these proportions.
func frame(b image.Rectangle, w, h, x, y int) image.Rectangle {
	cw, ch := b.Dx(), b.Dx()*h/w
	if ch > b.Dy() {
		cw, ch = b.Dy()*w/h, b.Dy()
	}
	cw, ch = max(1, cw), max(1, ch)
	from := b.Min.Add(image.Pt((b.Dx()-cw)*x/100, (b.Dy()-ch)*y/100))
	return image.Rectangle{from, from.Add(image.Pt(cw, ch))}
}
