package typeset

// item is a strip of the page that is not divided: a line of text, a row of a
// table, a chart. A document is a list of them.
type item struct {
	height float64
	before float64 // room above it, but at the top of a page
	stay   bool    // the next one must be on the same page
	panels []*panel
	anchor []string
	entry  *entry // it is a heading
	again  *item  // stands above it once more when it begins a page
	draw   func(k *ink, y float64)
}

// panel is a coloured ground behind items; it goes on over pages.
type panel struct {
	ground *colour
	bar    *colour // at its left edge
	x, w   float64
}

// entry is a heading in the outline.
type entry struct {
	level int
	title string
	page  int
	y     float64
}

// placed is an item at its place.
type placed struct {
	*item
	y float64
}

// place is where an anchor is.
type place struct {
	page int
	y    float64
}

// paginate puts items on pages, from top to bottom of the room there is.
func paginate(items []*item, top, bottom float64) (pages [][]placed) {
	var page []placed
	y := top
	turn := func() {
		pages, page, y = append(pages, page), nil, top
	}
	put := func(it *item) {
		if len(page) > 0 {
			y += it.before
		}
		page = append(page, placed{it, y})
		y += it.height
	}
	for i, it := range items {
		if need := together(items[i:]); len(page) > 0 && y+need > bottom {
			alone := it.before + it.height
			if need <= bottom-top || y+alone > bottom {
				turn()
				if it.again != nil {
					put(it.again)
				}
			}
		}
		put(it)
	}
	if len(page) > 0 || len(pages) == 0 {
		turn()
	}
	return pages
}

// together is the height of the items that must be on one page with the first.
func together(items []*item) (height float64) {
	for _, it := range items {
		height += it.before + it.height
		if !it.stay {
			break
		}
	}
	return height
}

// drawPanels paints the grounds behind the items of a page.
func drawPanels(k *ink, page []placed) {
	for depth := 0; ; depth++ {
		found := false
		for i := 0; i < len(page); i++ {
			if len(page[i].panels) <= depth {
				continue
			}
			found = true
			p, first := page[i].panels[depth], i
			for i+1 < len(page) && len(page[i+1].panels) > depth && page[i+1].panels[depth] == p {
				i++
			}
			from, to := page[first].y, page[i].y+page[i].height
			if p.ground != nil {
				k.fill(*p.ground, p.x, from, p.w, to-from)
			}
			if p.bar != nil {
				k.fill(*p.bar, p.x, from, 2, to-from)
			}
		}
		if !found {
			return
		}
	}
}
