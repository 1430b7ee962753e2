package chart

import "slices"

// entry is one series in the legend above the plot.
type entry struct {
	x, y  float64 // of the swatch, from the top of the legend
	lines []string
}

const (
	swatch     = 17 // from the left edge of the swatch to the name
	legendRow  = 19
	legendGap  = 20
	legendSize = 13
)

// placeLegend sets the entries in rows and returns the height they take. Lines
// that carry their names at the ends need no legend.
func (f *frame) placeLegend() float64 {
	if len(f.ends) > 0 {
		return 0
	}
	x, row := 0.0, 0
	for _, s := range f.spec.Series {
		lines := wrap(s.Name, legendSize, false, f.sheet.width-swatch)
		w := 0.0
		for _, line := range lines {
			w = max(w, measure(line, legendSize, false))
		}
		if x > 0 && x+swatch+w > f.sheet.width {
			x, row = 0, row+1
		}
		f.legend = append(f.legend, entry{x: x, y: float64(row) * legendRow, lines: lines})
		x += swatch + w + legendGap
		if len(lines) > 1 { // a name of several lines has its rows for itself
			x, row = 0, row+len(lines)
		}
	}
	if x > 0 {
		row++
	}
	return float64(row) * legendRow
}

// ending is the name of a line at its last point.
type ending struct {
	series, point int
	x, y          float64
	text          string
}

// placeEnds decides whether the lines carry their names at their ends: in the
// wide layout, for a few lines with short names that all reach the last point.
func (f *frame) placeEnds() {
	n := len(f.spec.Series)
	if f.spec.Type != Line || !f.sheet.labelsAtEnds || n > 6 || len(f.spec.X) < 2 {
		return
	}
	widest := 0.0
	last := len(f.spec.X) - 1
	for _, s := range f.spec.Series {
		if s.Data[last].Gap {
			return
		}
		widest = max(widest, measure(s.Name, legendSize, true))
	}
	if widest > 120 {
		return
	}
	for i, s := range f.spec.Series {
		f.ends = append(f.ends, ending{series: i, point: last, text: s.Name})
	}
	// The last point stands half a band before the edge of the plot, which
	// already is some of the room that the names take.
	half := (f.right - f.left) / float64(len(f.spec.X)) / 2
	f.right -= max(0, widest+14-half)
}

// settleEnds spreads the names so that none covers another.
func (f *frame) settleEnds() {
	if len(f.ends) == 0 {
		return
	}
	for i := range f.ends {
		e := &f.ends[i]
		e.x, e.y = f.x(e.point)+10, f.y(f.spec.Series[e.series].Data[e.point].Value)
	}
	slices.SortStableFunc(f.ends, func(a, b ending) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return a.series - b.series
	})
	const apart = 15
	for i := 1; i < len(f.ends); i++ {
		f.ends[i].y = max(f.ends[i].y, f.ends[i-1].y+apart)
	}
	floor := f.bottom
	for i := len(f.ends) - 1; i >= 0; i-- {
		f.ends[i].y = min(f.ends[i].y, floor)
		floor = f.ends[i].y - apart
	}
}
