package typeset

import (
	"encoding/binary"

	"golang.org/x/image/vector"
)

// nib draws glyphs into a rasterizer: x and y are where the pen stands, scale
// is pixels for one unit of the font.
type nib struct {
	to   *vector.Rasterizer
	x, y float32
	// A part of a glyph is bent and moved before it is drawn.
	xx, xy, yx, yy, dx, dy float32
}

func newNib(to *vector.Rasterizer, x, y, scale float32) nib {
	return nib{to: to, x: x, y: y, xx: scale, yy: scale}
}

func (b *nib) at(p point) (x, y float32) {
	return b.x + b.xx*p.x + b.yx*p.y + b.dx, b.y - (b.xy*p.x + b.yy*p.y + b.dy)
}

// point is a point of an outline; one that is off steers the curve between its
// neighbours.
type point struct {
	x, y float32
	on   bool
}

func between(a, b point) point { return point{(a.x + b.x) / 2, (a.y + b.y) / 2, true} }

// maxNesting is how deep parts of a glyph may consist of parts. Ours are one
// deep; a broken file must not run for ever.
const maxNesting = 4

// draw adds a glyph. The format is that of the table glyf in the OpenType
// specification. A font of ours is sound; see readFont.
func (f *font) draw(glyph uint16, b nib, depth int) {
	o := f.outline(glyph)
	if len(o) < 10 || depth > maxNesting {
		return
	}
	if count := int(signed(o)); count >= 0 {
		drawSimple(o[10:], count, b)
	} else {
		f.drawParts(o[10:], b, depth)
	}
}

// partXY says that a part is moved by the two numbers that follow.
const partXY = 1 << 1

func (f *font) drawParts(o []byte, b nib, depth int) {
	for more := true; more; {
		flags, glyph := binary.BigEndian.Uint16(o), binary.BigEndian.Uint16(o[2:])
		o = o[4:]
		part := b
		var dx, dy float32
		if flags&partWords != 0 {
			dx, dy, o = float32(signed(o)), float32(signed(o[2:])), o[4:]
		} else {
			dx, dy, o = float32(int8(o[0])), float32(int8(o[1])), o[2:] //nolint:gosec // signed bytes
		}
		if flags&partXY != 0 {
			part.dx, part.dy = b.dx+b.xx*dx+b.yx*dy, b.dy+b.xy*dx+b.yy*dy
		}
		switch { // F2DOT14
		case flags&partScale != 0:
			s := float32(signed(o)) / (1 << 14)
			part.xx, part.yy, o = b.xx*s, b.yy*s, o[2:]
		case flags&partScales != 0:
			part.xx, part.yy, o = b.xx*float32(signed(o))/(1<<14), b.yy*float32(signed(o[2:]))/(1<<14), o[4:]
		case flags&partMatrix != 0: // mirrored and turned parts, of which our fonts have none, are drawn unturned
			o = o[8:]
		}
		f.draw(glyph, part, depth+1)
		more = flags&partMore != 0
	}
}

// Flags of a point.
const (
	pointOn     = 1 << 0
	pointShortX = 1 << 1
	pointShortY = 1 << 2
	pointRepeat = 1 << 3
	pointSameX  = 1 << 4
	pointSameY  = 1 << 5
)

func drawSimple(o []byte, count int, b nib) {
	ends := make([]int, count)
	for i := range ends {
		ends[i] = int(binary.BigEndian.Uint16(o[2*i:]))
	}
	if count == 0 {
		return
	}
	o = o[2*count:]
	o = o[2+int(binary.BigEndian.Uint16(o)):] // instructions
	points := readPoints(o, ends[count-1]+1)
	from := 0
	for _, end := range ends {
		drawContour(points[from:end+1], b)
		from = end + 1
	}
}

func readPoints(o []byte, count int) []point {
	flags := make([]byte, 0, count)
	for len(flags) < count {
		flag := o[0]
		o = o[1:]
		flags = append(flags, flag)
		if flag&pointRepeat != 0 {
			for range o[0] {
				flags = append(flags, flag)
			}
			o = o[1:]
		}
	}
	points := make([]point, count)
	axis := func(short, same byte, put func(p *point, v float32)) {
		at := 0
		for i := range points {
			switch flag := flags[i]; {
			case flag&short != 0:
				if step := int(o[0]); flag&same != 0 {
					at += step
				} else {
					at -= step
				}
				o = o[1:]
			case flag&same == 0:
				at += int(signed(o))
				o = o[2:]
			}
			put(&points[i], float32(at))
		}
	}
	axis(pointShortX, pointSameX, func(p *point, v float32) { p.x = v })
	axis(pointShortY, pointSameY, func(p *point, v float32) { p.y = v })
	for i := range points {
		points[i].on = flags[i]&pointOn != 0
	}
	return points
}

// drawContour closes one line round. Between two points that are both off lies
// one in the middle that is on.
func drawContour(c []point, b nib) {
	if len(c) < 2 {
		return
	}
	start := c[0]
	if !start.on {
		if last := c[len(c)-1]; last.on {
			start = last
		} else {
			start = between(start, last)
		}
	}
	b.to.MoveTo(b.at(start))
	var off *point
	step := func(p point) {
		switch {
		case !p.on && off != nil:
			b.curve(*off, between(*off, p))
			off = &p
		case !p.on:
			off = &p
		case off != nil:
			b.curve(*off, p)
			off = nil
		default:
			b.to.LineTo(b.at(p))
		}
	}
	for _, p := range c {
		step(p)
	}
	step(start)
	b.to.ClosePath()
}

func (b *nib) curve(off, to point) {
	ox, oy := b.at(off)
	x, y := b.at(to)
	b.to.QuadTo(ox, oy, x, y)
}
