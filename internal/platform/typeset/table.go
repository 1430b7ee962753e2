package typeset

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cell is a cell of a table, before it has a width.
type cell struct {
	spans []span
	align string
	head  bool
}

// grid is a table: as many columns as its longest row.
type grid struct {
	rows    [][]cell
	heads   int // rows that are repeated on the next page
	columns int
	size    float64
	pad     float64
	widths  []float64
}

// table sets a table as wide as it needs, up to the column. Where even the
// longest words do not fit side by side, letters shrink first, then words are
// cut.
func (s *setter) table(n *html.Node) {
	g := &grid{pad: 7}
	for _, size := range []float64{0.86, 0.76, 0.66} {
		g.size = s.size * size
		s.readGrid(g, n)
		if g.columns == 0 {
			return
		}
		if s.share(g) {
			break
		}
		g.pad = 4
	}
	s.gap = max(s.gap, s.size*0.9)
	var head *item
	for i, row := range g.rows {
		if s.over() {
			return
		}
		its := s.row(g, row, i < g.heads)
		if i == 0 && g.heads == 1 && len(its) == 1 {
			head = its[0]
		}
		for _, it := range its {
			if head != nil && it != head {
				it.again = head
			}
			s.push(it)
		}
	}
	s.gap = s.size * 0.9
}

func (s *setter) readGrid(g *grid, table *html.Node) {
	g.rows, g.heads, g.columns = nil, 0, 0
	for _, part := range children(table) {
		for _, tr := range children(part) {
			if tr.DataAtom != atom.Tr {
				continue
			}
			var row []cell
			for _, td := range children(tr) {
				st := style{family: sans, size: g.size, colour: black}
				if part.DataAtom == atom.Thead || td.DataAtom == atom.Th {
					st.bold = true
				}
				row = append(row, cell{s.spans(td, st), attribute(td, "align"), st.bold})
			}
			g.rows, g.columns = append(g.rows, row), max(g.columns, len(row))
			if part.DataAtom == atom.Thead {
				g.heads++
			}
		}
	}
}

// share gives the columns their widths: what their longest line would take, or
// the longest word and a share of the rest. It tells whether all words fit.
func (s *setter) share(g *grid) bool {
	least, most := make([]float64, g.columns), make([]float64, g.columns)
	for _, row := range g.rows {
		for i, c := range row {
			total := 0.0
			for _, ch := range s.chunks(c.spans) {
				least[i] = max(least[i], ch.width)
				total += ch.width + ch.space
				if ch.brk {
					most[i], total = max(most[i], total), 0
				}
			}
			most[i] = max(most[i], total)
		}
	}
	width := max(s.width, 0)
	g.pad = min(g.pad, width/float64(2*g.columns)) // at least half the room is for the cells, however many there are
	room := width - g.pad*float64(g.columns-1)
	needs, wants := sumOf(least), sumOf(most)
	g.widths = make([]float64, g.columns)
	for i := range g.widths {
		switch {
		case wants <= room: // all on one line; what is left over is shared, within reason
			g.widths[i] = most[i] * min(room/max(wants, 1), 1.8)
		case needs <= room:
			g.widths[i] = least[i] + (room-needs)*(most[i]-least[i])/max(wants-needs, 1)
		default:
			g.widths[i] = room * least[i] / needs
		}
	}
	return needs <= room
}

func sumOf(list []float64) (sum float64) {
	for _, v := range list {
		sum += v
	}
	return sum
}

// tallest is how many lines of a row stay together; a taller row is divided.
const tallest = 24

// row sets one row, with a line below it.
func (s *setter) row(g *grid, row []cell, head bool) (out []*item) {
	lead, x := g.size*1.34, s.x
	cells, count := make([][]line, len(row)), 1
	for i, c := range row {
		cells[i] = s.lines(c.spans, g.widths[i])
		count = max(count, len(cells[i]))
	}
	total := sumOf(g.widths) + g.pad*float64(g.columns-1)
	for from := 0; from < count; from += tallest {
		to, last := min(from+tallest, count), from+tallest >= count
		height := float64(to-from) * lead
		if last {
			height += g.size * 0.75
		}
		out = append(out, &item{height: height, stay: head, draw: func(k *ink, y float64) {
			left := x
			for i, lines := range cells {
				for j := from; j < min(to, len(lines)); j++ {
					drawLine(k, lines[j], left+offset(row[i].align, g.widths[i]-lines[j].width), y+float64(j-from)*lead+g.size*1.2)
				}
				left += g.widths[i] + g.pad
			}
			switch {
			case last && head:
				k.rule(dim, 0.9, x, y+height, x+total, y+height)
			case last:
				k.rule(ruling, 0.5, x, y+height, x+total, y+height)
			}
		}})
	}
	return out
}

func offset(align string, room float64) float64 {
	switch strings.ToLower(align) {
	case "right":
		return max(room, 0)
	case "center":
		return max(room, 0) / 2
	}
	return 0
}
