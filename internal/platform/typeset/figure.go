package typeset

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// picture is an image that the document holds once, however often it shows.
type picture struct {
	name     string
	address  string
	width    int
	height   int
	entries  string // of the object's dictionary
	data     []byte
	softness []byte // how opaque each dot is; nil: it is all opaque
}

// figure sets a chart, or a picture with its caption. They stay together.
func (s *setter) figure(n *html.Node) {
	first := len(s.items)
	s.gap = max(s.gap, s.size)
	for _, c := range children(n) {
		switch {
		case c.DataAtom == atom.Svg && attribute(c, "class") == "chart-narrow":
		case c.DataAtom == atom.Svg:
			s.vector(c)
		case c.DataAtom == atom.Img:
			s.image(c)
		case c.DataAtom == atom.Figcaption:
			st := style{family: sans, size: s.size * 0.8, colour: dim}
			s.paragraph(s.spans(c, st), st.size*1.42, s.size*0.35)
		default:
			s.block(c)
		}
	}
	for i := first; i < len(s.items)-1; i++ {
		s.items[i].stay = true
	}
	s.gap = s.size
}

// tallestPicture is how much of a page a picture takes at most.
const tallestPicture = 400

func (s *setter) image(n *html.Node) {
	p := s.load(attribute(n, "src"))
	if s.err != nil {
		return
	}
	if p == nil {
		st := s.body()
		st.italic, st.colour = true, dim
		s.paragraph([]span{{text: "[" + attribute(n, "alt") + "]", style: st}}, leading(s.size), s.size*0.5)
		return
	}
	w := min(s.width, float64(p.width)*0.75)
	h := w * float64(p.height) / float64(p.width)
	if h > tallestPicture {
		w, h = w*tallestPicture/h, tallestPicture
	}
	x := s.x
	s.push(&item{height: h, draw: func(k *ink, y float64) { k.image(p, x, y, w, h) }})
}

func (k *ink) image(p *picture, x, y, w, h float64) {
	k.writef("q %s 0 0 %s %s %s cm /%s Do Q\n", num(w), num(h), num(x), num(k.up(y+h)), p.name)
}

// load fetches a picture. One that cannot be had, or not be read, is nil.
func (s *setter) load(address string) *picture {
	for _, p := range s.images {
		if p.address == address {
			return p
		}
	}
	if s.pictures == nil {
		return nil
	}
	raw, err := s.pictures(s.ctx, address)
	if err != nil {
		s.err = err
		return nil
	}
	p := develop(raw)
	if p == nil {
		return nil
	}
	p.address, p.name = address, fmt.Sprint("I", len(s.images))
	s.images = append(s.images, p)
	return p
}

// mostDots is the largest picture that is unpacked in memory.
const mostDots = 40_000_000

// develop makes a picture of a file. A JPEG goes in as it is, anything else as
// dots, with what is transparent beside it.
func develop(raw []byte) *picture {
	config, err := jpeg.DecodeConfig(bytes.NewReader(raw))
	if err == nil {
		p := &picture{width: config.Width, height: config.Height, data: raw}
		space := "/DeviceRGB"
		switch config.ColorModel {
		case color.GrayModel:
			space = "/DeviceGray"
		case color.CMYKModel: // some are written the other way round
			return nil
		}
		p.entries = "/ColorSpace " + space + " /BitsPerComponent 8 /Filter /DCTDecode"
		return p
	}
	if config, err = png.DecodeConfig(bytes.NewReader(raw)); err != nil || config.Width*config.Height > mostDots {
		return nil
	}
	decoded, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil
	}
	return dots(decoded)
}

func dots(m image.Image) *picture {
	size := m.Bounds().Size()
	flat := image.NewNRGBA(image.Rect(0, 0, size.X, size.Y))
	draw.Draw(flat, flat.Bounds(), m, m.Bounds().Min, draw.Src)
	colours, softness := make([]byte, 0, 3*size.X*size.Y), make([]byte, 0, size.X*size.Y)
	opaque := true
	for i := 0; i < len(flat.Pix); i += 4 {
		colours = append(colours, flat.Pix[i:i+3]...)
		softness = append(softness, flat.Pix[i+3])
		opaque = opaque && flat.Pix[i+3] == 255
	}
	p := &picture{width: size.X, height: size.Y, data: deflated(colours), entries: "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"}
	if !opaque {
		p.softness = deflated(softness)
	}
	return p
}

// put writes the picture as an object.
func (p *picture) put(o *objects) int {
	form := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d ", p.width, p.height)
	entries := p.entries
	if p.softness != nil {
		mask := o.reserve()
		o.setStream(mask, form+"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", p.softness)
		entries += fmt.Sprintf(" /SMask %d 0 R", mask)
	}
	id := o.reserve()
	o.setStream(id, form+entries, p.data)
	return id
}
