package typeset

import (
	"encoding/binary"
	"maps"
	"slices"
)

// subset writes a font that holds just these glyphs, in this order. A glyph
// that is made of others brings them along, behind. There is no table of
// characters in it: a PDF names glyphs by their numbers.
func (f *font) subset(glyphs []uint16) []byte {
	order := slices.Clone(glyphs)
	number := map[uint16]uint16{}
	for i, g := range order {
		if _, known := number[g]; !known {
			number[g] = uint16(i)
		}
	}
	var glyf []byte
	loca, hmtx := []byte{}, []byte{}
	for i := 0; i < len(order); i++ { // grows while it runs
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf))) //nolint:gosec // a part of a small font
		outline := slices.Clone(f.outline(order[i]))
		if i > 0 && order[i] == 0 {
			outline = f.emptyBox()
		}
		eachPart(outline, func(part []byte) {
			old := binary.BigEndian.Uint16(part)
			if _, known := number[old]; !known {
				number[old] = uint16(len(order)) //nolint:gosec // as above
				order = append(order, old)
			}
			binary.BigEndian.PutUint16(part, number[old])
		})
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = binary.BigEndian.AppendUint16(hmtx, f.widths[order[i]])
		hmtx = binary.BigEndian.AppendUint16(hmtx, f.bearing(order[i]))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf))) //nolint:gosec // as above
	head, hhea, maxp := slices.Clone(f.head), slices.Clone(f.hhea), slices.Clone(f.maxp)
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(order))) //nolint:gosec // as above
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(order)))  //nolint:gosec // as above
	return fontFile(map[string][]byte{"glyf": glyf, "head": head, "hhea": hhea, "hmtx": hmtx, "loca": loca, "maxp": maxp})
}

// emptyBox is the outline that stands for a character that no font of ours has:
// a frame, as two contours of four corners each.
func (f *font) emptyBox() []byte {
	left, right, top, edge := int(f.units*0.06), int(float64(f.widths[0])-f.units*0.06), int(f.units*0.68), int(f.units*0.035)
	var b []byte
	short := func(values ...int) {
		for _, v := range values {
			b = binary.BigEndian.AppendUint16(b, uint16(v)) //nolint:gosec // two's complement
		}
	}
	short(2, left, 0, right, top, 3, 7, 0)
	for range 8 {
		b = append(b, 1) // a corner; both ways in two bytes
	}
	w, h := right-left, top
	short(left, 0, w, 0, edge-w, w-2*edge, 0, 2*edge-w)
	short(0, h, 0, -h, edge, 0, h-2*edge, 0)
	return b
}

// bearing is where the outline begins: its left edge, in fonts like ours.
func (f *font) bearing(glyph uint16) uint16 {
	if o := f.outline(glyph); len(o) >= 4 {
		return binary.BigEndian.Uint16(o[2:])
	}
	return 0
}

// What the flags of a part of a glyph say of what follows.
const (
	partWords  = 1 << 0
	partScale  = 1 << 3
	partMore   = 1 << 5
	partScales = 1 << 6
	partMatrix = 1 << 7
)

// eachPart visits the numbers of the glyphs that a glyph is made of.
func eachPart(outline []byte, visit func(number []byte)) {
	if len(outline) < 10 || signed(outline) >= 0 {
		return
	}
	for at, more := 10, true; more && at+4 <= len(outline); {
		flags := binary.BigEndian.Uint16(outline[at:])
		visit(outline[at+2 : at+4])
		at += 6
		if flags&partWords != 0 {
			at += 2
		}
		switch {
		case flags&partScale != 0:
			at += 2
		case flags&partScales != 0:
			at += 4
		case flags&partMatrix != 0:
			at += 8
		}
		more = flags&partMore != 0
	}
}

// fontFile writes tables as a font file.
func fontFile(tables map[string][]byte) []byte {
	count, power := len(tables), 0
	for 2<<power <= count {
		power++
	}
	b := []byte{0, 1, 0, 0}
	for _, v := range []int{count, 16 << power, power, 16*count - 16<<power} {
		b = binary.BigEndian.AppendUint16(b, uint16(v)) //nolint:gosec // a handful
	}
	offset := len(b) + 16*count
	var body []byte
	for _, tag := range slices.Sorted(maps.Keys(tables)) {
		t := tables[tag]
		size := len(t)
		for len(t)%4 != 0 {
			t = append(t, 0)
		}
		b = append(b, tag...)
		for _, v := range []uint32{sum(t), uint32(offset + len(body)), uint32(size)} { //nolint:gosec // as above
			b = binary.BigEndian.AppendUint32(b, v)
		}
		body = append(body, t...)
	}
	return append(b, body...)
}

func sum(t []byte) (s uint32) {
	for i := 0; i+4 <= len(t); i += 4 {
		s += binary.BigEndian.Uint32(t[i:])
	}
	return s
}
