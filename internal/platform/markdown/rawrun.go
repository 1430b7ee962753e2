package markdown

import "strings"

// rawRun is text with allowed tags in it, in the order of the source.
type rawRun struct{ pieces []rawPiece }

// rawPiece is a tag, or text where there is no tag.
type rawPiece struct {
	tag  *rawTag
	text string
}

// settle pairs the tags of the run.
func (r rawRun) settle() bool {
	var tags []*rawTag
	for _, p := range r.pieces {
		if p.tag != nil {
			tags = append(tags, p.tag)
		}
	}
	return pair(tags, maxFormatting)
}

// blank tells whether a reader would see nothing.
func (r rawRun) blank() bool {
	for _, p := range r.pieces {
		if p.tag == nil && strings.TrimSpace(p.text) != "" {
			return false
		}
	}
	return true
}

// print writes the run. White space at its ends is left out.
func (r rawRun) print(p *printer) {
	for i, piece := range r.pieces {
		if piece.tag != nil {
			p.tag(piece.tag)
			continue
		}
		text := cleanText(piece.text)
		if i == 0 {
			text = strings.TrimLeft(text, " \t\n")
		}
		if i == len(r.pieces)-1 {
			text = strings.TrimRight(text, " \t\n")
		}
		p.say(text)
	}
}
