package chart

import "strings"

// drawLines paints one path per series for the facts and a dashed one for the
// estimates, which starts at the last fact. A gap lifts the pen.
func (f *frame) drawLines(d *drawing) {
	for k, s := range f.spec.Series {
		d.group(role(k), "")
		f.drawPath(d, s, 0, f.spec.Forecast-1, "")
		if f.spec.hasForecast() {
			f.drawPath(d, s, max(f.spec.Forecast-1, 0), len(s.Data)-1, ` class="est" stroke-dasharray="5 4"`)
		}
		for i, p := range s.Data {
			if !p.Gap && (len(s.Data) <= f.sheet.dots || s.lonely(i)) {
				element := d.mark(f.x(i), f.y(p.Value), k, i >= f.spec.Forecast)
				f.closeMark(d, element, s, i)
			}
		}
		d.end()
	}
	f.drawEnds(d)
}

// drawPath joins the points from one index to another.
func (f *frame) drawPath(d *drawing, s Series, from, to int, attributes string) {
	var path strings.Builder
	pen := "M"
	for i := from; i <= to; i++ {
		if s.Data[i].Gap {
			pen = "M"
			continue
		}
		path.WriteString(pen + num(f.x(i)) + " " + num(f.y(s.Data[i].Value)))
		pen = "L"
	}
	if strings.Contains(path.String(), "L") {
		d.put(`<path fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round" stroke-linecap="round"`, attributes, ` d="`, path.String(), `"/>`)
	}
}

// lonely tells whether a point has no neighbour to be joined with.
func (s Series) lonely(i int) bool {
	return (i == 0 || s.Data[i-1].Gap) && (i == len(s.Data)-1 || s.Data[i+1].Gap)
}

// mark opens the mark of a point and returns the name of the element, which the
// caller closes. The shape tells lines apart where colours do not.
func (d *drawing) mark(x, y float64, series int, faded bool) string {
	element := "path"
	switch series % 4 {
	case 0:
		element = "circle"
		d.put(`<circle cx="`, num(x), `" cy="`, num(y), `" r="3.2"`)
	case 1:
		element = "rect"
		d.put(`<rect x="`, num(x-2.9), `" y="`, num(y-2.9), `" width="5.8" height="5.8"`)
	case 2:
		d.put(`<path d="M`, num(x), " ", num(y-4.2), `l4.2 4.2-4.2 4.2-4.2-4.2z"`)
	default:
		d.put(`<path d="M`, num(x), " ", num(y-4), `l4 7h-8z"`)
	}
	d.put(` fill="currentColor"`)
	if faded {
		d.put(` class="est" fill-opacity=".6"`)
	}
	return element
}

// drawEnds writes the names of the lines at their last points.
func (f *frame) drawEnds(d *drawing) {
	for _, e := range f.ends {
		d.group(role(e.series), ` fill="currentColor" font-weight="650" font-size="`+num(legendSize)+`"`)
		d.text(e.x, e.y+4.3, "", e.text)
		d.end()
	}
}
