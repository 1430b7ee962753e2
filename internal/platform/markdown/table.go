package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// printTable prints a table in a region that can be scrolled by keyboard and
// that is named after the heading above it.
func (p *printer) printTable(n *east.Table) {
	name := "Table"
	if p.topic != "" {
		name += ": " + p.topic
	}
	p.tables++
	p.text.block()
	p.openTable(name)
	p.put("<thead>\n")
	p.printRow(n.FirstChild(), true)
	p.put("</thead>\n")
	if rows := n.FirstChild().NextSibling(); rows != nil {
		p.put("<tbody>\n")
		for ; rows != nil; rows = rows.NextSibling() {
			p.printRow(rows, false)
		}
		p.put("</tbody>\n")
	}
	p.closeTable()
}

func (p *printer) openTable(name string) {
	p.put(`<div class="tablewrap" role="region" tabindex="0" aria-label="`, escape(p.label(name)), `">`, "\n<table>\n")
}

func (p *printer) closeTable() { p.put("</table>\n</div>\n") }

func (p *printer) printRow(row ast.Node, head bool) {
	p.text.line()
	p.put("<tr>")
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if c != row.FirstChild() {
			p.text.raw(" | ")
			p.text.inWord = false
		}
		p.printCell(c.(*east.TableCell), head)
	}
	p.put("</tr>\n")
}

// printCell prints a cell. An empty cell in the head names no column, so it is
// no header.
func (p *printer) printCell(c *east.TableCell, head bool) {
	tag, scope := "td", ""
	if head && strings.TrimSpace(p.plainOf(c)) != "" {
		tag, scope = "th", ` scope="col"`
	}
	p.put("<", tag, scope)
	if c.Alignment == east.AlignRight || c.Alignment == east.AlignCenter {
		p.put(` align="`, c.Alignment.String(), `"`)
	}
	p.put(">")
	p.inCell = true
	p.printInlines(c)
	p.inCell = false
	p.put("</", tag, ">")
}
