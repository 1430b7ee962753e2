package typeset

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// vector sets a drawing by painting its shapes anew. It knows what package
// chart writes: groups, texts, rectangles, circles and paths of straight lines,
// with their presentation attributes.
func (s *setter) vector(n *html.Node) {
	box := numbers(attribute(n, "viewBox"))
	if len(box) != 4 || box[2] <= 0 || box[3] <= 0 {
		return
	}
	scale, x := s.width/box[2], s.x
	s.push(&item{height: box[3] * scale, draw: func(k *ink, y float64) {
		c := canvas{ink: k, x: x, y: y, scale: scale}
		c.children(n, brush{colour: black, size: 16})
	}})
}

// canvas is where a drawing is on the page.
type canvas struct {
	*ink
	x, y, scale float64
}

// brush is what groups hand down to the shapes within.
type brush struct {
	colour       colour
	fill, stroke string
	opacity      float64 // of the stroke
	width        float64
	size         float64
	bold         bool
	anchor       string
	dash         string
	round        bool
}

func (c canvas) children(n *html.Node, b brush) {
	for e := n.FirstChild; e != nil; e = e.NextSibling {
		if e.Type != html.ElementNode {
			continue
		}
		own := b.with(e)
		switch e.Data {
		case "g":
			c.children(e, own)
		case "text":
			c.label(e, own)
		case "rect":
			c.rect(e, own)
		case "circle":
			c.circle(e, own)
		case "path":
			c.path(attribute(e, "d"), own)
		}
	}
}

func (b brush) with(e *html.Node) brush {
	b.opacity = 1
	for _, a := range e.Attr {
		v, _ := strconv.ParseFloat(a.Val, 64)
		switch a.Key {
		case "color":
			b.colour = rgb(a.Val)
		case "fill":
			b.fill = a.Val
		case "stroke":
			b.stroke = a.Val
		case "stroke-width":
			b.width = v
		case "stroke-dasharray":
			b.dash = a.Val
		case "stroke-linecap":
			b.round = a.Val == "round"
		case "fill-opacity", "stroke-opacity":
			b.opacity = v
		case "font-size":
			b.size = v
		case "font-weight":
			b.bold = v >= 600
		case "text-anchor":
			b.anchor = a.Val
		}
	}
	return b
}

func value(e *html.Node, name string) float64 {
	v, _ := strconv.ParseFloat(attribute(e, name), 64)
	return v
}

func (c canvas) at(x, y float64) (float64, float64) { return c.x + x*c.scale, c.y + y*c.scale }

func (c canvas) label(e *html.Node, b brush) {
	st := style{family: sans, bold: b.bold, size: b.size * c.scale, colour: b.colour}
	x, y, turned := value(e, "x"), value(e, "y"), 0.0
	if t := attribute(e, "transform"); t != "" {
		if n := numbers(t); len(n) == 3 {
			x, y, turned = n[0], n[1], -n[2]
		}
	}
	px, py := c.at(x, y)
	text := plain(e)
	back := 0.0
	switch b.anchor {
	case "end":
		back = c.fonts.measure(st, text)
	case "middle":
		back = c.fonts.measure(st, text) / 2
	}
	angle := turned * math.Pi / 180
	c.text(px-back*math.Cos(angle), py+back*math.Sin(angle), st, text, turned)
}

// paint sets the colours and gives the operator that paints the outline.
func (c canvas) paint(b brush) string {
	filled := b.fill != "none" && (b.fill != "" || b.stroke == "")
	stroked := b.stroke != "" && b.stroke != "none"
	if filled {
		tone := b.colour.faded(b.opacity)
		c.op("rg", tone[:]...)
	}
	if stroked {
		tone := b.colour.faded(b.opacity)
		c.op("RG", tone[:]...)
		c.op("w", max(b.width, 1)*c.scale)
	}
	switch {
	case filled && stroked:
		return "B"
	case filled:
		return "f"
	case stroked:
		return "S"
	}
	return "n"
}

func (c canvas) rect(e *html.Node, b brush) {
	x, y := c.at(value(e, "x"), value(e, "y"))
	w, h := value(e, "width")*c.scale, value(e, "height")*c.scale
	paint := c.paint(b)
	c.op("re "+paint, x, c.up(y+h), w, h)
}

// circle is drawn as four curves; the number makes them come close to it.
func (c canvas) circle(e *html.Node, b brush) {
	x, y := c.at(value(e, "cx"), value(e, "cy"))
	y = c.up(y)
	r := value(e, "r") * c.scale
	k := r * 0.5523
	paint := c.paint(b)
	c.op("m", x+r, y)
	c.op("c", x+r, y+k, x+k, y+r, x, y+r)
	c.op("c", x-k, y+r, x-r, y+k, x-r, y)
	c.op("c", x-r, y-k, x-k, y-r, x, y-r)
	c.op("c "+paint, x+k, y-r, x+r, y-k, x+r, y)
}

// path draws straight lines: M, L, H, V, their relative forms, and z.
func (c canvas) path(d string, b brush) {
	steps := commands(d)
	if len(steps) == 0 {
		return
	}
	c.WriteString("q\n")
	paint := c.paint(b)
	if b.round {
		c.WriteString("1 J 1 j\n")
	}
	if dash := numbers(b.dash); len(dash) == 2 {
		c.WriteString("[" + num(dash[0]*c.scale) + " " + num(dash[1]*c.scale) + "] 0 d\n")
	}
	x, y := 0.0, 0.0
	draw := func(op string) {
		px, py := c.at(x, y)
		c.op(op, px, c.up(py))
	}
	for _, s := range steps {
		n := s.numbers
		switch s.letter {
		case 'H', 'h', 'V', 'v':
			for _, v := range n {
				x, y = step(s.letter, x, y, v)
				draw("l")
			}
		case 'M', 'm', 'L', 'l':
			for i := 0; i+1 < len(n); i += 2 {
				if s.letter == 'M' || s.letter == 'L' {
					x, y = n[i], n[i+1]
				} else {
					x, y = x+n[i], y+n[i+1]
				}
				if (s.letter == 'M' || s.letter == 'm') && i == 0 {
					draw("m")
				} else {
					draw("l")
				}
			}
		case 'z', 'Z':
			c.WriteString("h\n")
		}
	}
	c.WriteString(paint + "\nQ\n")
}

func step(letter byte, x, y, v float64) (float64, float64) {
	switch letter {
	case 'H':
		return v, y
	case 'h':
		return x + v, y
	case 'V':
		return x, v
	}
	return x, y + v
}

type command struct {
	letter  byte
	numbers []float64
}

func commands(d string) (out []command) {
	from := 0
	for i := range len(d) + 1 {
		if i < len(d) && !(d[i] >= 'A' && d[i] <= 'Z' || d[i] >= 'a' && d[i] <= 'z') {
			continue
		}
		if i > from {
			out = append(out, command{d[from], numbers(d[from+1 : i])})
		}
		from = i
	}
	return out
}

// numbers reads the numbers in a text; a minus begins a new one, and so does a
// second point.
func numbers(s string) (out []float64) {
	from := -1
	flush := func(to int) {
		if from >= 0 {
			if v, err := strconv.ParseFloat(s[from:to], 64); err == nil {
				out = append(out, v)
			}
		}
		from = -1
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-' || c == '.' && from >= 0 && strings.Contains(s[from:i], "."):
			flush(i)
			from = i
		case c == '.' || c >= '0' && c <= '9':
			if from < 0 {
				from = i
			}
		default:
			flush(i)
		}
	}
	flush(len(s))
	return out
}
