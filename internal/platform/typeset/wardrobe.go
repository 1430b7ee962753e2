package typeset

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// style is how text looks.
type style struct {
	family       family
	bold, italic bool
	size         float64
	rise         float64 // of superscripts
	colour       colour
	underline    bool
	strike       bool
	link         string
	fill         bool // a light ground, for code within text
}

func (st style) key() uint8 {
	k := uint8(st.family) << 2
	if st.bold {
		k |= 1
	}
	if st.italic {
		k |= 2
	}
	return k
}

// wear is a font as a document uses it: its characters in the order they came.
// Each character has a code of its own, also one that no font has: it prints as
// a box and can still be searched for and copied.
type wear struct {
	name   string // among the resources
	font   *font  // nil for Courier
	codes  map[rune]uint16
	glyphs []uint16
	runes  []rune
}

// worn is how one character of a style is printed.
type worn struct {
	wear  *wear
	slant bool
	thick bool
	code  uint16
	width float64 // thousandths of the size
}

// wardrobe holds the fonts of one document.
type wardrobe struct {
	press  *Press
	prefix string
	wears  []*wear
	named  map[string]*wear
	known  map[uint8]map[rune]worn
}

func newWardrobe(p *Press, prefix string) *wardrobe {
	return &wardrobe{press: p, prefix: prefix, named: map[string]*wear{}, known: map[uint8]map[rune]worn{}}
}

func (w *wardrobe) take(name string) *wear {
	if got := w.named[name]; got != nil {
		return got
	}
	got := &wear{name: fmt.Sprint(w.prefix, len(w.wears)), font: w.press.fonts[name], codes: map[rune]uint16{}, glyphs: []uint16{0}, runes: []rune{unicode.ReplacementChar}}
	w.wears, w.named[name] = append(w.wears, got), got
	return got
}

// of finds how a character is printed.
func (w *wardrobe) of(st style, r rune) worn {
	known := w.known[st.key()]
	if known == nil {
		known = map[rune]worn{}
		w.known[st.key()] = known
	}
	got, ok := known[r]
	if !ok {
		got = w.choose(st, r)
		known[r] = got
	}
	return got
}

const courierWidth = 600

func (w *wardrobe) choose(st style, r rune) worn {
	if st.family == mono {
		if code := courier(r); code != 0 {
			return worn{wear: w.take(courierName), code: uint16(code), width: courierWidth}
		}
	}
	all := st.sources()
	for _, s := range all {
		if glyph, ok := w.press.fonts[s.name].glyphs[r]; ok {
			return w.code(s, r, glyph)
		}
	}
	return w.code(all[0], r, 0)
}

func (w *wardrobe) code(s source, r rune, glyph uint16) worn {
	wear := w.take(s.name)
	code, ok := wear.codes[r]
	if !ok {
		code = uint16(len(wear.runes)) //nolint:gosec // fewer than Unicode's basic plane: the rest shares boxes
		wear.codes[r], wear.runes, wear.glyphs = code, append(wear.runes, r), append(wear.glyphs, glyph)
	}
	got := worn{wear: wear, slant: s.slant, thick: s.thick, code: code, width: wear.font.advance(glyph)}
	if s.thick {
		got.width += thickSpace * 1000
	}
	return got
}

// Letters drawn with an edge: how wide it is, and how much further they stand
// apart, in parts of their size.
const (
	thickEdge  = 0.03
	thickSpace = 0.018
)

// run is text that one font prints.
type run struct {
	*wear
	slant, thick bool
	codes        []byte // in hexadecimal digits
	width        float64
}

// quiet are characters that only steer other programs.
func quiet(r rune) bool {
	return r == 0xad || r == 0x200b || r == 0x200c || r == 0x200d || r == 0x2060 || r == 0xfeff || r >= 0xfe00 && r <= 0xfe0f || r >= 0x200e && r <= 0x200f || r >= 0x2066 && r <= 0x2069
}

const digits = "0123456789ABCDEF"

func (w *wardrobe) runs(st style, s string) (out []run) {
	for _, r := range s {
		if quiet(r) {
			continue
		}
		g := w.of(st, r)
		if n := len(out); n == 0 || out[n-1].wear != g.wear || out[n-1].slant != g.slant || out[n-1].thick != g.thick {
			out = append(out, run{wear: g.wear, slant: g.slant, thick: g.thick})
		}
		last := &out[len(out)-1]
		if g.wear.font != nil {
			last.codes = append(last.codes, digits[g.code>>12], digits[g.code>>8&15])
		}
		last.codes = append(last.codes, digits[g.code>>4&15], digits[g.code&15])
		last.width += g.width * st.size / 1000
	}
	return out
}

// measure is the width of a text in points.
func (w *wardrobe) measure(st style, s string) (width float64) {
	for _, r := range s {
		if !quiet(r) {
			width += w.of(st, r).width
		}
	}
	return width * st.size / 1000
}

const courierName = "Courier"

// put writes the fonts as objects, and gives what names them in the resources
// (ISO 32000-1, 9.7: fonts with codes of two bytes).
func (w *wardrobe) put(o *objects) string {
	var names strings.Builder
	for i, wear := range w.wears {
		var id int
		if wear.font == nil {
			id = o.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
		} else {
			id = wear.put(o, fmt.Sprintf("LTRPD%c+%s", 'A'+rune(i%26), w.fontName(wear)))
		}
		fmt.Fprintf(&names, "/%s %d 0 R ", wear.name, id)
	}
	return names.String()
}

func (w *wardrobe) fontName(of *wear) string {
	for name, wear := range w.named {
		if wear == of {
			return "LightTrends-" + name
		}
	}
	return "LightTrends"
}

func (w *wear) put(o *objects, name string) int {
	f := w.font
	scaled := func(v int16) int { return int(float64(v) * 1000 / f.units) }
	file := o.stream("", f.subset(w.glyphs))
	descriptor := o.add(fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight 670 /StemV 80 /FontFile2 %d 0 R >>",
		name, scaled(f.box[0]), scaled(f.box[1]), scaled(f.box[2]), scaled(f.box[3]), scaled(f.ascent), scaled(f.descent), file))
	var widths strings.Builder
	for _, g := range w.glyphs {
		widths.WriteString(num(f.advance(g)) + " ")
	}
	cid := o.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity /FontDescriptor %d 0 R /W [0 [%s]] >>",
		name, descriptor, widths.String()))
	return o.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, cid, o.stream("", w.unicode())))
}

// unicode tells readers which character each code is, so that text can be
// searched and copied.
func (w *wear) unicode() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for from := 0; from < len(w.runes); from += 100 { // as many as a section may hold
		part := w.runes[from:min(from+100, len(w.runes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for i, r := range part {
			fmt.Fprintf(&b, "<%04X> <%s>\n", from+i, utf16hex(string(r)))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end")
	return b.Bytes()
}
