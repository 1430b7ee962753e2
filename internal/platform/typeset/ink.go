package typeset

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// colour is red, green and blue, each from 0 to 1.
type colour [3]float64

// rgb reads #rrggbb; anything else is black.
func rgb(s string) colour {
	n, err := strconv.ParseUint(trimHash(s), 16, 32)
	if err != nil || len(s) != 7 {
		return colour{}
	}
	return colour{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}
}

func trimHash(s string) string {
	if s != "" && s[0] == '#' {
		return s[1:]
	}
	return s
}

// faded is what a colour looks like on white when only so much of it is there.
func (c colour) faded(share float64) colour {
	for i := range c {
		c[i] = 1 - share*(1-c[i])
	}
	return c
}

func (c colour) ops() string { return num(c[0]) + " " + num(c[1]) + " " + num(c[2]) }

// ink writes what is on one page. Places are told in points from the upper
// left corner, downwards, as one reads; PDF counts from below.
type ink struct {
	bytes.Buffer
	height float64 // of the page
	fonts  *wardrobe
	links  []link
}

// link is an area of a page that leads somewhere.
type link struct {
	x, y, w, h float64
	to         string // an address, or # and an anchor
}

func num(v float64) string {
	s := strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

func (k *ink) op(format string, values ...float64) {
	for _, v := range values {
		k.WriteString(num(v))
		k.WriteByte(' ')
	}
	k.WriteString(format)
	k.WriteByte('\n')
}

func (k *ink) writef(format string, args ...any) { fmt.Fprintf(&k.Buffer, format, args...) }

// up turns a place from above into one from below.
func (k *ink) up(y float64) float64 { return k.height - y }

// fill paints a rectangle.
func (k *ink) fill(c colour, x, y, w, h float64) {
	k.op("rg", c[:]...)
	k.op("re f", x, k.up(y+h), w, h)
}

// rule draws a straight line.
func (k *ink) rule(c colour, width, x1, y1, x2, y2 float64) {
	k.op("RG", c[:]...)
	k.op("w", width)
	k.op("m", x1, k.up(y1))
	k.op("l S", x2, k.up(y2))
}

// text writes on a line: y is its base line. turned leans the whole line, in
// degrees, for the labels of charts.
func (k *ink) text(x, y float64, st style, s string, turned float64) {
	y -= st.rise
	for _, r := range k.fonts.runs(st, s) {
		a, b := math.Cos(turned*math.Pi/180), math.Sin(turned*math.Pi/180)
		c, d := -b, a
		if r.slant {
			c, d = c+a*0.2, d+b*0.2
		}
		k.writef("BT %s rg /%s %s Tf ", st.colour.ops(), r.wear.name, num(st.size))
		if r.thick {
			k.writef("2 Tr %s w %s RG %s Tc ", num(st.size*thickEdge), st.colour.ops(), num(st.size*thickSpace))
		}
		k.writef("%s %s %s %s %s %s Tm <", num(a), num(b), num(c), num(d), num(x), num(k.up(y)))
		k.Write(r.codes)
		k.WriteString("> Tj")
		if r.thick {
			k.WriteString(" 0 Tr 0 Tc")
		}
		k.WriteString(" ET\n")
		x += r.width * a
		y -= r.width * b
	}
}

// line draws a line through or under what was written.
func (k *ink) line(x, y, w float64, st style) {
	k.rule(st.colour, st.size/18, x, y, x+w, y)
}
