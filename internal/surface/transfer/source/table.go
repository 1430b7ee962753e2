package source

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// Row is a line of a table, by the names of its head, in small letters.
type Row struct {
	Line  int
	Err   error
	cells []string
	at    map[string]int
}

// Get gives a cell by the first of these names that the table has.
func (r Row) Get(names ...string) string {
	for _, name := range names {
		if i, ok := r.at[name]; ok && i < len(r.cells) {
			return strings.TrimSpace(r.cells[i])
		}
	}
	return ""
}

// Table reads a CSV file with a head. A line that cannot be read is given with
// what is wrong, and the reading goes on; need lists columns of which one must
// be there.
func Table(r io.Reader, need ...string) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		in := bufio.NewReader(r)
		if mark, err := in.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
			_, _ = in.Discard(3)
		}
		c := csv.NewReader(in)
		c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, false
		c.Comma = comma(in)
		head, err := c.Read()
		if err != nil {
			yield(Row{Line: 1, Err: tableFault(err)})
			return
		}
		at, found := map[string]int{}, false
		for i, name := range head {
			at[strings.ToLower(strings.TrimSpace(name))] = i
		}
		for _, name := range need {
			_, ok := at[name]
			found = found || ok
		}
		if !found {
			yield(Row{Line: 1, Err: Wrong("the table has no column %s", need[0])})
			return
		}
		for {
			cells, err := c.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			row := Row{cells: cells, at: at}
			var pe *csv.ParseError
			switch {
			case errors.As(err, &pe):
				row.Line, row.Err = pe.StartLine, tableFault(err)
			case err != nil:
				row.Err = tableFault(err)
			default:
				row.Line, _ = c.FieldPos(0)
			}
			if row.Err == nil && !utf8.ValidString(strings.Join(cells, "")) {
				row.Err = Wrong("the line is not in UTF-8")
			}
			if !yield(row) || err != nil && pe == nil { // the stream itself broke
				return
			}
		}
	}
}

// comma looks at the head for what divides the cells.
func comma(in *bufio.Reader) rune {
	head, _ := in.Peek(4096)
	line, _, _ := strings.Cut(string(head), "\n")
	if strings.Count(line, ";") > strings.Count(line, ",") {
		return ';'
	}
	return ','
}

func tableFault(err error) error {
	var f *Fault
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, io.EOF):
		return Wrong("the table is empty")
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		return Wrong("a quotation mark is not closed")
	}
	return Wrong("the line cannot be read")
}
