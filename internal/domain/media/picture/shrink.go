package picture

import (
	"image"
	"image/draw"
	"math"
)

// shrink draws a picture at w × h, which is not larger, and shows every row
// that it reads to seen. It keeps a few rows in memory beside the result: the
// scalers of golang.org/x/image take 230 MB for a photo of 12 megapixels.
//
// The filter is Catmull-Rom, as wide as the reduction asks for.
func shrink(src image.Image, w, h int, seen *census) *image.RGBA {
	in := newRows(src, seen)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == in.w && h == in.h {
		for y := range h {
			copy(out.Pix[y*out.Stride:], in.read(y))
		}
		return out
	}
	across, down := taps(in.w, w), taps(in.h, h)
	kept := newWindow(w, down)
	sum := make([]float32, 4*w)
	read := 0
	for y, t := range down {
		for ; read < t.first+len(t.weights); read++ {
			squeeze(kept.row(read), in.read(read), across)
		}
		clear(sum)
		for i, weight := range t.weights {
			for j, v := range kept.row(t.first + i) {
				sum[j] += weight * v
			}
		}
		store(out.Pix[y*out.Stride:], sum)
	}
	return out
}

// rows reads a picture row by row as RGBA with the alpha multiplied in,
// whatever its colour model is.
type rows struct {
	src  image.Image
	w, h int
	line *image.RGBA
	seen *census
}

func newRows(src image.Image, seen *census) *rows {
	b := src.Bounds()
	return &rows{src, b.Dx(), b.Dy(), image.NewRGBA(image.Rect(0, 0, b.Dx(), 1)), seen}
}

func (r *rows) read(y int) []uint8 {
	from := r.src.Bounds().Min
	draw.Draw(r.line, r.line.Rect, r.src, image.Pt(from.X, from.Y+y), draw.Src)
	if r.seen != nil {
		r.seen.look(r.line.Pix)
	}
	return r.line.Pix
}

// tap says which pixels of the source make one pixel of the result.
type tap struct {
	first   int
	weights []float32
}

func taps(from, to int) []tap {
	out := make([]tap, to)
	scale := float64(from) / float64(to)
	reach := 2 * scale
	for i := range out {
		centre := (float64(i)+0.5)*scale - 0.5
		first, last := max(0, int(math.Ceil(centre-reach))), min(from-1, int(math.Floor(centre+reach)))
		weights := make([]float32, last-first+1)
		total := 0.0
		for j := range weights {
			weight := catmullRom(math.Abs(float64(first+j)-centre) / scale)
			weights[j] = float32(weight)
			total += weight
		}
		for j := range weights {
			weights[j] = float32(float64(weights[j]) / total)
		}
		out[i] = tap{first, weights}
	}
	return out
}

func catmullRom(t float64) float64 {
	switch {
	case t < 1:
		return (1.5*t-2.5)*t*t + 1
	case t < 2:
		return ((-0.5*t+2.5)*t-4)*t + 2
	}
	return 0
}

// squeeze makes a row narrower.
func squeeze(out []float32, row []uint8, across []tap) {
	for x, t := range across {
		var r, g, b, a float32
		at := 4 * t.first
		for _, weight := range t.weights {
			p := row[at : at+4 : at+4]
			r += weight * float32(p[0])
			g += weight * float32(p[1])
			b += weight * float32(p[2])
			a += weight * float32(p[3])
			at += 4
		}
		out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = r, g, b, a
	}
}

// store rounds a row. The filter overshoots at edges; a colour may not exceed
// its alpha.
func store(out []uint8, sum []float32) {
	for i := 0; i < len(sum); i += 4 {
		alpha := clamp(sum[i+3], 255)
		out[i] = uint8(clamp(sum[i], alpha) + 0.5)
		out[i+1] = uint8(clamp(sum[i+1], alpha) + 0.5)
		out[i+2] = uint8(clamp(sum[i+2], alpha) + 0.5)
		out[i+3] = uint8(alpha + 0.5)
	}
}

func clamp(v, most float32) float32 { return max(0, min(v, most)) }

// window keeps the narrowed rows that are still needed, in a ring.
type window struct{ ring [][]float32 }

func newWindow(w int, down []tap) *window {
	size := 0
	for _, t := range down {
		size = max(size, len(t.weights))
	}
	k := &window{make([][]float32, size)}
	for i := range k.ring {
		k.ring[i] = make([]float32, 4*w)
	}
	return k
}

func (k *window) row(y int) []float32 { return k.ring[y%len(k.ring)] }
