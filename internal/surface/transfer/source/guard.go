package source

import (
	"bufio"
	"io"
	"unicode/utf8"
)

// Guard stops a stream whose present entry has grown too large: a decoder
// would keep all of it in memory. Next is called between entries.
type Guard struct {
	r    io.Reader
	left int64
}

// NewGuard guards a stream.
func NewGuard(r io.Reader) *Guard { return &Guard{r, MaxEntry} }

// Next begins another entry.
func (g *Guard) Next() { g.left = MaxEntry }

// Read implements io.Reader.
func (g *Guard) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, Wrong("one entry is larger than %d MB", MaxEntry>>20)
	}
	n, err := g.r.Read(p)
	g.left -= int64(n)
	return n, err
}

// Clean takes out of a stream what XML does not allow, and puts the usual mark
// in place of what is no UTF-8, so that one broken character does not end it.
type Clean struct {
	r      *bufio.Reader
	rest   []byte
	Broken int // bytes that were no UTF-8
}

// NewClean cleans a stream.
func NewClean(r io.Reader) *Clean { return &Clean{r: bufio.NewReaderSize(r, 64<<10)} }

// Read implements io.Reader.
func (c *Clean) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(c.rest) > 0 {
			k := copy(p[n:], c.rest)
			c.rest, n = c.rest[k:], n+k
			continue
		}
		if n > 0 && c.r.Buffered() < utf8.UTFMax {
			return n, nil // what is there is given before more is waited for
		}
		ch, size, err := c.r.ReadRune()
		if err != nil {
			return n, err
		}
		switch {
		case ch == utf8.RuneError && size == 1:
			c.Broken++
		case ch < ' ' && ch != '\t' && ch != '\n' && ch != '\r', ch == 0xFFFE, ch == 0xFFFF:
			ch = ' '
		case ch < utf8.RuneSelf:
			p[n] = byte(ch) //nolint:gosec // ASCII
			n++
			continue
		}
		c.rest = utf8.AppendRune(nil, ch)
	}
	return n, nil
}
