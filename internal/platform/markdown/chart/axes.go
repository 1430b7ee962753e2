package chart

import "strconv"

// drawHead writes title, unit and legend.
func (f *frame) drawHead(d *drawing) {
	y := 0.0
	d.group("text", ` fill="currentColor" font-weight="650" font-size="`+num(f.sheet.title)+`"`)
	for _, line := range f.title {
		y += f.sheet.title * 1.25
		d.text(0, y-4, "", line)
	}
	d.end()
	if len(f.unit) > 0 {
		d.group("dim", ` fill="currentColor" font-size="`+num(f.sheet.unit)+`"`)
		for _, line := range f.unit {
			y += f.sheet.unit * 1.4
			d.text(0, y-3, "", line)
		}
		d.end()
	}
	f.drawLegend(d)
}

func (f *frame) drawLegend(d *drawing) {
	if len(f.legend) == 0 {
		return
	}
	for i, e := range f.legend {
		d.group(role(i), "")
		x, y := e.x, f.legendY+e.y+4
		if f.spec.Type == Line {
			d.put(`<path stroke="currentColor" stroke-width="2.2" d="M`, num(x), " ", num(y+5), "h13", `"/>`)
			d.mark(x+6.5, y+5, i, false)
			d.put("/>")
		} else {
			d.put(`<rect fill="currentColor" x="`, num(x), `" y="`, num(y), `" width="11" height="11" rx="1"/>`)
		}
		d.end()
	}
	d.group("text", ` fill="currentColor" font-size="`+num(legendSize)+`"`)
	for _, e := range f.legend {
		for k, line := range e.lines {
			d.text(e.x+swatch, f.legendY+e.y+float64(k)*legendRow+14, "", line)
		}
	}
	d.end()
}

// drawGrid writes the lines and numbers of the vertical axis.
func (f *frame) drawGrid(d *drawing) {
	d.group("grid", ` stroke="currentColor" fill="none"`)
	for i := f.scale.first; i <= f.scale.last; i++ {
		if i == 0 && f.scale.hasZero() {
			continue // drawBase draws it, over the bars
		}
		y := f.y(f.scale.tick(i))
		d.put(`<path d="`)
		from := f.left
		for _, c := range f.covered(y) {
			if c.from > from {
				d.put("M", num(from), " ", num(y), "H", num(c.from))
			}
			from = max(from, c.to)
		}
		if from < f.gridEnd() {
			d.put("M", num(from), " ", num(y), "H", num(f.gridEnd()))
		}
		d.put(`"/>`)
	}
	d.end()
	d.group("dim", ` fill="currentColor" font-size="`+num(f.sheet.label)+`" text-anchor="end"`)
	for i := f.scale.first; i <= f.scale.last; i++ {
		d.text(f.left-9, f.y(f.scale.tick(i))+4, "", f.number.write(f.scale.tick(i)))
	}
	d.end()
}

// gridEnd is where the lines stop: at the last point of lines that carry their
// names, so that no line runs through a name.
func (f *frame) gridEnd() float64 {
	if len(f.ends) > 0 {
		return f.x(len(f.spec.X)-1) + 4
	}
	return f.right
}

// drawBase writes the zero line over the bars, and where the estimates begin.
func (f *frame) drawBase(d *drawing) {
	if f.scale.hasZero() {
		d.group("axis", ` stroke="currentColor" fill="none"`)
		d.put(`<path d="M`, num(f.left), " ", num(f.y(0)), "H", num(f.gridEnd()), `"/>`)
		d.end()
	}
	if !f.spec.hasForecast() || f.spec.Forecast == 0 {
		return
	}
	x := f.left + f.band()*float64(f.spec.Forecast)
	d.group("dim", "")
	d.put(`<path stroke="currentColor" stroke-opacity=".55" stroke-dasharray="2 3" fill="none" d="M`, num(x), " ", num(f.top-16), "V", num(f.bottom), `"/>`)
	d.end()
	f.drawForecastWord(d, x)
}

const forecastWord = "Estimates"

// drawForecastWord names the part behind the line, where there is room for it.
func (f *frame) drawForecastWord(d *drawing, x float64) {
	w := measure(forecastWord, valueSize, false)
	if x+5+w > f.sheet.width {
		return
	}
	for _, v := range f.values {
		if v.x+v.w/2 > x && v.x-v.w/2 < x+w+10 && v.y-valueSize < f.top-4 {
			return
		}
	}
	d.group("dim", ` fill="currentColor" font-size="`+num(valueSize)+`"`)
	d.text(x+5, f.top-7, "", forecastWord)
	d.end()
}

// drawLabels writes the labels of the horizontal axis.
func (f *frame) drawLabels(d *drawing) {
	d.group("dim", ` fill="currentColor" font-size="`+num(f.sheet.label)+`"`)
	y := f.bottom + f.labelOffset() + f.sheet.label
	for _, item := range f.xLabels.items {
		if f.xLabels.slanted {
			d.put(`<text text-anchor="end" transform="translate(`, num(item.x), " ", num(y), ") rotate(-", strconv.Itoa(slope), `)">`, escape(item.lines[0]), "</text>")
			continue
		}
		for k, line := range item.lines {
			d.text(item.x, y+float64(k)*f.sheet.label*1.25, item.anchor, line)
		}
	}
	d.end()
}
