package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// readRaw takes a block apart. The prefix puts the tokenizer in the middle of a
// script that an earlier block opened.
func (d *document) readRaw(n *ast.HTMLBlock, prefix string) *rawHTML {
	r := &rawReader{}
	z := html.NewTokenizer(strings.NewReader(prefix + string(d.text(n))))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		r.take(z.Token())
	}
	r.flush()
	d.reportRaw(start(n), r.unknown, !r.uneven)
	return &rawHTML{parts: r.parts}
}

// rawReader collects the parts of a block.
type rawReader struct {
	parts     []rawPart
	run       rawRun
	inSummary bool
	silent    string
	unknown   []string
	uneven    bool
}

func (r *rawReader) take(t html.Token) {
	if t.Type == html.TextToken {
		if r.silent == "" {
			r.run.pieces = append(r.run.pieces, rawPiece{text: t.Data})
		}
		return
	}
	tag := newTag(t)
	if tag == nil {
		return
	}
	r.silent = ""
	switch {
	case inlineTag(tag.name):
		r.run.pieces = append(r.run.pieces, rawPiece{tag: tag})
	case tag.name == "details":
		r.flush()
		r.parts = append(r.parts, rawPart{details: tag})
	case tag.name == "summary":
		r.summary(tag)
	default:
		if silentTag(tag.name) && !tag.close {
			r.silent = tag.name
		}
		r.unknown = append(r.unknown, tag.name)
		if !flowTag(tag.name) {
			return
		}
		if r.inSummary {
			r.run.pieces = append(r.run.pieces, rawPiece{text: " "})
		} else {
			r.flush()
		}
	}
}

// summary starts or ends the line that opens details.
func (r *rawReader) summary(tag *rawTag) {
	if !tag.close {
		r.flush()
		r.inSummary = true
		return
	}
	if !r.inSummary {
		r.uneven = true
		return
	}
	r.uneven = !r.run.settle() || r.uneven
	r.parts = append(r.parts, rawPart{summary: true, run: r.run})
	r.run, r.inSummary = rawRun{}, false
}

// flush ends a paragraph.
func (r *rawReader) flush() {
	r.uneven = r.uneven || r.inSummary
	r.inSummary = false
	r.uneven = !r.run.settle() || r.uneven
	if !r.run.blank() {
		r.parts = append(r.parts, rawPart{run: r.run})
	}
	r.run = rawRun{}
}
