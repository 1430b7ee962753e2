package typeset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// Stamp is what makes a copy somebody's own.
type Stamp struct {
	Lines   []string // at the foot of every page
	Subject string   // with the serial, in the file's properties
	Serial  string
	At      time.Time
}

// Stamp gives the finished file. Nothing is set again: the pages are there, and
// all of them show the one stream that is added here.
func (b *Body) Stamp(s Stamp) []byte {
	o := &objects{offsets: slices.Clone(b.offsets)}
	o.buf.Grow(len(b.done) + 32<<10)
	o.buf.Write(b.done)
	fonts := newWardrobe(b.press, "S")
	k := &ink{height: b.paper.Height, fonts: fonts}
	st := style{family: sans, size: 7.4, colour: dim}
	room := b.paper.Width - 2*sideMargin - 70 // the page's number stands there
	for i, line := range s.Lines {
		k.text(sideMargin, footLine(b.paper)+float64(i)*10.5, st, shortened(fonts, st, line, room), 0)
		room = b.paper.Width - 2*sideMargin
	}
	o.setStream(b.stamp, "/Filter /FlateDecode", deflated(k.Bytes()))
	names := fonts.put(o)
	o.set(b.resources, "<< "+b.shared+names+">> >>")
	o.set(b.info, fmt.Sprintf("<< /Title %s /Author %s /Subject %s /Keywords %s /Creator (lighttrends) /CreationDate (D:%sZ) >>",
		words(b.title), words(b.author), words(s.Subject), words(s.Serial), s.At.UTC().Format("20060102150405")))
	id := sha256.Sum256([]byte(s.Serial + b.title))
	return o.finish(b.catalog, b.info, hex.EncodeToString(id[:16]))
}
