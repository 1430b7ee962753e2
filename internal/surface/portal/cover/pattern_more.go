package cover

import "math"

// fan opens rays around a disc that stands half over the foot of the sheet and
// bears the number.
func fan(d *drawing) spot {
	cx := d.dice.between(120, 480)
	const cy, reach, disc = 880.0, 1200.0, 264
	spark := d.dice.of(9) + 5
	for i, a := 0, -math.Pi; a < 0; i++ {
		b := a + d.dice.between(0.06, 0.2)
		fill := d.ink.tones[(i*2+i/3)%len(d.ink.tones)]
		if i == spark {
			fill = d.ink.spark
		}
		d.putf(`<path fill="%s" d="M%.0f %.0fL%.0f %.0f %.0f %.0fz"/>`, fill, cx, cy,
			cx+reach*math.Cos(a), cy+reach*math.Sin(a), cx+reach*math.Cos(b), cy+reach*math.Sin(b))
		a = b
	}
	d.putf(`<rect width="600" height="%d" fill="%s"/>`, bandTop, d.ink.paper)
	d.putf(`<circle cx="%.0f" cy="%.0f" r="%d" fill="%s"/>`, cx, cy, disc, d.ink.paper)
	return spot{int(cx), height - 24, 196, "middle", d.ink.ink}
}

// beads sets dots on a grid and lets a wave run through their sizes. Dots of a
// size are one path of round points; where the number stands there are none.
func beads(d *drawing) spot {
	const step, columns, rows = 40, 15, 10
	a, b, phase := d.dice.between(0.006, 0.016), d.dice.between(0.008, 0.02), d.dice.between(0, 6)
	spark := 9 + d.dice.of(6) + columns*d.dice.of(6)
	d.put(`<g fill="none" stroke-linecap="round">`)
	for tone, ink := range d.ink.tones {
		d.putf(`<path stroke="%s" stroke-width="%d" d="`, ink, 9+6*tone)
		for i := range columns * rows {
			x, y := 20+i%columns*step, bandTop+20+i/columns*step
			wave := (math.Sin(float64(x)*a+phase) + math.Cos(float64(y)*b-float64(x)*0.004) + 2) / 4
			if min(int(wave*5), 4) == tone && i != spark && (x > 330 || y < 560) {
				d.putf("M%d %dh0", x, y)
			}
		}
		d.put(`"/>`)
	}
	d.putf(`<path stroke="%s" stroke-width="38" d="M%d %dh0"/></g>`, d.ink.spark, 20+spark%columns*step, bandTop+20+spark/columns*step)
	return spot{margin - 8, height - margin, 250, "start", d.ink.ink}
}

// steps raises columns as a count does from year to year.
func steps(d *drawing) spot {
	const columns = 10
	level, spark := d.dice.between(0.12, 0.2), 7+d.dice.of(3)
	for i := range columns {
		highest := 0.33
		if i > 5 {
			highest = 1
			level += 0.06
		}
		level = min(max(level+d.dice.between(-0.05, 0.13), 0.1), highest)
		at := 800.0
		for j, tone := range d.ink.tones {
			part := level * bandHeight * []float64{0.3, 0.25, 0.2, 0.15, 0.1}[j]
			if i == spark && j == len(d.ink.tones)-1 {
				tone = d.ink.spark
			}
			at -= part
			d.putf(`<rect x="%d" y="%.0f" width="58" height="%.0f" fill="%s"/>`, i*60+1, at, part+1, tone)
		}
	}
	return spot{margin - 8, height - bandHeight*33/100 - 26, 250, "start", d.ink.ink}
}
