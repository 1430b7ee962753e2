package chart

// bar is one rectangle of a bar chart.
type bar struct {
	series, point int
	x, y, w, h    float64
	value         float64
	faded         bool
}

// placeBars places every rectangle. A bar runs from zero to its value; in a
// stack, positive values pile up above zero and negative ones below.
func (f *frame) placeBars() []bar {
	if f.spec.Type == Line {
		return nil
	}
	var out []bar
	for i := range f.spec.X {
		x, w, pitch := f.barAt(i)
		up, down := 0.0, 0.0
		for k, s := range f.spec.Series {
			p := s.Data[i]
			if p.Gap {
				continue
			}
			from := 0.0
			if f.spec.Type == Stacked && p.Value < 0 {
				from, down = down, down+p.Value
			} else if f.spec.Type == Stacked {
				from, up = up, up+p.Value
			}
			b := bar{series: k, point: i, x: x + pitch*float64(k), w: w, value: p.Value, faded: i >= f.spec.Forecast}
			b.y = f.y(max(from, from+p.Value))
			b.h = f.y(min(from, from+p.Value)) - b.y
			out = append(out, b.parted(f.spec.Type == Stacked))
		}
	}
	return out
}

// parted leaves a hairline between the parts of a stack, on the side that
// points to zero, so that the outer edge still stands at the value.
func (b bar) parted(stacked bool) bar {
	if !stacked || b.h <= 2 {
		return b
	}
	b.h -= 0.8
	if b.value < 0 {
		b.y += 0.8
	}
	return b
}

// barAt gives the left edge of the first bar at a point, the width of a bar,
// and the distance from one bar to the next.
func (f *frame) barAt(i int) (x, w, pitch float64) {
	n, share := 1.0, 0.64
	if f.spec.Type == Bar && len(f.spec.Series) > 1 {
		n, share = float64(len(f.spec.Series)), 0.76
	}
	total := min(f.band()*share, f.sheet.bar*n)
	x, w = f.x(i)-total/2, total/n
	if n == 1 {
		return x, w, 0
	}
	pitch = w
	if w > 5 {
		w -= 1.5
	}
	return x, w, pitch
}

// drawBars paints the bars series by series, so that each group sets its
// colour once, and then the values.
func (f *frame) drawBars(d *drawing) {
	for k, s := range f.spec.Series {
		d.group(role(k), ` fill="currentColor"`)
		for _, b := range f.bars {
			if b.series == k {
				f.drawBar(d, s, b)
			}
		}
		d.end()
	}
	f.drawValues(d)
}

func (f *frame) drawBar(d *drawing, s Series, b bar) {
	d.put("<rect")
	if b.faded {
		d.put(` class="est" fill-opacity=".5"`)
	}
	d.put(` x="`, fine(b.x), `" y="`, fine(b.y), `" width="`, fine(max(b.w, 0.5)), `" height="`, fine(max(b.h, 0)), `"`)
	f.closeMark(d, "rect", s, b.point)
}

// closeMark ends the element of a value, with the value as its title where a
// mouse can find it.
func (f *frame) closeMark(d *drawing, element string, s Series, point int) {
	if !f.sheet.tips || len(f.spec.X)*len(f.spec.Series) > 400 {
		d.put("/>")
		return
	}
	d.put("><title>", escape(s.Name), ", ", escape(f.spec.X[point]), ": ", exact(s.Data[point].Value, s.places()), "</title></", element, ">")
}
