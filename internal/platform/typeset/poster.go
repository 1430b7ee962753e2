package typeset

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"unicode"

	"golang.org/x/image/vector"
)

// Poster is what a picture says that stands for a note on other sites.
type Poster struct {
	Masthead string // the publication
	Kicker   string // what it is, and of when
	Title    string
	Byline   string
	Accent   string // #rrggbb; "" for the colours of the house
}

// The size that such pictures have, and the room they leave.
const (
	PosterWidth  = 1200
	PosterHeight = 630
	posterEdge   = 76
	posterRoom   = PosterWidth - 2*posterEdge
)

// Colours of the house by day; see the stylesheet.
var (
	posterPaper = color.RGBA{0xfb, 0xfa, 0xf7, 0xff}
	posterHead  = color.RGBA{0x0e, 0x10, 0x14, 0xff}
	posterDim   = color.RGBA{0x55, 0x5b, 0x67, 0xff}
)

// Poster draws the picture as a PNG.
func (p *Press) Poster(what Poster) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, PosterWidth, PosterHeight))
	draw.Draw(img, img.Bounds(), image.NewUniform(posterPaper), image.Point{}, draw.Src)
	band(img, 18, what.Accent)
	s := sheetOf{press: p, img: img}
	serifed, plain := style{family: serif, bold: true}, style{family: sans}
	s.line(118, 40, serifed, posterHead, s.fit(serifed, 40, what.Masthead))
	size, lines := s.titled(serifed, what.Title)
	s.line(190, 27, plain, posterDim, s.fit(plain, 27, what.Kicker))
	y := 190 + 34 + size
	for _, line := range lines {
		s.line(y, size, serifed, posterHead, line)
		y += size * posterLeading
	}
	s.line(PosterHeight-66, 29, plain, posterHead, s.fit(plain, 29, what.Byline))
	var out bytes.Buffer
	err := png.Encode(&out, fewer(img))
	return out.Bytes(), err
}

// edgeSteps is how many shades a letter has between its colour and the paper.
const edgeSteps = 24

// fewer puts a picture into the few colours that it consists of, which makes
// the file a third as large.
func fewer(img *image.RGBA) *image.Paletted {
	var colours color.Palette
	for _, ink := range []color.RGBA{posterHead, posterDim} {
		for i := range edgeSteps {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(edgeSteps-i) + int(b)*i) / edgeSteps) } //nolint:gosec // between the two
			colours = append(colours, color.RGBA{mix(ink.R, posterPaper.R), mix(ink.G, posterPaper.G), mix(ink.B, posterPaper.B), 0xff})
		}
	}
	colours = append(colours, posterPaper)
	for x := range PosterWidth { // the band
		if c := img.RGBAAt(x, 0); colours[len(colours)-1] != c {
			colours = append(colours, c)
		}
	}
	out := image.NewPaletted(img.Bounds(), colours)
	known := map[color.RGBA]uint8{}
	last, index := color.RGBA{}, uint8(0) // most pixels are like the one before
	for i := range out.Pix {
		p := img.Pix[4*i : 4*i+4 : 4*i+4]
		if c := (color.RGBA{p[0], p[1], p[2], p[3]}); c != last {
			var ok bool
			if index, ok = known[c]; !ok {
				index = uint8(colours.Index(c)) //nolint:gosec // fewer than a hundred
				known[c] = index
			}
			last = c
		}
		out.Pix[i] = index
	}
	return out
}

// band paints the line at the top of every page of the publication.
func band(img *image.RGBA, height int, accent string) {
	if isColour(accent) {
		draw.Draw(img, image.Rect(0, 0, PosterWidth, height), image.NewUniform(rgb(accent).pixel()), image.Point{}, draw.Src)
		return
	}
	at := 0.0
	for _, part := range spectrum {
		end := at + part.share*PosterWidth
		draw.Draw(img, image.Rect(int(at), 0, int(end+.5), height), image.NewUniform(part.colour.pixel()), image.Point{}, draw.Src)
		at = end
	}
}

func isColour(s string) bool {
	return len(s) == 7 && s[0] == '#' && strings.Trim(s[1:], "0123456789abcdefABCDEF") == ""
}

func (c colour) pixel() color.RGBA {
	return color.RGBA{uint8(c[0]*255 + .5), uint8(c[1]*255 + .5), uint8(c[2]*255 + .5), 255}
}

// sheetOf is a picture while letters are put on it.
type sheetOf struct {
	press *Press
	img   *image.RGBA
}

// letter finds the font that has a character; nil when none has it.
func (s *sheetOf) letter(st style, r rune) (*font, uint16) {
	for _, source := range st.sources() {
		if glyph, ok := s.press.fonts[source.name].glyphs[r]; ok {
			return s.press.fonts[source.name], glyph
		}
	}
	return nil, 0
}

// Letters of a large title stand a little closer.
const tight = -0.008

func (s *sheetOf) width(st style, size float64, text string) (w float64) {
	for _, r := range text {
		if f, glyph := s.letter(st, r); f != nil {
			w += (f.advance(glyph)/1000 + tight) * size
		}
	}
	return w
}

// line puts a line of text on the sheet; y is where it stands. What no font can
// write is left out.
func (s *sheetOf) line(y, size float64, st style, c color.RGBA, text string) {
	x := float64(posterEdge)
	raster := vector.NewRasterizer(PosterWidth, PosterHeight)
	for _, r := range text {
		f, glyph := s.letter(st, r)
		if f == nil {
			continue
		}
		f.draw(glyph, newNib(raster, float32(x), float32(y), float32(size/f.units)), 0)
		x += (f.advance(glyph)/1000 + tight) * size
	}
	raster.Draw(s.img, s.img.Bounds(), image.NewUniform(c), image.Point{})
}

// fit shortens a line that is too long.
func (s *sheetOf) fit(st style, size float64, text string) string {
	if s.width(st, size, text) <= posterRoom {
		return text
	}
	return s.cut(st, size, text)
}

// cut shows that a line goes on.
func (s *sheetOf) cut(st style, size float64, text string) string {
	runes := []rune(text)
	for len(runes) > 0 && s.width(st, size, string(runes)+"…") > posterRoom {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRightFunc(string(runes), unicode.IsSpace) + "…"
}

const posterLeading = 1.14

// titled finds the largest size at which the whole title has room. One that is
// longer than a title can be is cut at the smallest.
func (s *sheetOf) titled(st style, title string) (size float64, lines []string) {
	for _, try := range []struct {
		size  float64
		lines int
	}{{88, 2}, {78, 3}, {70, 3}, {62, 4}, {54, 5}, {46, 5}} {
		lines = s.wrap(st, try.size, title)
		size = try.size
		if len(lines) <= try.lines {
			return size, lines
		}
	}
	lines = lines[:5]
	lines[4] = s.cut(st, size, lines[4])
	return size, lines
}

// wrap breaks a text into lines. A word that fills more than a line is broken.
func (s *sheetOf) wrap(st style, size float64, text string) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		for s.width(st, size, word) > posterRoom {
			head, tail := s.split(st, size, word)
			if line != "" {
				lines, line = append(lines, line), ""
			}
			lines, word = append(lines, head), tail
		}
		if longer := strings.TrimSpace(line + " " + word); s.width(st, size, longer) <= posterRoom {
			line = longer
			continue
		}
		lines, line = append(lines, line), word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func (s *sheetOf) split(st style, size float64, word string) (head, tail string) {
	runes := []rune(word)
	n := len(runes)
	for n > 1 && s.width(st, size, string(runes[:n])) > posterRoom {
		n--
	}
	return string(runes[:n]), string(runes[n:])
}
