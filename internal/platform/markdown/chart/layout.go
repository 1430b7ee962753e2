package chart

// Layout is the shape of a drawing. Both are drawn from the same spec; a page
// holds both and its stylesheet shows one.
type Layout int

// The layouts.
const (
	Wide   Layout = iota // 680 units wide, for text columns and print
	Narrow               // 360 units wide, for phones: larger text in proportion, fewer labels
)

// sheet holds the measures of a layout, in units of the drawing.
type sheet struct {
	class        string
	width, plot  float64 // width of the drawing, height of the plot
	title, unit  float64 // font sizes
	label        float64
	ticks        int     // steps of the vertical axis, about
	bar          float64 // a single bar is no wider
	dots         int     // lines with more points have no marks
	labelsAtEnds bool    // names of lines stand at their ends if there is room
	tips         bool    // marks carry their value for the mouse
}

func (l Layout) sheet() sheet {
	if l == Narrow {
		return sheet{class: "chart-narrow", width: 360, plot: 210, title: 16, unit: 13, label: 12, ticks: 4, bar: 44, dots: 16}
	}
	return sheet{class: "chart-wide", width: 680, plot: 256, title: 17.5, unit: 13.5, label: 12.5, ticks: 5, bar: 64, dots: 32, labelsAtEnds: true, tips: true}
}

// frame is a spec laid out on a sheet: everything is placed, nothing is drawn.
type frame struct {
	spec   Spec
	sheet  sheet
	scale  scale
	number notation

	title, unit []string
	legend      []entry
	xLabels     labelRow
	bars        []bar
	values      []valueLabel
	ends        []ending // names at the ends of lines

	left, right, top, bottom float64 // of the plot
	legendY, height          float64
}

// place computes the frame from top to bottom. Widths come first, because the
// plot needs to know how much its labels take at the sides.
func place(s Spec, l Layout) *frame {
	f := &frame{spec: s, sheet: l.sheet(), scale: scaleFor(s, l.sheet().ticks)}
	f.number = notationFor(max(f.scale.high(), -f.scale.low()), f.scale.step)
	f.left, f.right = f.gutter(), f.sheet.width-2
	f.placeEnds()
	f.title = wrap(s.Title, f.sheet.title, true, f.sheet.width)
	f.unit = wrap(s.Unit, f.sheet.unit, false, f.sheet.width)
	y := float64(len(f.title))*f.sheet.title*1.25 + float64(len(f.unit))*f.sheet.unit*1.4
	f.legendY = y + 10
	y = f.legendY + f.placeLegend()
	f.top = y + 15
	values := f.valuesFit()
	if values || s.hasForecast() {
		f.top += 9
	}
	f.bottom = f.top + f.sheet.plot
	f.bars = f.placeBars()
	if values {
		f.values = f.placeValues()
	}
	f.xLabels = f.placeLabels()
	f.height = f.bottom + f.labelOffset() + f.xLabels.height + 4
	f.settleEnds()
	return f
}

// gutter is the room that the numbers of the vertical axis take.
func (f *frame) gutter() float64 {
	widest := 0.0
	for i := f.scale.first; i <= f.scale.last; i++ {
		widest = max(widest, measure(f.number.write(f.scale.tick(i)), f.sheet.label, false))
	}
	return widest + 9
}

// labelOffset is the distance from the plot to the labels of the horizontal
// axis; numbers under negative bars need some of it.
func (f *frame) labelOffset() float64 {
	for _, v := range f.values {
		if v.y > f.bottom {
			return 18
		}
	}
	return 6
}

// band is the room of one point along the horizontal axis.
func (f *frame) band() float64 { return (f.right - f.left) / float64(len(f.spec.X)) }

// x is the centre of the i-th point.
func (f *frame) x(i int) float64 { return f.left + f.band()*(float64(i)+0.5) }

// y is the height of a value.
func (f *frame) y(v float64) float64 {
	return f.bottom - f.scale.share(v)*(f.bottom-f.top)
}
