package compare

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Row is a block of HTML on each side, or a run of blocks that are the same.
type Row struct {
	Op          Op
	Left, Right string
	Count       int // with Skip
}

// Rendered compares two pieces of HTML block by block, side by side. Words
// that differ stand in <del> and <ins>. A block without a change is shown only
// next to one with a change.
func Rendered(from, to string) []Row {
	edits := sequence(blocks(from), blocks(to), false)
	var out []Row
	for i := 0; i < len(edits); {
		if edits[i].op == Same {
			for _, b := range edits[i].tokens {
				out = append(out, Row{Op: Same, Left: b, Right: b})
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
			out = append(out, row(gone, come, p))
		}
	}
	return skipped(out)
}

func row(gone, come []string, p pair) Row {
	switch {
	case p.to < 0:
		return Row{Op: Del, Left: gone[p.from]}
	case p.from < 0:
		return Row{Op: Add, Right: come[p.to]}
	}
	left, right := marked(gone[p.from], come[p.to])
	return Row{Op: Change, Left: left, Right: right}
}

// skipped puts runs of blocks that are the same into one row.
func skipped(rows []Row) (out []Row) {
	for i, r := range rows {
		far := r.Op == Same && (i == 0 || rows[i-1].Op == Same) && (i+1 == len(rows) || rows[i+1].Op == Same)
		switch {
		case !far:
			out = append(out, r)
		case len(out) > 0 && out[len(out)-1].Op == Skip:
			out[len(out)-1].Count++
		default:
			out = append(out, Row{Op: Skip, Count: 1})
		}
	}
	return out
}

// blocks cuts HTML into its outermost elements.
func blocks(source string) (out []string) {
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return []string{source}
	}
	for _, n := range nodes {
		var b strings.Builder
		if err := html.Render(&b, n); err != nil {
			return []string{source}
		}
		if strings.TrimSpace(b.String()) != "" {
			out = append(out, b.String())
		}
	}
	return out
}

// piece is a tag as it stands, or a word of a text.
type piece struct {
	text string // escaped
	word bool   // may be marked: not a tag, and not inside a drawing
}

// pieces cuts a block into tags and words.
func pieces(block string) (out []piece) {
	z := html.NewTokenizer(strings.NewReader(block))
	drawing := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out
		}
		raw := string(z.Raw())
		if kind == html.TextToken && drawing == 0 {
			for _, w := range words(html.UnescapeString(raw)) {
				out = append(out, piece{html.EscapeString(w), true})
			}
			continue
		}
		if name, _ := z.TagName(); string(name) == "svg" {
			switch kind { //nolint:exhaustive // nothing else opens or closes
			case html.StartTagToken:
				drawing++
			case html.EndTagToken:
				drawing--
			}
		}
		out = append(out, piece{raw, false})
	}
}

func texts(list []piece) (out []string) {
	for _, p := range list {
		if p.word {
			out = append(out, p.text)
		}
	}
	return out
}

// marked puts the words of two blocks that differ into <del> and <ins>.
func marked(from, to string) (left, right string) {
	a, b := pieces(from), pieces(to)
	edits := sequence(texts(a), texts(b), true)
	return mark(a, edits, Del, "del"), mark(b, edits, Add, "ins")
}

// mark writes the pieces again, with the words of one op in an element. The
// element never spans a tag, so the block stays well formed.
func mark(list []piece, edits []edit, op Op, element string) string {
	var ops []Op
	for _, e := range edits {
		if e.op == Same || e.op == op {
			for range e.tokens {
				ops = append(ops, e.op)
			}
		}
	}
	var out strings.Builder
	open, i := false, 0
	turn := func(want bool) {
		if want != open {
			out.WriteString(map[bool]string{true: "<" + element + ">", false: "</" + element + ">"}[want])
			open = want
		}
	}
	for _, p := range list {
		if p.word {
			turn(ops[i] == op)
			i++
		} else {
			turn(false)
		}
		out.WriteString(p.text)
	}
	turn(false)
	return out.String()
}
