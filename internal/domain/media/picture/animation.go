package picture

import (
	"bytes"
	"context"
	"fmt"
	"image/gif"
	"io"
)

// Limits of an animation. All frames are in memory at once, a byte per pixel.
const (
	maxFrames      = 500
	maxFramePixels = 64 << 20
)

// countFrames walks over the blocks of a GIF (GIF89a, sections 15 to 27)
// without decompressing any. It refuses what would decompress to too much, and
// what has no end: half an animation must not pass for a still picture.
func countFrames(raw []byte) (int, error) {
	b := &blocks{rest: raw}
	b.skip(6) // signature
	width, pixels, frames := 0, 0, 0
	if screen := b.take(7); screen != nil {
		width = le16(screen)
		b.skipTable(screen[4])
	}
	for {
		kind := b.take(1)
		if kind == nil {
			return frames, errUnreadable.Because(io.ErrUnexpectedEOF)
		}
		switch kind[0] {
		case 0x3b: // trailer
			return frames, nil
		case 0x21: // extension
			b.skipHead()
		case 0x2c: // image
			frames++
			if d := b.take(9); d != nil {
				pixels += le16(d[4:]) * le16(d[6:])
				b.skipTable(d[8])
			}
			b.skip(1) // code size
		default:
			return frames, errUnreadable.Because(fmt.Errorf("a block of kind %#x", kind[0]))
		}
		b.skipData()
		if frames > 1 && (frames > maxFrames || pixels > maxFramePixels || width > MaxWidth) {
			return frames, errMoving
		}
	}
}

// blocks is what is left of a GIF.
type blocks struct{ rest []byte }

// take gives the next n bytes, or nil when there are not so many.
func (b *blocks) take(n int) []byte {
	if n > len(b.rest) {
		b.rest = nil
		return nil
	}
	taken := b.rest[:n]
	b.rest = b.rest[n:]
	return taken
}

func (b *blocks) skip(n int) { _ = b.take(n) }

// skipTable passes a colour table, if the flags say that there is one.
func (b *blocks) skipTable(flags byte) {
	if flags&0x80 != 0 {
		b.skip(3 << (flags&7 + 1))
	}
}

// skipHead passes the head of an extension just as the decoder does, so that
// no frame hides from the count behind a size that only one of us believes.
func (b *blocks) skipHead() {
	label := b.take(1)
	switch {
	case label == nil:
	case label[0] == 0x01: // plain text
		b.skip(13)
	case label[0] == 0xff: // a program's own
		if size := b.take(1); size != nil {
			b.skip(int(size[0]))
		}
	}
}

// skipData passes data sub-blocks up to the empty one that ends them.
func (b *blocks) skipData() {
	for {
		size := b.take(1)
		if size == nil || size[0] == 0 {
			return
		}
		b.skip(int(size[0]))
	}
}

func le16(b []byte) int { return int(b[0]) | int(b[1])<<8 }

// animate decodes every frame and encodes it again. Comments, other programs'
// blocks and whatever follows the picture are not carried over; times, order
// and the number of rounds are.
func (d *Darkroom) animate(ctx context.Context, raw []byte) (_ *Print, err error) {
	leave, err := d.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	defer unreadable(&err)
	var g *gif.GIF
	err = d.watch(ctx, raw, func(r io.Reader) (err error) {
		g, err = gif.DecodeAll(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, g); err != nil {
		return nil, errUnreadable.Because(err)
	}
	return &Print{Bytes: out.Bytes(), Format: GIF, Width: g.Config.Width, Height: g.Config.Height, Moving: true}, nil
}
