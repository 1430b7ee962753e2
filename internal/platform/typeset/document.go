package typeset

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Document is what is set: a text, what stands above and below it, and what
// every page says.
type Document struct {
	Lang   string // of the text, such as "en"
	Base   string // makes addresses that begin with a slash absolute
	Accent string // #rrggbb, of links and rules; "" is the house's blue

	Masthead string // at the top of the first page, and small on the others
	Logo     string // address of a picture that stands there instead; "" for none
	Address  string // beside it
	Eyebrow  string
	Title    string
	Byline   []string
	Abstract string
	Notices  []Remark // above the text, on a ground of their own
	HTML     string   // as package markdown prints it
	Closing  []Remark // below
	Small    string   // the last line

	Number func(page, of int) string // at the foot of each page
}

// Remark is a short text with a bold beginning.
type Remark struct{ Label, Text string }

func (d *Document) accent() colour {
	if d.Accent == "" {
		return rgb("#17508f")
	}
	return rgb(d.Accent)
}

// Paper is a size of page, in points.
type Paper struct{ Width, Height float64 }

// The papers.
var ( // constants, but for the language
	A4     = Paper{595.28, 841.89}
	Letter = Paper{612, 792}
)

// Margins and the size of text, in points.
const (
	sideMargin   = 82.0
	topMargin    = 76.0
	bottomMargin = 74.0
	textSize     = 10.4
)

// Set typesets a document. The result holds every page but for the line that
// Stamp adds.
func (p *Press) Set(ctx context.Context, d Document, paper Paper, pictures Pictures) (*Body, error) {
	s := &setter{
		ctx: ctx, doc: &d, fonts: newWardrobe(p, "F"), pictures: pictures,
		x: sideMargin, width: paper.Width - 2*sideMargin, size: textSize,
	}
	root := &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"}
	nodes, err := html.ParseFragment(strings.NewReader(d.HTML), root)
	if err != nil {
		return nil, fmt.Errorf("typeset: %w", err)
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	s.front()
	s.blocks(root)
	s.closing()
	if s.err != nil {
		return nil, s.err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.print(paper), nil
}

// spectrum are the colours of the band on the first page, with their shares.
var spectrum = []struct { // a constant, but for the language
	colour colour
	share  float64
}{
	{rgb("#87489f"), .14}, {rgb("#1f5aa6"), .16}, {rgb("#127a68"), .14}, {rgb("#56752a"), .12}, {rgb("#8f6b00"), .12}, {rgb("#b84e14"), .16}, {rgb("#bf3358"), .16},
}

// front sets what stands above the text.
func (s *setter) front() {
	x, w := s.x, s.width
	s.push(&item{height: 4, stay: true, draw: func(k *ink, y float64) {
		at := x
		for _, part := range spectrum {
			k.fill(part.colour, at, y, w*part.share, 4)
			at += w * part.share
		}
	}})
	s.masthead()
	st := style{family: sans, size: 8.6, colour: dim}
	if s.doc.Eyebrow != "" {
		s.paragraph([]span{{text: s.doc.Eyebrow, style: st}}, 12.2, 20)
	}
	title := style{family: serif, bold: true, size: 23, colour: black}
	if len([]rune(s.doc.Title)) > 90 {
		title.size = 18
	}
	s.paragraph([]span{{text: s.doc.Title, style: title}}, title.size*1.2, 6)
	if s.doc.Abstract != "" {
		s.paragraph([]span{{text: s.doc.Abstract, style: style{family: serif, size: 12, colour: dim}}}, 17, 9)
	}
	if len(s.doc.Byline) > 0 {
		s.paragraph([]span{{text: strings.Join(s.doc.Byline, "  ·  "), style: st}}, 12.2, 10)
	}
	s.gap = 14
	s.push(&item{height: 1, draw: func(k *ink, y float64) { k.rule(ruling, 0.6, x, y, x+w, y) }})
	bar := rgb("#a3261f")
	for _, r := range s.doc.Notices {
		s.within(&panel{ground: &tint, bar: &bar}, 9, func() { s.remark(r, s.size*0.92) })
	}
	s.gap = 14
}

// masthead sets the name, or the picture that stands for it, and the address.
func (s *setter) masthead() {
	x, w := s.x, s.width
	name := style{family: serif, bold: true, size: 13, colour: black}
	small := style{family: sans, size: 8, colour: dim}
	var logo *picture
	if s.doc.Logo != "" {
		logo = s.load(s.doc.Logo)
	}
	s.gap = 9
	s.push(&item{height: 24, draw: func(k *ink, y float64) {
		if logo != nil {
			h := 24.0
			k.image(logo, x, y, min(h*float64(logo.width)/float64(logo.height), w*0.6), h)
		} else {
			k.text(x, y+16, name, s.doc.Masthead, 0)
		}
		k.text(x+w-k.fonts.measure(small, s.doc.Address), y+16, small, s.doc.Address, 0)
	}})
}

func (s *setter) remark(r Remark, size float64) {
	st := style{family: serif, size: size, colour: black}
	strong := st
	strong.bold = true
	s.paragraph([]span{{text: r.Label + " ", style: strong}, {text: r.Text, style: st}}, leading(size), size*0.4)
}

// closing sets what stands below the text.
func (s *setter) closing() {
	if len(s.doc.Closing) == 0 && s.doc.Small == "" {
		return
	}
	x, w := s.x, s.width
	s.gap = s.size * 2
	s.push(&item{height: 1, stay: true, draw: func(k *ink, y float64) { k.rule(ruling, 0.6, x, y, x+w, y) }})
	for _, r := range s.doc.Closing {
		s.remark(r, s.size*0.88)
	}
	if s.doc.Small != "" {
		s.paragraph([]span{{text: s.doc.Small, style: style{family: sans, size: 7.6, colour: dim}}}, 11, 8)
	}
}
