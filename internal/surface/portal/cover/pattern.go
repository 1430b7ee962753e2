package cover

import "math"

// The patterns fill the band from bandTop to the foot of the sheet. Each is
// made of the five tones, uses the spark once, and says where the number goes.

const bandHeight = height - bandTop

// strata lays smooth layers over one another, as a stacked forecast does.
func strata(d *drawing) spot {
	phase, wave := d.dice.between(0, 6), d.dice.between(300, 480)
	rise := d.dice.between(-60, 60)
	for i, tone := range d.ink.tones {
		base := bandTop + 30 + float64(i)*bandHeight/float64(len(d.ink.tones)+1)
		swing, turn := 36-4*float64(i), 2*math.Pi/wave
		d.putf(`<path fill="%s" d="M0 800`, tone)
		for x := 0.0; x <= width; x += 75 {
			at := x*turn + phase + float64(i)*0.9
			y := base + swing*math.Sin(at) - rise*(x/width-0.5)
			slope := swing*turn*math.Cos(at) - rise/width
			if x == 0 {
				d.putf("V%.0fC25 %.0f ", y, y+25*slope)
				continue
			}
			if x > 75 {
				d.put("S")
			}
			d.putf("%.0f %.0f %.0f %.0f", x-25, y-25*slope, x, y)
		}
		d.put(`V800z"/>`)
		if i == 1 {
			d.putf(`<circle cx="%.0f" cy="%.0f" r="42" fill="%s"/>`, d.dice.between(380, 520), base-34, d.ink.spark)
		}
	}
	return d.cutOut()
}

// rings draws quarters of circles around a corner.
func rings(d *drawing) spot {
	at := spot{width - margin + 6, height - margin, 250, "end", d.ink.ink}
	cx, sweep := 0, 1
	right := d.dice.of(2) == 1
	if right {
		at.x, at.anchor = margin-8, "start"
		cx, sweep = width, 0
	}
	spark := d.dice.of(4) + 2
	for i, r := 0, 345.0; r > 20; i++ {
		fill := d.ink.tones[i%len(d.ink.tones)]
		if i == spark {
			fill = d.ink.spark
		}
		edge := r
		if right {
			edge = width - r
		}
		d.putf(`<path fill="%s" d="M%d 800V%.0fA%.0f %.0f 0 0 %d %.0f 800z"/>`, fill, cx, 800-r, r, r, sweep, edge)
		r -= d.dice.between(24, 54)
	}
	return at
}

// corner is the part of the sheet that a busy pattern leaves empty, so that
// the number can be read at the size of a thumb.
const cornerWidth, cornerTop = 300, 600

// inCorner sets the number there.
func (d *drawing) inCorner() spot { return spot{margin - 8, height - margin, 206, "start", d.ink.ink} }

// spectrum stands lines of light side by side.
func spectrum(d *drawing) spot {
	spark := d.dice.between(120, 460)
	for x := 0.0; x < width; {
		w := math.Ceil(d.dice.between(12, 50))
		fill := d.ink.tones[d.dice.of(len(d.ink.tones))]
		if x <= spark && spark < x+w {
			fill = d.ink.spark
		}
		top, foot := bandTop+d.dice.between(0, 46), float64(height)
		if x < cornerWidth-20 {
			foot = cornerTop
		}
		d.putf(`<rect x="%.0f" y="%.0f" width="%.0f" height="%.0f" fill="%s"/>`, x, top, w, foot-top, fill)
		x += w + float64(d.dice.of(3)/2*3)
	}
	return d.inCorner()
}

// tiles lays squares of quarter circles, each turned by chance.
func tiles(d *drawing) spot {
	const side = 100
	spark := d.dice.of(12)
	for i := range 24 {
		x, y := i%6*side, bandTop+8+i/6*side
		if x < cornerWidth && y >= cornerTop {
			continue
		}
		back, front := d.ink.tones[d.dice.of(2)], d.ink.tones[2+d.dice.of(3)]
		if i == spark {
			front = d.ink.spark
		}
		corner := d.dice.of(4)
		cx, cy := x+corner%2*side, y+corner/2*side
		d.putf(`<rect x="%d" y="%d" width="101" height="101" fill="%s"/>`, x, y, back)
		dx, dy, sweep := side, side, 1
		if corner%2 == 1 {
			dx = -side
		}
		if corner/2 == 1 {
			dy = -side
		}
		if (dx < 0) != (dy < 0) {
			sweep = 0
		}
		d.putf(`<path fill="%s" d="M%d %dh%dA100 100 0 0 %d %d %dz"/>`, front, cx, cy, dx, sweep, cx, cy+dy)
	}
	return d.inCorner()
}
