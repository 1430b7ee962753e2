package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// line is one figure. must is empty for what is only told.
type line struct {
	what, must, measured string
	kept                 bool
}

func (l line) verdict() string {
	switch {
	case l.must == "":
		return ""
	case l.kept:
		return "yes"
	default:
		return "missed"
	}
}

// ratio is a line about how one runner does against another.
func ratio(what string, r, base *runner, least float64) line {
	s := r.against(base)
	l := line{what: what, kept: s.median >= least}
	if least > 0 {
		l.must = fmt.Sprintf("≥ %.1f ×", least)
	}
	l.measured = fmt.Sprintf("%.2f × (%.2f to %.2f)", s.median, s.least, s.most)
	return l
}

// cost is a line about how much more an answer of one runner takes than one of
// another, in time.
func cost(what string, r, base *runner, most float64) line {
	s := base.against(r)
	return line{
		what: what, must: fmt.Sprintf("≤ %.1f ×", most), kept: s.median > 0 && s.median <= most,
		measured: fmt.Sprintf("%.2f × (%.2f to %.2f)", s.median, s.least, s.most),
	}
}

// limit is a line about something that may be so large.
func limit(what string, figure, most float64, unit, more string) line {
	l := line{what: what, kept: figure <= most, measured: fmt.Sprintf("%.0f %s%s", figure, unit, more)}
	if unit == "MB" {
		l.measured = fmt.Sprintf("%.1f %s%s", figure, unit, more)
	}
	if most > 0 {
		l.must = fmt.Sprintf("≤ %.0f %s", most, unit)
	}
	return l
}

// atLeast is a line about something of which there must be so much.
func atLeast(what string, figure, least float64, unit, more string) line {
	return line{
		what: what, kept: figure >= least, must: fmt.Sprintf("≥ %.0f%s", least, unit), measured: fmt.Sprintf("%.0f%s%s", figure, unit, more),
	}
}

func milliseconds(d []time.Duration) spread {
	out := make([]float64, len(d))
	for i, x := range d {
		out[i] = float64(x) / float64(time.Millisecond)
	}
	return spreadOf(out)
}

// megabytes counts as disks are sold and memory limits are set: 10^6 bytes.
func megabytes(n int64) float64 { return float64(n) / 1e6 }

// table writes the lines as a table that is also Markdown.
func table(w io.Writer, head []string, rows [][]string) {
	wide := make([]int, len(head))
	for _, row := range append([][]string{head}, rows...) {
		for i, cell := range row {
			wide[i] = max(wide[i], utf8.RuneCountInString(cell))
		}
	}
	write := func(row []string) {
		for i, cell := range row {
			_, _ = fmt.Fprintf(w, "| %s%s ", cell, strings.Repeat(" ", wide[i]-utf8.RuneCountInString(cell)))
		}
		_, _ = fmt.Fprintln(w, "|")
	}
	write(head)
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = strings.Repeat("-", wide[i])
	}
	write(rule)
	for _, row := range rows {
		write(row)
	}
}

// print writes everything and says how many figures were missed.
func print(w io.Writer, lines []line, runners []*runner) (missed int) {
	rows := make([][]string, len(lines))
	for i, l := range lines {
		rows[i] = []string{l.what, l.must, l.measured, l.verdict()}
		if l.verdict() == "missed" {
			missed++
		}
	}
	table(w, []string{"what", "must", "measured", "ok"}, rows)
	_, _ = fmt.Fprintln(w)
	rows = nil
	for _, r := range runners {
		n, _ := r.failures()
		rows = append(rows, []string{
			r.name, fmt.Sprintf("%.0f/s", r.rate().median), short(r.wait(.5)), short(r.wait(.99)), fmt.Sprintf("%.0f µs", float64(r.work())/float64(time.Microsecond)), fmt.Sprint(n),
		})
	}
	table(w, []string{"answers", "median round", "half within", "99% within", "server's CPU each", "errors"}, rows)
	return missed
}

func short(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}
