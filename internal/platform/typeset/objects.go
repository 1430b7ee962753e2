package typeset

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"
)

// objects writes the numbered objects a PDF is made of (ISO 32000-1, 7.3.10
// and 7.5). Numbers can be reserved for objects that come later.
type objects struct {
	buf     bytes.Buffer
	offsets []int // of each object; -1 while it is only reserved
}

// reserve gives a number.
func (o *objects) reserve() int {
	o.offsets = append(o.offsets, -1)
	return len(o.offsets)
}

func (o *objects) add(body string) int {
	id := o.reserve()
	o.set(id, body)
	return id
}

func (o *objects) set(id int, body string) {
	o.offsets[id-1] = o.buf.Len()
	fmt.Fprintf(&o.buf, "%d 0 obj\n%s\nendobj\n", id, body)
}

// stream adds data, packed. entries are more of its dictionary.
func (o *objects) stream(entries string, data []byte) int {
	id := o.reserve()
	o.setStream(id, entries+" /Filter /FlateDecode", deflated(data))
	return id
}

func (o *objects) setStream(id int, entries string, packed []byte) {
	o.offsets[id-1] = o.buf.Len()
	fmt.Fprintf(&o.buf, "%d 0 obj\n<< /Length %d %s >>\nstream\n", id, len(packed), entries)
	o.buf.Write(packed)
	o.buf.WriteString("\nendstream\nendobj\n")
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(data) // into memory
	_ = z.Close()
	return b.Bytes()
}

// finish writes the table of objects and the end of the file.
func (o *objects) finish(root, info int, id string) []byte {
	at := o.buf.Len()
	fmt.Fprintf(&o.buf, "xref\n0 %d\n0000000000 65535 f \n", len(o.offsets)+1)
	for _, offset := range o.offsets {
		fmt.Fprintf(&o.buf, "%010d 00000 n \n", max(offset, 0))
	}
	fmt.Fprintf(&o.buf, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n", len(o.offsets)+1, root, info, id, id, at)
	return o.buf.Bytes()
}

func utf16hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// words writes a text that readers show outside of the pages.
func words(s string) string { return "<FEFF" + utf16hex(s) + ">" }

// address writes a link's address: ASCII, what could end the string escaped.
func address(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c <= ' ' || c >= 0x7f:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(')')
	return b.String()
}
