package portal

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// figurePath is where the data of a chart is; number counts from 1.
func figurePath(base string, number int) string {
	return base + "/figures/" + strconv.Itoa(number) + ".csv"
}

// dataEnd is how the data table of a chart ends, as the markdown room writes it.
const dataEnd = "</details>\n</figure>"

// withData puts a link to the file under the data table of each chart. base is
// the address of the note or version; a draft has none, and no files either.
func withData(html, base string, said speech) string {
	if base == "" {
		return html
	}
	return content.EachChart(html, func(i int, chart string) string {
		table, ok := strings.CutSuffix(chart, dataEnd)
		if !ok {
			return chart
		}
		return table + `<p class="chart-file"` + said.lang() + `><a href="` + figurePath(base, i+1) + `" download>` + said.words.Text("text.csv") +
			`<span class="vh">` + said.words.Text("text.csv_figure", "number", i+1) + "</span></a></p>\n" + dataEnd
	})
}

// addressOf is where what is shown of a note can be asked for again; "" for a
// draft.
func addressOf(t *content.Teaser) string {
	switch {
	case t.Pending():
		return ""
	case t.Newest():
		return notePath(t.Slug)
	}
	return versionPath(t.Slug, t.Shown.Number)
}

// asked finds the note, or the version of it, that an address names, and how
// such addresses are made for another slug.
func (p *Portal) asked(c *fiber.Ctx) (t *content.Teaser, path func(slug string) string, err error) {
	slug := c.Params("slug")
	if !isSlug(slug) {
		return nil, notePath, errNoNote
	}
	if c.Params("version") == "" {
		t, err = p.Library.Note(c.UserContext(), slug)
		return t, notePath, err
	}
	number, ok := countingNumber(c.Params("version"))
	if !ok {
		return nil, notePath, errNoVersion
	}
	t, err = p.Library.Version(c.UserContext(), slug, number)
	return t, func(slug string) string { return versionPath(slug, number) }, err
}

// countingNumber reads 1, 2, 3 and so on, in the one way they are written.
func countingNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && strconv.Itoa(n) == s
}

var errNoFigure = fault.New(fault.NotFound, "figure_not_found", "The note has no such figure.")

// figureFile gives the data of a chart as CSV. What stands above the paywall is
// for everybody; the rest asks for the decision, as the text does. Like a copy
// it is no reading, and takes no free note of the month.
func (p *Portal) figureFile(c *fiber.Ctx) error {
	t, path, err := p.asked(c)
	number, ok := countingNumber(c.Params("figure"))
	var moved *content.Moved
	switch {
	case !ok:
		return errNoFigure
	case errors.As(err, &moved):
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		return seeOther(c, figurePath(path(moved.Slug), number))
	case err != nil:
		return err
	}
	d, err := p.Gate.Decide(c.UserContext(), t.Access(), reader(c))
	if err != nil {
		return err
	}
	figures := t.Figures()
	if d.Full() {
		if d.Gate() != access.Public {
			c.Set(fiber.HeaderCacheControl, "private, no-store")
		}
		text, err := p.Library.Text(c.UserContext(), d)
		if err != nil {
			return err
		}
		figures = text.Figures()
	}
	switch {
	case number <= len(figures):
		return p.sendFigure(c, t, number, figures[number-1])
	case d.Full():
		return errNoFigure
	default: // whether there is such a figure is no news for them
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		return p.closed(c, t, d, closedFigure, path(t.Slug))
	}
}

// sendFigure sends a file that caches may keep, unless the answer is for who
// asks alone: by its gate, or because it takes a dead cookie away.
func (p *Portal) sendFigure(c *fiber.Ctx, t *content.Teaser, number int, f content.Figure) error {
	name := t.Slug + "-figure-" + strconv.Itoa(number) + ".csv"
	if !t.Newest() {
		name = t.Slug + "-v" + strconv.Itoa(t.Shown.Number) + "-figure-" + strconv.Itoa(number) + ".csv"
	}
	c.Set(fiber.HeaderContentDisposition, kit.Disposition("attachment", name))
	c.Set("X-Robots-Tag", "noindex")
	return p.sendPublic(c, "text/csv; charset=utf-8; header=present", csvOf(f))
}

// csvOf writes a table by RFC 4180. The mark at its beginning makes Excel read
// it as UTF-8, and the first line names the columns.
func csvOf(f content.Figure) []byte {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range append([][]string{f.Head}, f.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = kit.Cell(cell)
		}
		_ = w.Write(safe) // to memory
	}
	w.Flush()
	return out.Bytes()
}
