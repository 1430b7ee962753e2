package markdown

import (
	"net/url"
	"slices"
	"strings"
)

// Version is the version of the output. It grows when the same source gives
// another result, and is stored with every rendered revision.
const Version = 1

// Options change how a note is rendered. The zero value is for pages of the site.
type Options struct {
	// BaseURL makes relative addresses absolute, for feeds and mail. Links to
	// its host are not marked as external.
	BaseURL string
	// Plain leaves out what needs the stylesheet of the site: charts come as
	// their data table.
	Plain bool
}

// Rendered is a note as readers see it. Without a paywall the preview fields
// are empty; above the first line of gated text they can be empty too.
type Rendered struct {
	HasPaywall   bool
	TeaserHTML   string // what stands above the paywall
	FullHTML     string
	TeaserText   string // plain text for search, feeds and counts
	FullText     string
	TeaserSource string // the Markdown above the paywall, with the definitions it uses and no others

	Contents       []Heading // top-level headings h2 and h3, in order
	TeaserContents []Heading

	Stats      Stats // of the whole
	GatedStats Stats // of what lies below the paywall only

	Images   []Reference // each address once, at its first use
	Links    []Reference
	Problems []Problem // by line
}

// Heading is an entry of the table of contents.
type Heading struct {
	Level int // 2 or 3, as in the HTML
	ID    string
	Text  string
}

// Reference is the address of an image or a link, as it stands in the HTML
// before BaseURL is applied.
type Reference struct {
	URL   string
	Line  int  // of the first use, from 1
	Gated bool // every use lies below the paywall
}

// Problem is something an editor should look at. Nothing in it is fatal.
//
// The codes: paywall_second, paywall_nested, paywall_in_code, paywall_inline,
// paywall_spelling; chart_invalid; callout_unknown, callout_title;
// footnote_undefined, footnote_unused, footnote_duplicate; html_skipped,
// html_unclosed; link_refused, image_refused, image_alt_missing; and for the
// caps document_too_long, block_too_long, too_deep, table_too_large,
// links_too_long; document_unreadable if the parser broke on the text.
type Problem struct {
	Line    int    // in the source, from 1
	Code    string // stable
	Message string // a sentence or two for the editor
}

// Render renders a note. It takes any bytes, never panics and never fails:
// what it cannot make sense of is shown as text and listed as a problem.
func Render(src []byte, o Options) Rendered {
	d := newDocument(src)
	if len(src) > maxDocument {
		return d.unread("document_too_long", "The text is longer than 1 MB. It is shown as plain text, without a preview.")
	}
	return d.orPlain(func() Rendered { return d.render(o) })
}

// orPlain falls back to plain text if the parser panics, so that a text that
// breaks it can still be saved and corrected.
func (d *document) orPlain(render func() Rendered) (r Rendered) {
	defer func() {
		if recover() != nil {
			r = d.unread("document_unreadable", "The text could not be rendered. It is shown as plain text, without a preview.")
		}
	}()
	return render()
}

func (d *document) render(o Options) Rendered {
	d.parse()
	d.findPaywall()
	d.settleRawHTML()
	d.settleNotes()

	p := newPrinter(d, o)
	above, below := p.printAll()
	notes, previewed := p.notes, p.previewed()

	r := Rendered{
		HasPaywall: d.paywall != nil,
		FullHTML:   above.html.String() + below.html.String() + notesHTML(notes, false),
		FullText:   joinTexts(above, below, notes),
		Contents:   p.contents,
		Stats:      p.stats(above, below, notes),
		Images:     p.images.list,
		Links:      p.links.list,
	}
	if r.HasPaywall {
		r.TeaserHTML = above.html.String() + above.closing + notesHTML(previewed, true)
		r.TeaserText = joinTexts(above, nil, previewed)
		r.TeaserSource = d.previewSource(above.open)
		r.TeaserContents = p.contents[:p.contentsAbove:p.contentsAbove]
		r.GatedStats = p.stats(nil, below, notes[len(previewed):])
	}
	r.Problems = d.listProblems()
	return r
}

// unread is the answer to a document that was not parsed.
func (d *document) unread(code, message string) Rendered {
	d.problem(0, code, "%s", message)
	var text plain
	text.say(string(d.src))
	return Rendered{
		FullHTML: "<pre>" + escape(string(d.src)) + "</pre>\n",
		FullText: text.String(),
		Stats:    Stats{Words: text.count()}.timed(),
		Problems: d.listProblems(),
	}
}

// base parses the base address; an unusable one is as good as none.
func (o Options) base() *url.URL {
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

func joinTexts(above, below *sheet, notes []*note) string {
	var parts []string
	for _, s := range []*sheet{above, below} {
		if s != nil && s.text.String() != "" {
			parts = append(parts, s.text.String())
		}
	}
	for _, n := range notes {
		parts = append(parts, strings.TrimSpace("["+itoa(n.number)+"] "+n.sheet.text.String()))
	}
	return strings.Join(parts, "\n\n")
}

const maxProblems = 200

// listProblems sorts by line. Problems of one line keep the order they were
// found in, and none is listed twice.
func (d *document) listProblems() []Problem {
	slices.SortStableFunc(d.problems, func(a, b Problem) int { return a.Line - b.Line })
	list := slices.Compact(d.problems)
	return list[:min(len(list), maxProblems)]
}
