package picture

import (
	"context"
	"time"
)

// Limits of what is taken and of what comes out.
const (
	MaxPixels = 16 << 20 // 16 megapixels; a decoded one takes up to 8 bytes each
	MaxSide   = 16_384   // pixels; browsers draw no more either
	MaxWidth  = 2400     // pixels; wider pictures are made smaller
)

// patience is how long one picture may take to be decoded. Some files are
// small and honest about their size, and still ask for hours of work, such as
// a JPEG with a hundred thousand passes.
const patience = 20 * time.Second

// Print is a picture as it leaves the darkroom.
type Print struct {
	Bytes         []byte
	Format        Format
	Width, Height int // pixels
	Moving        bool
}

// Darkroom works on one picture at a time, because one can take 200 MB of
// memory and all of a processor. Others wait, as long as their context lets
// them.
type Darkroom struct {
	free     chan struct{}
	patience time.Duration
}

// NewDarkroom opens a darkroom. A process needs one.
func NewDarkroom() *Darkroom {
	return &Darkroom{free: make(chan struct{}, 1), patience: patience}
}

func (d *Darkroom) enter(ctx context.Context) (leave func(), err error) {
	if ctx.Err() != nil {
		return nil, errStopped.Because(ctx.Err())
	}
	select {
	case d.free <- struct{}{}:
		return func() { <-d.free }, nil
	case <-ctx.Done():
		return nil, errStopped.Because(ctx.Err())
	}
}

// Develop makes a print of uploaded bytes: upright, at most MaxWidth wide,
// without metadata.
func (d *Darkroom) Develop(ctx context.Context, raw []byte) (*Print, error) {
	format, err := sniff(raw)
	if err != nil {
		return nil, err
	}
	if err := measure(format, raw); err != nil {
		return nil, err
	}
	if format == GIF {
		if frames, err := countFrames(raw); err != nil {
			return nil, err
		} else if frames > 1 {
			return d.animate(ctx, raw)
		}
	}
	leave, err := d.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	img, err := d.decode(ctx, format, raw)
	if err != nil {
		return nil, err
	}
	turn := orientationOf(format, raw)
	b := img.Bounds()
	w, h := fit(b.Dx(), b.Dy(), MaxWidth, turn.swaps())
	var seen census
	small := shrink(img, w, h, &seen)
	return encode(turn.apply(small), seen.choose(lossless(format, img)))
}

// Reduce makes smaller prints of one that Develop made, in its format, one for
// each width. A width that is not smaller than the print gives none.
func (d *Darkroom) Reduce(ctx context.Context, raw []byte, widths []int) ([]*Print, error) {
	format, err := sniff(raw)
	if err != nil {
		return nil, err
	}
	leave, err := d.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	img, err := d.decode(ctx, format, raw)
	if err != nil {
		return nil, err
	}
	var prints []*Print
	for _, width := range widths {
		b := img.Bounds()
		if width >= b.Dx() {
			continue
		}
		if ctx.Err() != nil {
			return nil, errStopped.Because(ctx.Err())
		}
		w, h := fit(b.Dx(), b.Dy(), width, false)
		p, err := encode(shrink(img, w, h, nil), format)
		if err != nil {
			return nil, err
		}
		prints = append(prints, p)
	}
	return prints, nil
}

// fit gives the size to draw at so that the upright picture is at most max
// wide. Sides that swap when it is turned upright are given as they lie now.
func fit(w, h, most int, swaps bool) (int, int) {
	across := w
	if swaps {
		across = h
	}
	if across <= most {
		return w, h
	}
	scale := func(n int) int { return max(1, (n*most+across/2)/across) }
	return scale(w), scale(h)
}
