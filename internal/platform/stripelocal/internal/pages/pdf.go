package pages

import (
	"bytes"
	"fmt"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/billing"
)

// paper is a PDF of plain text lines on A4 pages: enough for an invoice of a
// stand-in. It uses Helvetica, which every reader has (ISO 32000-1, 9.6.2.2).
type paper struct {
	pages []*bytes.Buffer
	y     float64
}

const (
	pageTop    = 790.0
	pageBottom = 60.0
	pageLeft   = 56.0
	pageRight  = 539.0
	charWidth  = 0.5 // of the size; Helvetica's digits are 0.556 wide
)

func newPaper() *paper {
	p := &paper{}
	p.turn()
	return p
}

func (p *paper) turn() {
	p.pages = append(p.pages, &bytes.Buffer{})
	p.y = pageTop
}

// line writes one line: a text on the left and one ending at the right edge.
func (p *paper) line(size float64, left, right string) {
	if p.y < pageBottom {
		p.turn()
	}
	if left != "" {
		p.text(pageLeft, size, left)
	}
	if right != "" {
		p.text(pageRight-float64(len(latin(right)))*size*(charWidth+.056), size, right)
	}
	p.y -= size * 1.7
}

func (p *paper) text(x, size float64, s string) {
	escaped := strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(latin(s))
	fmt.Fprintf(p.pages[len(p.pages)-1], "BT /F1 %.1f Tf %.1f %.1f Td (%s) Tj ET\n", size, x, p.y, escaped)
}

func (p *paper) gap(points float64) { p.y -= points }

// latin writes a text in WinAnsi, the encoding of the font; letters it does
// not have become question marks.
func latin(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '€':
			b.WriteByte(0x80)
		case r == '–':
			b.WriteByte(0x96)
		case r == '×':
			b.WriteByte(0xd7)
		case r >= 0x20 && r < 0x7f || r >= 0xa0 && r <= 0xff:
			b.WriteByte(byte(r)) //nolint:gosec // at most 0xff, as the case says
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// bytes puts the file together: objects, the table of where they are, and
// the trailer (ISO 32000-1, 7.5).
func (p *paper) bytes() []byte {
	var out bytes.Buffer
	var at []int
	object := func(body string) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	out.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range p.pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, page := range p.pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 5+2*i))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", page.Len(), page.String()))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

// invoicePaper writes an invoice down.
func invoicePaper(v invoiceView) *paper {
	in, p := v.Invoice, newPaper()
	money := func(n int64) string { return billing.Money(n, in.Currency) }
	p.line(20, "Invoice "+string(in.Number), in.Status)
	p.line(10, "Local stand-in for Stripe. No money moves.", "")
	p.gap(14)
	p.line(10, "Billed to "+string(in.CustomerName)+" "+string(in.CustomerEmail), "")
	p.line(10, "Date of issue "+when(in.StatusTransitions.FinalizedAt, "2 Jan 2006"), "")
	p.gap(14)
	for _, l := range in.Lines.Data {
		p.line(10, l.Description, money(l.Amount))
		p.line(8, when(l.Period.Start, "2 Jan 2006")+" – "+when(l.Period.End, "2 Jan 2006"), "")
	}
	p.gap(10)
	p.line(10, "Subtotal", money(in.Subtotal))
	if v.Off != 0 {
		p.line(10, "Discount", money(-v.Off))
	}
	p.line(10, "Total", money(in.Total))
	if v.Used != 0 {
		p.line(10, "Balance used", money(v.Used))
	}
	p.line(12, "Amount due", money(in.AmountDue))
	p.line(10, "Paid", money(in.AmountPaid))
	return p
}
