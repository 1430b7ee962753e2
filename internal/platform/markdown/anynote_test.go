package markdown

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// anyNote writes random notes of which it knows every word: in which part it
// stands and whether it shows as text, in an attribute, or not at all.
type anyNote struct {
	*rapid.T
	words []word
	part  part
	notes []*anyDefinition // footnotes, some never defined where they are used
	links []*anyDefinition
	open  bool // details were opened and not closed
}

// part is a place of words: above or below the paywall, a footnote, a link
// definition.
type part struct {
	above bool
	note  *anyDefinition
	link  *anyDefinition
}

type word struct {
	text      string
	part      part
	attribute bool // not in the plain text
	hidden    bool // in no output: a comment of an editor
}

// anyDefinition is a footnote or a link definition and where it is used.
type anyDefinition struct {
	label string
	used  []part
}

func (g *anyNote) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(g.T, label) }

func (g *anyNote) word() string { return g.newWord(false, false) }

func (g *anyNote) newWord(attribute, hidden bool) string {
	text := fmt.Sprintf("w%dq", len(g.words)+100)
	g.words = append(g.words, word{text, g.part, attribute, hidden})
	return text
}

// marker stands between the parts that write gives.
const marker = "<!-- paywall -->\n\n"

// write gives a whole note in two parts.
func (g *anyNote) write() (above, below string) {
	for i := range 5 {
		g.notes = append(g.notes, &anyDefinition{label: fmt.Sprintf("n%d", i)})
		g.links = append(g.links, &anyDefinition{label: fmt.Sprintf("ref %d", i)})
	}
	undefined := append(append([]*anyDefinition{}, g.notes...), g.links...)
	var b strings.Builder
	for _, preview := range []bool{true, false} {
		g.part = part{above: preview}
		for range g.pick("blocks", 7) {
			b.WriteString(g.block(2) + "\n\n")
			if len(undefined) > 0 && g.pick("define", 3) == 0 {
				b.WriteString(g.define(undefined[0]) + "\n\n")
				undefined = undefined[1:]
			}
		}
		if preview {
			above = b.String()
			b.Reset()
		}
	}
	for _, d := range undefined {
		b.WriteString(g.define(d) + "\n\n")
	}
	if g.open {
		b.WriteString("</details>\n")
	}
	return above, b.String()
}

// define writes a definition: at the top level, in a quote or in a list item.
func (g *anyNote) define(d *anyDefinition) string {
	before := g.part
	defer func() { g.part = before }()
	var s string
	if strings.HasPrefix(d.label, "n") {
		g.part = part{note: d}
		s = "[^" + d.label + "]: " + g.inlines()
		if g.pick("long", 3) == 0 {
			s += "\n\n" + indent(g.block(1), "    ")
		}
	} else {
		g.part = part{link: d}
		s = "[" + d.label + "]: /" + g.newWord(true, false) + ` "` + g.newWord(true, false) + " " + g.newWord(true, false) + `"`
	}
	switch g.pick("place", 5) {
	case 0:
		return indent(s, "> ")
	case 1:
		g.part = before
		return "- " + g.word() + "\n\n" + indent(s, "  ")
	case 2:
		return "- " + strings.TrimPrefix(indent(s, "  "), "  ")
	}
	return s
}

func indent(s, by string) string { return by + strings.ReplaceAll(s, "\n", "\n"+by) }

// inlines writes one line of text.
func (g *anyNote) inlines() string {
	var parts []string
	for range 1 + g.pick("inlines", 5) {
		parts = append(parts, g.inline())
	}
	return strings.Join(parts, " ")
}

func (g *anyNote) inline() string {
	w := g.word()
	switch g.pick("inline", 17) {
	case 0:
		return "*" + w + "*"
	case 1:
		return "**" + w + " *" + g.word() + "***"
	case 2:
		return "`" + w + " *x*`"
	case 3:
		return "~~" + w + "~~"
	case 4:
		return "[" + w + "](/" + g.newWord(true, false) + ` "` + g.newWord(true, false) + `")`
	case 5:
		return w + " ![" + g.word() + "](/" + g.newWord(true, false) + ".png)"
	case 6, 7:
		d := g.links[g.pick("link", len(g.links))]
		d.used = append(d.used, g.part)
		switch g.pick("form", 3) {
		case 0:
			return "[" + w + "][" + d.label + "]"
		case 1:
			return w + " [" + d.label + "]"
		}
		return w + " ![" + g.word() + "][" + d.label + "]"
	case 8, 9, 10:
		d := g.notes[g.pick("note", len(g.notes))]
		d.used = append(d.used, g.part)
		return w + "[^" + d.label + "]"
	case 11:
		return "<sub>" + w + "</sub><kbd>" + g.word()
	case 12:
		return w + "<!-- " + g.newWord(false, true) + " -->"
	case 13:
		return w + " <span onclick=\"x\">" + g.word() + "</span> <https://example.com/" + g.newWord(true, false) + ">"
	case 15: // a reference in an alternative text is text, not a use
		return w + " ![" + g.word() + " [^" + g.notes[g.pick("note", len(g.notes))].label + "]](/" + g.newWord(true, false) + ")"
	case 14:
		return w + "  \n" + g.word() + " \"" + g.word() + "\" -- it's"
	}
	return w
}

// block writes a block that may hold others.
func (g *anyNote) block(depth int) string {
	kinds := 16
	if depth == 0 {
		kinds = 9
	}
	switch g.pick("block", kinds) {
	case 0:
		return strings.Repeat("#", 1+g.pick("level", 4)) + " " + g.inlines()
	case 1:
		return strings.ReplaceAll(g.inlines(), "  \n", " ") + "\n---"
	case 2:
		return g.table()
	case 3:
		return "```go\n" + g.word() + " {\n\n<!-- paywall -->\n```"
	case 4:
		return g.chart()
	case 5:
		return "![" + g.word() + "](/" + g.newWord(true, false) + `.png "` + g.word() + " " + g.word() + `")`
	case 6:
		return "<!-- " + g.newWord(false, true) + "\n" + g.newWord(false, true) + " -->"
	case 7, 8:
		return g.inlines()
	case 9:
		return indent(g.block(depth-1), "> ")
	case 10:
		return "> [!WARNING]\n" + indent(g.inlines()+"\n\n"+g.block(depth-1), "> ")
	case 11:
		return "- " + strings.TrimPrefix(indent(g.block(depth-1)+"\n\n"+g.block(depth-1), "  "), "  ") + "\n- [x] " + g.inlines()
	case 12:
		return "1. " + g.inlines() + "\n   - " + g.word() + "\n2. " + g.word()
	case 13:
		return g.details(depth)
	case 14:
		return "<div>" + g.word() + "<p>" + g.word() + "<!-- " + g.newWord(false, true) + " --></div>"
	}
	return indent(g.inlines()+"\n\n<!-- paywall -->", "> ")
}

func (g *anyNote) table() string {
	cell := func() string { return strings.NewReplacer("  \n", " ", "|", "\\|").Replace(g.inlines()) }
	return "| " + cell() + " | " + cell() + " |\n|---|---:|\n| " + cell() + " | " + cell() + " |\n| " + cell() + " |"
}

func (g *anyNote) chart() string {
	return "```chart\ntype: bar\ntitle: " + g.word() + "\nunit: " + g.word() + "\nsource: " + g.word() +
		"\nx: [" + g.word() + ", " + g.word() + "]\nseries:\n  - {name: " + g.word() + ", data: [1, 2]}\n  - {name: " + g.word() + ", data: [3, null]}\n```"
}

// details may stay open at the top level and be closed below the paywall.
func (g *anyNote) details(depth int) string {
	s := "<details>\n<summary>" + g.word() + "</summary>\n\n" + g.block(depth-1) + "\n\n"
	if depth == 2 && !g.open && g.part.above && g.pick("across", 3) == 0 {
		g.open = true
		return s
	}
	return s + "</details>"
}

// visible tells which parts the preview shows: what stands above, the
// footnotes it leads to, the link definitions that these use.
func (g *anyNote) visible(p part) bool {
	shown := map[*anyDefinition]bool{}
	for changed := true; changed; {
		changed = false
		for _, d := range append(append([]*anyDefinition{}, g.notes...), g.links...) {
			for _, use := range d.used {
				if !shown[d] && (use.above || use.note != nil && shown[use.note]) {
					shown[d], changed = true, true
				}
			}
		}
	}
	return p.above || p.note != nil && shown[p.note] || p.link != nil && shown[p.link]
}
