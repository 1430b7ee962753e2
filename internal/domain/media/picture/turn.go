package picture

import "image"

// apply sets a picture upright, so that it needs no note about it.
func (o orientation) apply(img *image.RGBA) *image.RGBA {
	if o <= 1 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if o.swaps() {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		row := out.Pix[y*out.Stride:]
		for x := range out.Rect.Dx() {
			sx, sy := o.source(x, y, w, h)
			from := sy*img.Stride + sx*4
			copy(row[x*4:x*4+4], img.Pix[from:from+4])
		}
	}
	return out
}

// source tells where a pixel of the upright picture lies in the one of w × h
// that the camera wrote.
func (o orientation) source(x, y, w, h int) (int, int) {
	switch o {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // upside down and mirrored
		return x, h - 1 - y
	case 5: // on its left side and mirrored
		return y, x
	case 6: // on its left side: turn it clockwise
		return y, h - 1 - x
	case 7: // on its right side and mirrored
		return w - 1 - y, h - 1 - x
	case 8: // on its right side: turn it the other way
		return w - 1 - y, x
	}
	return x, y
}
