package typeset

import (
	"fmt"
	"strings"
)

// Body is a typeset document without the line that tells whose copy it is. It
// can be stamped any number of times and is never changed.
type Body struct {
	done    []byte // the objects, from the start of the file
	offsets []int
	count   int // pages
	paper   Paper
	press   *Press

	catalog, info, resources, stamp int // numbers of objects; the last three come with a stamp

	shared string // of the resources
	title  string
	author string
}

// Size is how many bytes it takes.
func (b *Body) Size() int { return len(b.done) + 8*len(b.offsets) + len(b.shared) }

// Pages is how many there are.
func (b *Body) Pages() int { return b.count }

// print paginates and writes the pages.
func (s *setter) print(paper Paper) *Body {
	o := &objects{}
	o.buf.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	b := &Body{paper: paper, press: s.fonts.press, title: s.doc.Title, author: s.doc.Masthead}
	b.catalog, b.info, b.resources, b.stamp = o.reserve(), o.reserve(), o.reserve(), o.reserve()
	root := o.reserve()
	pages := paginate(s.items, topMargin, paper.Height-bottomMargin)
	b.count = len(pages)
	ids := make([]int, len(pages))
	anchors, outline := map[string]place{}, []*entry{}
	for i, page := range pages {
		ids[i] = o.reserve()
		for _, it := range page {
			for _, a := range it.anchor {
				if _, taken := anchors[a]; !taken {
					anchors[a] = place{i, it.y}
				}
			}
			if e := it.entry; e != nil {
				e.page, e.y = i, it.y
				outline = append(outline, e)
			}
		}
	}
	goal := func(p place) string {
		return fmt.Sprintf("[%d 0 R /XYZ null %s null]", ids[p.page], num(paper.Height-max(p.y-12, 0)))
	}
	for i, page := range pages {
		k := &ink{height: paper.Height, fonts: s.fonts}
		s.running(k, paper, i, len(pages))
		drawPanels(k, page)
		for _, it := range page {
			it.draw(k, it.y)
		}
		o.set(ids[i], fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Resources %d 0 R /Contents [%d 0 R %d 0 R]%s >>",
			root, num(paper.Width), num(paper.Height), b.resources, o.stream("", k.Bytes()), b.stamp, annotations(k, anchors, goal)))
	}
	var kids strings.Builder
	for _, id := range ids {
		fmt.Fprintf(&kids, "%d 0 R ", id)
	}
	o.set(root, fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(ids), kids.String()))
	b.shared = s.fonts.put(o)
	var images strings.Builder
	for _, p := range s.images {
		fmt.Fprintf(&images, "/%s %d 0 R ", p.name, p.put(o))
	}
	if images.Len() > 0 {
		b.shared = "/XObject << " + images.String() + ">> /Font << " + b.shared
	} else {
		b.shared = "/Font << " + b.shared
	}
	o.set(b.catalog, s.catalog(o, root, outline, goal))
	b.done, b.offsets = o.buf.Bytes(), o.offsets
	return b
}

func (s *setter) catalog(o *objects, root int, outline []*entry, goal func(place) string) string {
	entries := ""
	if id := putOutline(o, outline, goal); id != 0 {
		entries = fmt.Sprintf("/Outlines %d 0 R /PageMode /UseOutlines ", id)
	}
	lang := s.doc.Lang
	if lang == "" {
		lang = "en"
	}
	return fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R %s/Lang %s /ViewerPreferences << /DisplayDocTitle true >> >>", root, entries, words(lang))
}

// running writes what every page carries: its number and, but for the first,
// what it is from.
func (s *setter) running(k *ink, paper Paper, page, of int) {
	st := style{family: sans, size: 7.4, colour: dim}
	right := paper.Width - sideMargin
	number := fmt.Sprintf("%d / %d", page+1, of)
	if s.doc.Number != nil {
		number = s.doc.Number(page+1, of)
	}
	k.text(right-k.fonts.measure(st, number), footLine(paper), st, number, 0)
	k.rule(ruling, 0.5, sideMargin, footLine(paper)-12, right, footLine(paper)-12)
	if page == 0 {
		return
	}
	k.text(sideMargin, 48, st, s.doc.Masthead, 0)
	room := right - sideMargin - k.fonts.measure(st, s.doc.Masthead) - 24
	title := shortened(k.fonts, st, s.doc.Title, room)
	k.text(right-k.fonts.measure(st, title), 48, st, title, 0)
	k.rule(ruling, 0.5, sideMargin, 55, right, 55)
}

// footLine is where the lines at the foot of a page begin.
func footLine(p Paper) float64 { return p.Height - 46 }

// shortened cuts a text to a width.
func shortened(w *wardrobe, st style, text string, room float64) string {
	if w.measure(st, text) <= room {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && w.measure(st, string(runes)+"…") > room {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}

// annotations lists the links of a page.
func annotations(k *ink, anchors map[string]place, goal func(place) string) string {
	var b strings.Builder
	for _, l := range k.links {
		action := " /A << /S /URI /URI " + address(l.to) + " >>"
		if id, within := strings.CutPrefix(l.to, "#"); within {
			p, known := anchors[id]
			if !known {
				continue
			}
			action = " /Dest " + goal(p)
		}
		fmt.Fprintf(&b, "<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 /Rect [%s %s %s %s]%s >>\n",
			num(l.x), num(k.up(l.y+l.h)), num(l.x+l.w), num(k.up(l.y)), action)
	}
	if b.Len() == 0 {
		return ""
	}
	return " /Annots [" + b.String() + "]"
}

// putOutline writes the headings as a tree (ISO 32000-1, 12.3.3); 0 when there
// are none.
func putOutline(o *objects, list []*entry, goal func(place) string) int {
	if len(list) == 0 {
		return 0
	}
	type node struct {
		*entry
		id, parent int
		kids       []int
	}
	nodes := []*node{{id: o.reserve(), entry: &entry{}}}
	path := []int{0}
	for _, e := range list {
		for len(path) > 1 && nodes[path[len(path)-1]].level >= e.level {
			path = path[:len(path)-1]
		}
		parent := path[len(path)-1]
		nodes = append(nodes, &node{entry: e, id: o.reserve(), parent: parent})
		at := len(nodes) - 1
		nodes[parent].kids = append(nodes[parent].kids, at)
		path = append(path, at)
	}
	for at, n := range nodes {
		entries := ""
		if len(n.kids) > 0 {
			entries = fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count %d", nodes[n.kids[0]].id, nodes[n.kids[len(n.kids)-1]].id, len(n.kids))
		}
		if at == 0 {
			o.set(n.id, "<< /Type /Outlines"+entries+" >>")
			continue
		}
		if entries != "" {
			entries = strings.Replace(entries, "/Count ", "/Count -", 1) // closed at first
		}
		siblings := nodes[n.parent].kids
		for i, sib := range siblings {
			if sib != at {
				continue
			}
			if i > 0 {
				entries += fmt.Sprintf(" /Prev %d 0 R", nodes[siblings[i-1]].id)
			}
			if i+1 < len(siblings) {
				entries += fmt.Sprintf(" /Next %d 0 R", nodes[siblings[i+1]].id)
			}
		}
		o.set(n.id, fmt.Sprintf("<< /Title %s /Parent %d 0 R /Dest %s%s >>", words(n.title), nodes[n.parent].id, goal(place{n.page, n.y}), entries))
	}
	return nodes[0].id
}
