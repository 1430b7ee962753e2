package compare

import "strings"

// context is how many unchanged lines are shown around a change.
const context = 3

// Line is a line of one or both sides. Numbers count from 1; 0 stands for a
// side that has no such line.
type Line struct {
	Op          Op
	From, To    int
	Left, Right []Span
}

// Hunk is a run of lines with changes in it.
type Hunk struct {
	From, To int // numbers of the first line
	Lines    []Line
}

// Source compares two texts line by line.
func Source(from, to string) []Hunk { return hunks(lines(from, to)) }

// split cuts a text into lines; a last line end opens no further line.
func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// lines compares all lines.
func lines(from, to string) (out []Line) {
	edits := sequence(split(from), split(to), false)
	f, t := 0, 0
	for i := 0; i < len(edits); {
		if edits[i].op == Same {
			for _, text := range edits[i].tokens {
				f, t = f+1, t+1
				same := []Span{{Same, text}}
				out = append(out, Line{Same, f, t, same, same})
			}
			i++
			continue
		}
		var gone, come []string
		for ; i < len(edits) && edits[i].op != Same; i++ {
			if edits[i].op == Del {
				gone = append(gone, edits[i].tokens...)
			} else {
				come = append(come, edits[i].tokens...)
			}
		}
		for _, p := range pairs(gone, come) {
			out = append(out, changed(gone, come, p, f, t))
		}
		f, t = f+len(gone), t+len(come)
	}
	return out
}

func changed(gone, come []string, p pair, f, t int) Line {
	switch {
	case p.to < 0:
		return Line{Op: Del, From: f + p.from + 1, Left: []Span{{Del, gone[p.from]}}}
	case p.from < 0:
		return Line{Op: Add, To: t + p.to + 1, Right: []Span{{Add, come[p.to]}}}
	}
	left, right := sides(gone[p.from], come[p.to])
	return Line{Change, f + p.from + 1, t + p.to + 1, left, right}
}

// hunks keeps the changes and a few lines around them.
func hunks(all []Line) (out []Hunk) {
	near := -1 // the last line that is shown because of a change before it
	for i, l := range all {
		if l.Op == Same {
			continue
		}
		begin := max(near+1, i-context)
		if near < 0 || begin > near+1 {
			out = append(out, Hunk{})
		}
		h := &out[len(out)-1]
		end := min(i+context, len(all)-1)
		h.Lines = append(h.Lines, all[begin:max(begin, end+1)]...)
		near = max(near, end)
	}
	for i := range out {
		for _, l := range out[i].Lines {
			if out[i].From == 0 {
				out[i].From = l.From
			}
			if out[i].To == 0 {
				out[i].To = l.To
			}
		}
	}
	return out
}
