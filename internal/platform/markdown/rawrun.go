package markdown

import "strings"

// rawRun is text with allowed tags in it, in the order of the source.
type rawRun struct{ pieces []rawPiece }

// rawPiece is a tag, or text where there is no tag.
type rawPiece struct {
	tag  *rawTag
	text string
}

// settle pairs the tags of the run and takes the white space off its ends.
func (r *rawRun) settle() bool {
	var tags []*rawTag
	for i, p := range r.pieces {
		if p.tag != nil {
			tags = append(tags, p.tag)
			continue
		}
		r.pieces[i].text = cleanText(p.text)
	}
	for len(r.pieces) > 0 && r.pieces[0].trim(strings.TrimLeft) {
		r.pieces = r.pieces[1:]
	}
	for n := len(r.pieces); n > 0 && r.pieces[n-1].trim(strings.TrimRight); n-- {
		r.pieces = r.pieces[:n-1]
	}
	return pair(tags, maxFormatting)
}

// trim takes white space off a text and tells whether nothing is left of it.
func (p *rawPiece) trim(side func(s, cutset string) string) bool {
	p.text = side(p.text, " \t\n")
	return p.tag == nil && p.text == ""
}

// blank tells whether a reader would see nothing.
func (r *rawRun) blank() bool {
	for _, p := range r.pieces {
		if p.tag == nil && strings.TrimSpace(p.text) != "" {
			return false
		}
	}
	return true
}

// print writes the run.
func (r *rawRun) print(p *printer) {
	for _, piece := range r.pieces {
		if piece.tag != nil {
			p.tag(piece.tag)
			continue
		}
		p.say(piece.text)
	}
}
