package typeset

import (
	"encoding/binary"
	"errors"
)

// font is a TrueType font as far as printing needs it: which glyph a character
// has, how wide it is, and its outline. What the tables hold is told in the
// OpenType specification (https://learn.microsoft.com/typography/opentype/spec).
type font struct {
	glyphs   map[rune]uint16
	widths   []uint16 // by glyph, in units
	units    float64  // to the em
	ascent   int16
	descent  int16
	box      [4]int16
	outlines []byte   // glyf
	offsets  []uint32 // loca, in bytes
	head     []byte
	hhea     []byte
	maxp     []byte
}

var errFont = errors.New("typeset: not a font of ours")

// readFont reads a font that our script made. Its tables are there and sound;
// what is checked is what a truncated file would break.
func readFont(b []byte) (f *font, err error) {
	defer func() {
		if recover() != nil { // an offset beyond the end
			err = errFont
		}
	}()
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		d := b[12+16*i:]
		from := binary.BigEndian.Uint32(d[8:])
		tables[string(d[:4])] = b[from : from+binary.BigEndian.Uint32(d[12:])]
	}
	f = &font{head: tables["head"], hhea: tables["hhea"], maxp: tables["maxp"], outlines: tables["glyf"]}
	f.units = float64(binary.BigEndian.Uint16(f.head[18:]))
	for i := range f.box {
		f.box[i] = signed(f.head[36+2*i:])
	}
	f.ascent, f.descent = signed(f.hhea[4:]), signed(f.hhea[6:])
	count := int(binary.BigEndian.Uint16(f.maxp[4:]))
	f.readWidths(tables["hmtx"], count)
	f.readOffsets(tables["loca"], count)
	return f, f.readCharacters(tables["cmap"])
}

func signed(b []byte) int16 { return int16(binary.BigEndian.Uint16(b)) } //nolint:gosec // that is what the table holds

// readWidths reads hmtx: the last width stands for all glyphs after it.
func (f *font) readWidths(hmtx []byte, count int) {
	long := int(binary.BigEndian.Uint16(f.hhea[34:]))
	f.widths = make([]uint16, count)
	for i := range f.widths {
		f.widths[i] = binary.BigEndian.Uint16(hmtx[4*min(i, long-1):])
	}
}

func (f *font) readOffsets(loca []byte, count int) {
	f.offsets = make([]uint32, count+1)
	for i := range f.offsets {
		if long := binary.BigEndian.Uint16(f.head[50:]) == 1; long {
			f.offsets[i] = binary.BigEndian.Uint32(loca[4*i:])
		} else {
			f.offsets[i] = 2 * uint32(binary.BigEndian.Uint16(loca[2*i:]))
		}
	}
}

// readCharacters reads the subtable of format 4, which holds the basic plane.
func (f *font) readCharacters(cmap []byte) error {
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		t := cmap[binary.BigEndian.Uint32(cmap[8+8*i:]):]
		if binary.BigEndian.Uint16(t) == 4 {
			f.glyphs = characters(t)
			return nil
		}
	}
	return errFont
}

func characters(t []byte) map[rune]uint16 {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(t[at:])) }
	out, double := map[rune]uint16{}, u16(6)
	ends, starts, deltas, ranges := 14, 16+double, 16+2*double, 16+3*double
	for s := 0; s < double; s += 2 {
		for c := u16(starts + s); c <= u16(ends+s) && c < 0xffff; c++ {
			glyph := c
			if shift := u16(ranges + s); shift != 0 {
				if glyph = u16(ranges + s + shift + 2*(c-u16(starts+s))); glyph == 0 {
					continue
				}
			}
			if glyph = (glyph + u16(deltas+s)) & 0xffff; glyph != 0 {
				out[rune(c)] = uint16(glyph) //nolint:gosec // masked
			}
		}
	}
	return out
}

// outline gives the bytes of a glyph; empty for a blank.
func (f *font) outline(glyph uint16) []byte {
	if int(glyph)+1 >= len(f.offsets) {
		return nil
	}
	return f.outlines[f.offsets[glyph]:f.offsets[glyph+1]]
}

// advance is how far a glyph moves the pen, in thousandths of the size.
func (f *font) advance(glyph uint16) float64 { return float64(f.widths[glyph]) * 1000 / f.units }
