package chart

// Grid is the data of a chart as a table of texts: a row per label, a column
// per series. The first column holds the labels. Numbers are written in full,
// with the decimals of their series; a gap is "n/a".
type Grid struct {
	Caption string
	Head    []string // Head[0] names the labels and may be empty
	Rows    [][]string
}

// Table lists the data of a chart.
func Table(s Spec) Grid {
	g := Grid{Caption: s.Title, Head: []string{s.Axis}}
	if s.Unit != "" {
		g.Caption += ", " + s.Unit
	}
	places := make([]int, len(s.Series))
	for k, one := range s.Series {
		g.Head = append(g.Head, one.Name)
		places[k] = one.places()
	}
	for i, x := range s.X {
		row := []string{x}
		for k, one := range s.Series {
			text := "n/a"
			if p := one.Data[i]; !p.Gap {
				text = exact(p.Value, places[k])
			}
			row = append(row, text)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
